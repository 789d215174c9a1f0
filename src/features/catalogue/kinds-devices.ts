import {
  atLeast,
  includesAll,
  informativeNumber,
  informativeYesNo,
  installation,
  oneOf,
  overlaps,
  warranty,
  yesNo,
} from './dimension.js'
import type { Kind, KindCode } from './kind.js'

const both = ['offer', 'need'] as const
const ram = atLeast('ramGb', 'gb', [1, 256])
const storage = atLeast('storageGb', 'gb', [8, 8192])
const screen = atLeast('screenInches', 'inch', [7, 40])
const keyboard = includesAll('keyboard', ['latin', 'cyrillic', 'english'])
const system = overlaps('os', ['windows', 'chromeos', 'linux', 'macos', 'none'])
const computer = [{ ...ram, offer: 'required' as const }, storage, screen, keyboard, system, warranty]
/** Only the need states it; `satisfies` compares it with the kind of the offer. */
const refurbished = informativeYesNo('refurbished', { offer: 'absent' })

const device = (code: KindCode, unit: 'piece' | 'set', dimensions: Kind['dimensions']): Kind => ({
  code,
  category: 'devices',
  areas: [3],
  unit,
  sides: both,
  serves: [code],
  // A laptop is of use without a line, and units without one are the most marginalised: only power is a condition.
  requires: ['electricity'],
  provides: [],
  dimensions,
})

/** Things with a plug. */
export const deviceKinds: readonly Kind[] = [
  { ...device('DEV-LAPTOP', 'piece', [...computer, refurbished]), areas: [3, 1], provides: ['devices'] },
  { ...device('DEV-DESKTOP', 'piece', [...computer, refurbished]), areas: [3, 1], provides: ['devices'] },
  {
    ...device('DEV-TABLET', 'piece', [
      ram,
      storage,
      screen,
      overlaps('tabletOs', ['android', 'ipados', 'windows']),
      yesNo('chargingCabinet'),
      yesNo('mobileData'),
      warranty,
    ]),
    areas: [3, 1],
    provides: ['devices'],
  },
  {
    ...device('DEV-USED', 'piece', [
      oneOf('usedType', ['laptop', 'desktop'], { offer: 'required', need: 'absent' }),
      informativeNumber('yearMade', 'year', [2005, 2100], { offer: 'required', need: 'absent' }),
      informativeYesNo('dataWiped', { offer: 'required', need: 'absent' }),
      ...computer.map((dimension) => ({ ...dimension, need: 'absent' as const })),
    ]),
    areas: [3, 1],
    sides: ['offer'],
    serves: ['DEV-LAPTOP', 'DEV-DESKTOP'],
    provides: ['devices'],
  },
  device('DEV-BOARD', 'piece', [
    overlaps('boardType', ['interactive-board', 'interactive-display', 'projector'], { offer: 'required' }),
    atLeast('sizeInches', 'inch', [30, 150]),
    installation,
    warranty,
  ]),
  device('DEV-MICROBIT', 'set', [
    overlaps('kitType', ['microbit', 'arduino', 'robot-kit', 'other']),
    atLeast('pupilsPerSet', 'person', [1, 60]),
    yesNo('lessonPlans'),
  ]),
  device('DEV-PRINT', 'piece', [
    overlaps('printType', ['laser', 'inkjet', '3d'], { offer: 'required' }),
    yesNo('colour'),
    yesNo('scanner'),
    yesNo('consumables'),
    warranty,
  ]),
]
