import type { Offer } from '../offers/index.js'
import type { RoundOffer } from '../planning/index.js'

type Terms = Pick<
  Offer,
  | 'kind'
  | 'spec'
  | 'minPerSchool'
  | 'maxPerSchool'
  | 'territory'
  | 'levels'
  | 'validFrom'
  | 'validTo'
  | 'leadDays'
  | 'wish'
>

/** Who offers, how much is left; a draft that has no id yet takes any that no other offer has. */
export interface Offered extends Terms {
  readonly id: string
  readonly companyId: string
  readonly available: number
}

/** An offer as a round would see it; the name of the company is nobody's business here. */
export function roundOfferOf(offer: Offered): RoundOffer {
  const { id, companyId, kind, spec, minPerSchool, maxPerSchool, territory, levels, validFrom, validTo, leadDays } =
    offer
  const { wish, available: quantity } = offer
  return {
    ...{ id, companyId, company: '', kind, spec, quantity, minPerSchool, maxPerSchool },
    ...{ territory, levels, validFrom, validTo, leadDays },
    wish: wish === null ? null : { authorities: wish.authorities, share: wish.share / 100 },
  }
}

interface Past {
  readonly id: string
  readonly number: number
  readonly scope: readonly string[]
}

/** The latest round that is kept and is about schools that the offer reaches; null when there is none. */
export const roundFor = <Round extends Past>(rounds: readonly Round[], reach: readonly string[]): Round | null =>
  rounds.find(({ scope }) => scope.some((authority) => reach.includes(authority))) ?? null
