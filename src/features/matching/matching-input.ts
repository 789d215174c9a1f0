/** How an offered number answers an asked one. Sets are bits. An asked NaN asks for nothing. */
export type Comparison = 'at-least' | 'at-most' | 'equal' | 'includes-all' | 'overlaps'

/** What is needed, compiled: the rules are compared place by place with the specification of an offer. */
export interface NeedKind {
  /** Place in the order in which categories are solved: power and lines before devices before licences and training. */
  readonly category: number
  readonly rules: readonly { readonly name: string; readonly comparison: Comparison }[]
  /** Bits of what a unit must have for it, and of what a unit has once it got some of it. */
  readonly requires: number
  readonly provides: number
}

export type EngineTerritory =
  | { readonly scope: 'national' }
  | { readonly scope: 'authorities' | 'municipalities'; readonly places: readonly number[] }

/** A school unit. Authority and municipality are numbers of the caller's choice; -1 = not known. */
export interface EngineUnit {
  readonly id: string
  readonly authority: number
  readonly municipality: number
  /** Bits. */
  readonly levels: number
  /** 1 to 5, 1 first. */
  readonly tier: number
  /** Bits of what it has already. */
  readonly has: number
  /** By how much its authority was served less than the best served one in the rounds that are remembered, 0 to 1. */
  readonly lag: number
}

export interface EngineOffer {
  readonly id: string
  /** Number of the company: offers of one company count as one partner. */
  readonly partner: number
  readonly quantity: number
  /** Units of this offer for one school unit: not fewer (if any), not more. */
  readonly minPerUnit: number
  readonly maxPerUnit: number
  readonly territory: EngineTerritory
  /** Bits of the levels it is meant for. */
  readonly levels: number
  /** Days since 1970. */
  readonly validFrom: number
  readonly validTo: number
  readonly leadDays: number
  /** So many units are for the units of these authorities only. */
  readonly kept: { readonly units: number; readonly authorities: readonly number[] } | null
  /** Places in `kinds` that it can serve, all of one category, each with its specification in the order of the rules. */
  readonly serves: readonly { readonly kind: number; readonly spec: readonly number[] }[]
}

export interface EngineNeed {
  readonly id: string
  /** Place in `kinds`, and in `units`. */
  readonly kind: number
  readonly unit: number
  readonly quantity: number
  /** 1 to 3, 3 first. */
  readonly urgency: number
  /** Days since 1970; Infinity = none. */
  readonly deadline: number
  readonly spec: readonly number[]
  /** Pupils that all its units together are for. */
  readonly students: number
  /** Ids of offers, what the school likes most first. */
  readonly ranking: readonly string[]
  /** Offers by id, and companies by number, that the school does not want. */
  readonly refusedOffers: readonly string[]
  readonly refusedPartners: readonly number[]
}

/** What counts in a plan, after the tier of the unit, the urgency and the deadline. Whole numbers. */
export interface Scoring {
  readonly deadlineSteps: readonly number[]
  readonly fit: number
  readonly territory: number
  readonly leadTime: number
  readonly standing: number
  readonly ranking: number
  readonly fairness: number
}

export interface PartnerLimits {
  readonly preferredPartners: number
  readonly mostPartners: number
  /**
   * Within one task no company serves more than this share of what the units of one authority ask for, but always one
   * lot; null = no cap.
   */
  readonly companyShare: number | null
}

/** The whole question: arrays in. The answer does not depend on the order of units, offers and needs. */
export interface MatchingInput {
  readonly kinds: readonly NeedKind[]
  readonly units: readonly EngineUnit[]
  readonly offers: readonly EngineOffer[]
  readonly needs: readonly EngineNeed[]
  /** Pairs that were proposed before and nobody has decided, with their units. */
  readonly standing: readonly { readonly offerId: string; readonly needId: string; readonly quantity: number }[]
  /** Pairs that are no candidates, whatever else holds. */
  readonly exclusions?: readonly { readonly offerId: string; readonly needId: string }[]
  readonly scoring: Scoring
  readonly limits: PartnerLimits
  /** Days since 1970. */
  readonly today: number
}
