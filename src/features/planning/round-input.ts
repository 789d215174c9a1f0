import type { Level } from '../../shared/level.js'
import type { Territory } from '../../shared/territory.js'
import type { Factors } from '../../shared/equity-scale.js'
import type { Tier } from '../../shared/tier.js'
import type { PlanKey, Policy } from './policy.js'

/** One school unit as a round sees it. */
export interface RoundSchool {
  readonly id: string
  readonly name: string
  /** Code of the deciding authority, `USK`. */
  readonly authority: string
  /** Slug of the municipality, `banja-luka`; empty when the register does not say. */
  readonly municipality: string
  /** Null when the register does not say, or the unit has both: then offers for either level are for it too. */
  readonly level: Level | null
  readonly isBranch: boolean
  /** 0 to 1, 1 = most marginalised. */
  readonly equityIndex: number
  readonly tier: Tier
  /** Null when the register does not say. */
  readonly numStudents: number | null
  /** What the index is made of, so that a replay can weigh it otherwise; null when it is not known. */
  readonly factors: Factors | null
  /** What the unit has already, by the register or by an approved match. */
  readonly has: { readonly electricity: boolean; readonly connectivity: boolean; readonly devices: boolean }
}

/** What is left of one published offer: approved matches are subtracted before. */
export interface RoundOffer {
  readonly id: string
  readonly companyId: string
  /** Name of the company, for the reasons. */
  readonly company: string
  /** Code of the catalogue, `DEV-LAPTOP`. */
  readonly kind: string
  /** Units left. */
  readonly quantity: number
  /** Fewer than this for one school unit is not worth a journey. */
  readonly minPerSchool: number | null
  readonly maxPerSchool: number | null
  readonly territory: Territory
  /** Empty = every level. */
  readonly levels: readonly Level[]
  /** By the kind's schema of the catalogue. */
  readonly spec: Readonly<Record<string, unknown>>
  /** ISO dates, inclusive. */
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly leadDays: number | null
  /** At least this share of the quantity, 0 to 1, is kept for schools of these authorities. */
  readonly wish: { readonly authorities: readonly string[]; readonly share: number } | null
}

/** What is still missing of one published need: approved matches are subtracted before. */
export interface RoundNeed {
  readonly id: string
  readonly schoolId: string
  readonly kind: string
  readonly quantity: number
  readonly spec: Readonly<Record<string, unknown>>
  /** 1 low, 2, 3 high. */
  readonly urgency: 1 | 2 | 3
  /** ISO date, inclusive. */
  readonly deadline: string | null
  /** Pupils that it is for: those of what is still missing. */
  readonly students: number
  /** Ids of offers, what the school likes most first. */
  readonly ranking: readonly string[]
  /** Ids of offers and of companies that are never proposed for it. */
  readonly refused: readonly string[]
}

/** One offer for one need. */
export interface RoundPair {
  readonly offerId: string
  readonly needId: string
}

export interface RoundInput {
  readonly schools: readonly RoundSchool[]
  readonly offers: readonly RoundOffer[]
  readonly needs: readonly RoundNeed[]
  /** Proposals of the last round that nobody has decided. */
  readonly standing: readonly (RoundPair & { readonly quantity: number })[]
  /** Never proposed, whatever the value: an authority rejected the pair as it is, or the unit has had its maximum of the offer. */
  readonly exclusions?: readonly RoundPair[]
  /** By code of the authority: the share of the asked units that the remembered rounds gave its schools, 0 to 1. */
  readonly served?: Readonly<Record<string, number>>
  /** The plans to make besides the one of the policy. */
  readonly plans?: readonly PlanKey[]
  readonly policy: Policy
  /** ISO date on which the round is run. */
  readonly today: string
}
