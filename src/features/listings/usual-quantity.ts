import { kindOf, type KindCode, type Side, type Unit } from '../catalogue/index.js'

/** Above this, somebody may have typed a nought too many: first for a whole offer, then for the need of one school unit. */
const usualMost: Readonly<Record<Unit, Readonly<Record<Side, number>>>> = {
  line: { offer: 200, need: 2 },
  router: { offer: 500, need: 5 },
  terminal: { offer: 200, need: 2 },
  'access-point': { offer: 1000, need: 40 },
  sim: { offer: 5000, need: 300 },
  school: { offer: 300, need: 1 },
  piece: { offer: 2000, need: 100 },
  set: { offer: 1000, need: 40 },
  licence: { offer: 5000, need: 400 },
  subject: { offer: 100, need: 20 },
  place: { offer: 1000, need: 80 },
  workshop: { offer: 200, need: 20 },
  'hour-a-month': { offer: 500, need: 60 },
  km: { offer: 500_000, need: 0 },
}

/** One person uses one. */
const personal: readonly KindCode[] = ['DEV-LAPTOP', 'DEV-DESKTOP', 'DEV-TABLET', 'CONN-PUPIL', 'SW-OS']

interface Asked {
  readonly kind: KindCode
  readonly side: Side
  readonly quantity: number
  /** Students of the unit by the register; null when it does not say, or for an offer. */
  readonly students: number | null
}

/** Whether to ask "is it right?" before this is stored; it may well be. */
export function isUnusual({ kind, side, quantity, students }: Asked): boolean {
  if (quantity > usualMost[kindOf(kind).unit][side]) return true
  return side === 'need' && students !== null && students > 0 && personal.includes(kind) && quantity > students
}
