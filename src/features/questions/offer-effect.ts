import { dayNumber } from '../catalogue/index.js'
import type { RoundInput, RoundOffer } from '../planning/index.js'
import { effectOf, needChanges, reachOf, type PlanEffect, type Reach } from './plan-effect.js'
import { asItStands, outcomeOf, type Outcome } from './plan-outcome.js'

/** What an offer does for the needs of a round; every figure comes from solving with it and without it. */
export interface OfferEffect extends Reach {
  readonly type: 'offer'
  readonly kind: string
  /** Units that the plan uses of it, of so many that it has. */
  readonly used: number
  readonly quantity: number
  /** Units more that needs get with it than without it; what it only replaces is not in it. */
  readonly unlocked: number
  readonly effect: PlanEffect
  /** How often the question was solved for this answer. */
  readonly solved: number
}

/**
 * What an offer would do in a round, added to those that are in it or in the place of the one with its id. An offer that
 * has not begun is judged as on its first day, otherwise a company that writes ahead would be told that nobody needs it.
 */
export function demandOfOffer(input: RoundInput, written: RoundOffer): OfferEffect {
  const offer = asBegun(written, input.today)
  const without: RoundInput = { ...input, offers: input.offers.filter(({ id }) => id !== offer.id) }
  const plan = outcomeOf(without)
  return { type: 'offer', kind: offer.kind, ...effectOfOffer(standing(without, plan), offer), solved: 3 }
}

/** The days until it begins count as a part of its delivery, so that every deadline is judged as before. */
function asBegun(offer: RoundOffer, today: string): RoundOffer {
  const wait = (dayNumber(offer.validFrom) ?? 0) - (dayNumber(today) ?? 0)
  return wait <= 0 ? offer : { ...offer, validFrom: null, leadDays: (offer.leadDays ?? 0) + wait }
}

/** A question with its answer as what stands, and the answer to that. */
export interface Standing {
  readonly input: RoundInput
  readonly outcome: Outcome
}

export function standing(input: RoundInput, plan: Outcome): Standing {
  const asked = asItStands(input, plan)
  return { input: asked, outcome: outcomeOf(asked) }
}

/** The effect of one offer more. */
export function effectOfOffer(
  { input, outcome }: Standing,
  offer: RoundOffer,
): Omit<OfferEffect, 'type' | 'kind' | 'solved'> {
  const after = outcomeOf({ ...input, offers: [...input.offers, offer] })
  const changes = needChanges(input, outcome, after)
  const effect = effectOf(changes)
  const used = after.pieces.reduce((sum, piece) => (piece.offerId === offer.id ? sum + piece.quantity : sum), 0)
  const unlocked = effect.gained - effect.lost
  return { used, quantity: offer.quantity, unlocked, effect, ...reachOf(changes) }
}
