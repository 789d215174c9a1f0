import { RuleViolation } from '../../shared/errors.js'
import type { Actor } from '../../shared/actor.js'

export const longestReason = 1000

/** One step in the life of an offer or a need. `by` is the id of an account; `from` is null for the first step. */
export interface Transition<State extends string> {
  readonly from: State | null
  readonly to: State
  readonly by: string
  readonly at: Date
  readonly reason: string | null
}

interface Living<State extends string> {
  readonly state: State
  readonly history: readonly Transition<State>[]
}

/** Where the units of a listing are. At any moment available + reserved + committed + delivered = quantity. */
export interface Holdings {
  readonly quantity: number
  readonly available: number
  /** Approved by an authority, not yet agreed. */
  readonly reserved: number
  /** Agreed by both sides, not yet received. */
  readonly committed: number
  readonly delivered: number
}

export const pots = ['available', 'reserved', 'committed', 'delivered'] as const
export type Pot = (typeof pots)[number]

/** A listing of which nothing has been promised yet. */
export const untouched = (quantity: number): Holdings => ({
  quantity,
  available: quantity,
  reserved: 0,
  committed: 0,
  delivered: 0,
})

/** Units that somebody counts on: the quantity may not go below them. */
export const promised = (holdings: Holdings): number => holdings.reserved + holdings.committed + holdings.delivered

/** The listing one step further. */
export function step<State extends string, Listing extends Living<State>>(
  listing: Listing,
  to: State,
  by: Actor,
  at: Date,
  reason: string | null = null,
): Listing {
  const taken: Transition<State> = { from: listing.state, to, by: by.id, at, reason }
  return { ...listing, state: to, history: [...listing.history, taken] }
}

/** Throws RuleViolation when the new quantity would take back what was already promised. */
export function checkQuantity(holdings: Holdings, quantity: number): void {
  const least = promised(holdings)
  if (quantity < least) throw new RuleViolation('listings.quantity-promised', { quantity, least }, 'quantity')
}
