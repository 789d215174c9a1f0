import { costOfWish, type RoundInput, type RoundOffer } from '../planning/index.js'

/** What the wish of a company changes for everybody together; figures only. */
export interface WishEffect {
  /** Units that are kept. */
  readonly kept: number
  /** Units, school units and pupils that the plan would reach besides without the wish; below 0 = fewer. */
  readonly units: number
  readonly schoolUnits: number
  readonly students: number
  /** School units that get more, and that get less, because of the wish. */
  readonly gaining: number
  readonly losing: number
}

/** The effect of a wish as it is now on the round as it was; null when the round did not know the offer. */
export function wishEffect(
  input: RoundInput,
  offerId: string,
  wish: NonNullable<RoundOffer['wish']>,
): WishEffect | null {
  if (!input.offers.some(({ id }) => id === offerId)) return null
  const offers = input.offers.map((offer) => (offer.id === offerId ? { ...offer, wish } : offer))
  const { kept, units, schoolUnits, students, comparison } = costOfWish({ ...input, offers }, offerId)
  return { kept, units, schoolUnits, students, gaining: comparison.gaining, losing: comparison.losing }
}
