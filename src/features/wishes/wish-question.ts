import type { WishEffect } from '../questions/index.js'

export const wishCostStates = ['asked', 'answered', 'failed'] as const
export type WishCostState = (typeof wishCostStates)[number]

/** What the wish of an offer cost in one round, or the question about it. */
export interface WishCost {
  readonly id: string
  readonly offerId: string
  readonly roundId: string
  readonly roundNumber: number
  /** Of the offer that was asked about; an answer about an earlier one is none about this one. */
  readonly version: number
  readonly wish: { readonly authorities: readonly string[]; readonly share: number }
  readonly state: WishCostState
  readonly askedAt: Date
  readonly answeredAt: Date | null
  /** Null as long as there is no answer, and when the round did not know the offer. */
  readonly effect: WishEffect | null
}

/** A question that nobody has answered after so long, in milliseconds, may be asked again. */
const patience = 15 * 60_000

export const isWaiting = ({ state, askedAt }: Pick<WishCost, 'state' | 'askedAt'>, now: Date): boolean =>
  state === 'asked' && now.getTime() - askedAt.getTime() < patience
