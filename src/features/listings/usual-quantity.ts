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

interface Stated {
  readonly kind: KindCode
  readonly side: Side
  readonly quantity: number
  /** Students of the unit by the register; null when it does not say, or for an offer. */
  readonly students: number | null
  /** What is stored already: nobody is asked twice. */
  readonly was: number | null
}

/** What came back with the form from the page that asks. */
interface Answer {
  readonly confirmed?: string | undefined
  readonly change?: string | undefined
}

/** Whether a quantity is far from what is usual; it may well be right. */
export function isUnusual({ kind, side, quantity, students }: Omit<Stated, 'was'>): boolean {
  if (quantity > usualMost[kindOf(kind).unit][side]) return true
  return side === 'need' && students !== null && students > 0 && personal.includes(kind) && quantity > students
}

/** Store it, ask "is it right?" first, or show the form again because it was not. */
export function whatToDo(stated: Stated, { confirmed, change }: Answer): 'store' | 'ask' | 'change' {
  if (change !== undefined) return 'change'
  const isKnown = stated.quantity === stated.was || confirmed === String(stated.quantity)
  return !isKnown && isUnusual(stated) ? 'ask' : 'store'
}
