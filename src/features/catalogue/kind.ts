import type { Dimension } from './dimension.js'

/** Every kind of thing that can be offered or needed. The codes are stable: they stand in files and in the database. */
export const kindCodes = [
  'CONN-FIBRE',
  'CONN-WIRELESS',
  'CONN-SAT',
  'CONN-LAN',
  'CONN-PUPIL',
  'SAFE-FILTER',
  'DEV-LAPTOP',
  'DEV-DESKTOP',
  'DEV-TABLET',
  'DEV-USED',
  'DEV-BOARD',
  'DEV-MICROBIT',
  'DEV-PRINT',
  'AT-VISION',
  'AT-MOTOR',
  'AT-AAC',
  'AT-HEARING',
  'SW-OS',
  'SW-LMS',
  'SW-CONTENT',
  'TRAIN-DIGI',
  'TRAIN-AT',
  'TRAIN-CODE',
  'MIL',
  'SUPPORT',
  'MONEY',
] as const
export type KindCode = (typeof kindCodes)[number]

/** In the order in which a unit can use them: line before devices before licences before training. */
export const categories = [
  'connectivity',
  'devices',
  'software',
  'assistive',
  'training',
  'services',
  'co-financing',
] as const
export type Category = (typeof categories)[number]

/** The six areas of the Commitment and Call to Action (Sarajevo, 2022). */
export const areas = [1, 2, 3, 4, 5, 6] as const
export type Area = (typeof areas)[number]

/** What a unit must have before a thing is of use to it. */
export const prerequisites = ['electricity', 'connectivity', 'devices'] as const
export type Prerequisite = (typeof prerequisites)[number]

/** What one of an offer or a need is. */
export const units = [
  'line',
  'router',
  'terminal',
  'access-point',
  'sim',
  'school',
  'piece',
  'set',
  'licence',
  'subject',
  'place',
  'workshop',
  'hour-a-month',
  'km',
] as const
export type Unit = (typeof units)[number]

export type Side = 'offer' | 'need'

export interface Kind {
  readonly code: KindCode
  readonly category: Category
  /** The first area is the main one. */
  readonly areas: readonly Area[]
  readonly unit: Unit
  readonly sides: readonly Side[]
  /** Kinds of need that an offer of this kind can meet. */
  readonly serves: readonly KindCode[]
  readonly requires: readonly Prerequisite[]
  /** What a unit has once this is delivered. */
  readonly provides: readonly Prerequisite[]
  readonly dimensions: readonly Dimension[]
}

export const isKindCode = (value: unknown): value is KindCode => kindCodes.some((code) => code === value)
