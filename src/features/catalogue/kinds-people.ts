import {
  atLeast,
  atMost,
  includesAll,
  informativeChoices,
  informativeNumber,
  language,
  mode,
  months,
  yesNo,
} from './dimension.js'
import type { Kind, KindCode, Prerequisite } from './kind.js'

const both = ['offer', 'need'] as const
const hours = atLeast('hours', 'hour', [1, 500], { offer: 'required' })
/** The six areas of DigCompEdu (European Commission, 2017). */
const digCompEdu = includesAll('digCompEdu', ['1', '2', '3', '4', '5', '6'])

const training = (code: KindCode, requires: readonly Prerequisite[], dimensions: Kind['dimensions']): Kind => ({
  code,
  category: 'training',
  areas: [5],
  unit: 'place',
  sides: both,
  serves: [code],
  requires,
  provides: [],
  dimensions,
})

/** What people give: their knowledge, their time, their money. */
export const peopleKinds: readonly Kind[] = [
  training('TRAIN-DIGI', ['electricity', 'devices'], [hours, mode, language, digCompEdu, yesNo('certificate')]),
  {
    ...training(
      'TRAIN-AT',
      [],
      [
        hours,
        mode,
        language,
        includesAll('topic', ['vision', 'motor', 'communication', 'hearing']),
        yesNo('certificate'),
      ],
    ),
    areas: [5, 3],
  },
  {
    ...training(
      'TRAIN-CODE',
      ['electricity', 'devices'],
      [hours, mode, language, yesNo('kitsIncluded'), yesNo('certificate')],
    ),
    areas: [5, 3],
  },
  {
    ...training(
      'MIL',
      [],
      [
        { ...hours, offer: 'optional' },
        mode,
        language,
        atLeast('pupilsPerWorkshop', 'person', [1, 500]),
        includesAll('audience', ['pupils', 'teachers', 'parents']),
      ],
    ),
    areas: [4],
    unit: 'workshop',
  },
  {
    code: 'SUPPORT',
    category: 'services',
    areas: [6],
    unit: 'hour-a-month',
    sides: both,
    serves: ['SUPPORT'],
    requires: [],
    provides: [],
    dimensions: [
      includesAll('supportType', ['maintenance', 'it-help', 'mentoring', 'study-visit'], { offer: 'required' }),
      months,
      mode,
      language,
      atMost('responseDays', 'day', [1, 60]),
    ],
  },
  {
    code: 'MONEY',
    category: 'co-financing',
    areas: [6],
    unit: 'km',
    sides: ['offer'],
    // No need is counted in KM: a coordinator adds the money to what is bought, and the matching leaves it alone.
    serves: [],
    requires: [],
    provides: [],
    dimensions: [
      informativeChoices('moneyFor', ['connectivity', 'devices', 'assistive', 'software', 'training'], {
        need: 'absent',
      }),
      informativeNumber('largestSharePercent', 'percent', [1, 100], { need: 'absent' }),
    ],
  },
]
