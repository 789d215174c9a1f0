import { satisfies, servedKinds, type KindCode, type NeedTerms } from '../catalogue/index.js'
import type { Offer } from './offer.js'

/** What of an offer decides which needs it fits; it need not be stored. */
export type Demanded = Pick<
  Offer,
  'kind' | 'spec' | 'territory' | 'levels' | 'validFrom' | 'validTo' | 'leadDays' | 'minPerSchool' | 'reach'
>

/** An open need as an offer looks at it. */
export interface DemandedNeed extends NeedTerms {
  readonly tier: 1 | 2 | 3 | 4 | 5
}

/** The newest open needs of these kinds in these authorities, at most `most`. */
export type OpenNeedsOf = (
  kinds: readonly KindCode[],
  authorities: readonly string[],
  most: number,
) => Promise<readonly DemandedNeed[]>

export interface AuthorityDemand {
  readonly authority: string
  readonly needs: number
  /** Units still asked for. */
  readonly units: number
  /** Number of needs in tier 1, 2, 3, 4, 5. */
  readonly tiers: readonly [number, number, number, number, number]
}

/** Which open needs an offer could meet right now. */
export interface Demand {
  readonly needs: number
  readonly units: number
  /** By need, most first. */
  readonly authorities: readonly AuthorityDemand[]
  /** True when there are more needs than were looked at: the figures are then "at least". */
  readonly isPartial: boolean
}

/** A page looks at no more needs than this. */
export const mostNeeds = 2000

/**
 * Counts what the offer satisfies, by authority and tier. `today` is an ISO date; an offer that has not begun is judged
 * as on its first day, otherwise a company that writes ahead would be told that nobody needs it.
 */
export function demandFor(offer: Demanded, needs: readonly DemandedNeed[], today: string): Demand {
  const day = offer.validFrom > today ? offer.validFrom : today
  const found = needs.filter((need) => satisfies(offer, need, day).ok)
  const codes = [...new Set(found.map((need) => need.school.authority))]
  const authorities = codes.map((authority): AuthorityDemand => {
    const here = found.filter((need) => need.school.authority === authority)
    const inTier = (tier: number): number => here.filter((need) => need.tier === tier).length
    return { authority, ...total(here), tiers: [inTier(1), inTier(2), inTier(3), inTier(4), inTier(5)] }
  })
  const ordered = authorities.sort((a, b) => b.needs - a.needs || (a.authority < b.authority ? -1 : 1))
  return { ...total(found), authorities: ordered, isPartial: needs.length >= mostNeeds }
}

const total = (needs: readonly DemandedNeed[]) => ({
  needs: needs.length,
  units: needs.reduce((sum, need) => sum + need.quantity, 0),
})

/** Looks the needs up first; an offer that serves no kind of need (money) has no demand. */
export async function demandOf(offer: Demanded, openNeedsOf: OpenNeedsOf, today: string): Promise<Demand> {
  const kinds = servedKinds(offer)
  const needs = kinds.length === 0 ? [] : await openNeedsOf(kinds, offer.reach, mostNeeds)
  return demandFor(offer, needs, today)
}
