import { atLeast, atMost, includesAll, language, months, yesNo } from './dimension.js'
import type { Kind } from './kind.js'

const both = ['offer', 'need'] as const
const spoken = { ...language, offer: 'required' as const }

/** Licences, platforms, content, and safety on the line. */
export const softwareKinds: readonly Kind[] = [
  {
    code: 'SAFE-FILTER',
    category: 'software',
    areas: [2],
    unit: 'school',
    sides: both,
    serves: ['SAFE-FILTER'],
    requires: ['electricity', 'connectivity'],
    provides: [],
    dimensions: [months, atLeast('devicesCovered', 'device', [1, 5000]), yesNo('atHome'), language],
  },
  {
    code: 'SW-OS',
    category: 'software',
    areas: [1],
    unit: 'licence',
    sides: both,
    serves: ['SW-OS'],
    requires: ['electricity', 'devices'],
    provides: [],
    dimensions: [includesAll('licenceFor', ['operating-system', 'office']), { ...months, offer: 'optional' }, language],
  },
  {
    code: 'SW-LMS',
    category: 'software',
    areas: [1],
    unit: 'school',
    sides: both,
    serves: ['SW-LMS'],
    requires: ['electricity', 'connectivity', 'devices'],
    provides: [],
    dimensions: [
      includesAll('platformFor', ['learning-platform', 'e-register', 'video-lessons'], { offer: 'required' }),
      months,
      spoken,
      yesNo('trainingIncluded'),
    ],
  },
  {
    code: 'SW-CONTENT',
    category: 'software',
    areas: [1],
    unit: 'subject',
    sides: both,
    serves: ['SW-CONTENT'],
    requires: ['electricity', 'devices'],
    provides: [],
    dimensions: [
      spoken,
      atMost('gradeFrom', 'grade', [1, 13]),
      atLeast('gradeTo', 'grade', [1, 13]),
      yesNo('offline'),
      { ...months, offer: 'optional' },
    ],
  },
]
