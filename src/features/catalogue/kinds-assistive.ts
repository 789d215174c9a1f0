import { includesAll, isoClass, language, overlaps, warranty, yesNo } from './dimension.js'
import type { Kind, KindCode } from './kind.js'

const training = yesNo('trainingIncluded')

const assistive = (code: KindCode, unit: 'set' | 'licence', dimensions: Kind['dimensions']): Kind => ({
  code,
  category: 'assistive',
  areas: [3],
  unit,
  sides: ['offer', 'need'],
  serves: [code],
  requires: ['electricity'],
  provides: [],
  dimensions,
})

/** Assistive technology, by what it helps with. Classes of ISO 9999. */
export const assistiveKinds: readonly Kind[] = [
  assistive('AT-VISION', 'set', [
    includesAll('visionAid', ['screen-reader', 'magnifier', 'braille-display', 'braille-printer']),
    isoClass('22-03', '22-12', '22-36', '22-39'),
    language,
    training,
    warranty,
  ]),
  {
    ...assistive('AT-MOTOR', 'set', [
      includesAll('motorAid', ['keyboard', 'pointer', 'switch', 'mount', 'eye-tracker']),
      isoClass('22-36', '24-13', '24-24'),
      training,
      warranty,
    ]),
    // A switch or an adapted keyboard is nothing without the computer it belongs to.
    requires: ['electricity', 'devices'],
  },
  assistive('AT-AAC', 'licence', [
    overlaps('aacType', ['app', 'device'], { offer: 'required' }),
    isoClass('22-21'),
    language,
    training,
  ]),
  assistive('AT-HEARING', 'set', [
    includesAll('hearingAid', ['fm-system', 'induction-loop', 'captioning']),
    isoClass('22-06', '22-18'),
    training,
    warranty,
  ]),
]
