import {
  atLeast,
  includesAll,
  informativeNumber,
  installation,
  months,
  oneOf,
  overlaps,
  warranty,
  yesNo,
} from './dimension.js'
import type { Kind } from './kind.js'

const both = ['offer', 'need'] as const
const down = atLeast('downMbps', 'mbps', [1, 10_000])
const data = atLeast('gbPerMonth', 'gb-a-month', [1, 10_000])

/** Lines, networks and mobile data. */
export const connectivityKinds: readonly Kind[] = [
  {
    code: 'CONN-FIBRE',
    category: 'connectivity',
    areas: [2],
    unit: 'line',
    sides: both,
    serves: ['CONN-FIBRE'],
    requires: ['electricity'],
    provides: ['connectivity'],
    dimensions: [
      { ...down, offer: 'required' },
      atLeast('upMbps', 'mbps', [1, 10_000]),
      months,
      oneOf('lineType', ['fibre', 'xdsl', 'coaxial', 'wired'], { need: 'absent' }),
    ],
  },
  {
    code: 'CONN-WIRELESS',
    category: 'connectivity',
    areas: [2],
    unit: 'router',
    sides: both,
    serves: ['CONN-WIRELESS'],
    requires: ['electricity'],
    provides: ['connectivity'],
    dimensions: [down, data, months, overlaps('access', ['4g', '5g', 'fixed-wireless'])],
  },
  {
    code: 'CONN-SAT',
    category: 'connectivity',
    areas: [2],
    unit: 'terminal',
    sides: both,
    serves: ['CONN-SAT'],
    requires: ['electricity'],
    provides: ['connectivity'],
    dimensions: [down, data, months, installation],
  },
  {
    code: 'CONN-LAN',
    category: 'connectivity',
    areas: [2],
    unit: 'access-point',
    sides: both,
    serves: ['CONN-LAN'],
    // A network inside the school shares what it has already, so it does not wait for the line.
    requires: ['electricity'],
    provides: [],
    dimensions: [
      atLeast('wifiGeneration', 'generation', [4, 8]),
      yesNo('cabling'),
      installation,
      warranty,
      informativeNumber('rooms', 'room', [1, 200], { offer: 'absent' }),
    ],
  },
  {
    code: 'CONN-PUPIL',
    category: 'connectivity',
    areas: [2, 1],
    unit: 'sim',
    sides: both,
    serves: ['CONN-PUPIL'],
    // Used at home: nothing that the school has or lacks stands in the way.
    requires: [],
    provides: [],
    dimensions: [
      { ...data, offer: 'required' },
      months,
      includesAll('zeroRated', ['lessons', 'e-register', 'all-education']),
    ],
  },
]
