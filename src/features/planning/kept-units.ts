import type { RoundOffer } from './round-input.js'

/** Units that an offer's wish keeps for some authorities: a part of a unit is a whole one. */
export function keptUnits({ wish, quantity }: Pick<RoundOffer, 'wish' | 'quantity'>): number {
  if (wish === null || wish.share <= 0 || wish.authorities.length === 0) return 0
  // A share such as 0.07 has no exact binary form: 0.07 × 100 must not become 8.
  return Math.min(quantity, Math.ceil(wish.share * quantity - 1e-9))
}
