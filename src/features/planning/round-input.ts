import type { Level } from '../../shared/level.js'
import type { Message } from '../../shared/message.js'
import type { Territory } from '../../shared/territory.js'
import type { RuleName } from '../catalogue/index.js'
import type { Tier } from '../../shared/tier.js'
import type { Policy } from './policy.js'

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
}

export interface RoundInput {
  readonly schools: readonly RoundSchool[]
  readonly offers: readonly RoundOffer[]
  readonly needs: readonly RoundNeed[]
  /** Proposals of the last round that nobody has decided. */
  readonly standing: readonly { readonly offerId: string; readonly needId: string }[]
  /** Never proposed, whatever the value: an authority rejected the pair as it is, or the unit has had its maximum of the offer. */
  readonly exclusions?: readonly { readonly offerId: string; readonly needId: string }[]
  readonly policy: Policy
  /** ISO date on which the round is run. */
  readonly today: string
}

export interface RoundProposal {
  readonly offerId: string
  readonly needId: string
  readonly schoolId: string
  /** Kind of the need; the offer may be of another kind that serves it. */
  readonly kind: string
  readonly quantity: number
  readonly tier: Tier
  readonly reason: Message
  /** The next best offers for the same need, best first, at most three; `left` is what the plan leaves of them. */
  readonly alternatives: readonly { readonly offerId: string; readonly company: string; readonly left: number }[]
}

/** no-offer: nobody offers this kind · no-candidate: rules removed all · prerequisite · outbid · limits */
export const reasonCodes = ['no-offer', 'no-candidate', 'prerequisite', 'outbid', 'limits'] as const
export type ReasonCode = (typeof reasonCodes)[number]

export interface RemovedByRule {
  readonly rule: RuleName | 'excluded'
  /** Name of the dimension, where the rule is `specification`. */
  readonly about?: string
  readonly removed: number
}

/** A need, or the part of it, that the plan does not serve. */
export interface RoundUnmatched {
  readonly needId: string
  readonly schoolId: string
  readonly kind: string
  readonly tier: Tier
  /** Units not served. */
  readonly missing: number
  readonly reasonCode: ReasonCode
  readonly reason: Message
  /** How many offers of the kind each hard rule removed (the first that failed); a school may see these. */
  readonly rules: readonly RemovedByRule[]
  /** Who gets the units that this need could have had, along the cheapest exchange; only coordinators see these. */
  readonly holders: readonly { readonly offerId: string; readonly needId: string }[]
}

export interface RoundFigures {
  /** Value of the plan and of the proven optimum before partner limits and minimum lots; bound >= objective. */
  readonly objective: number
  readonly bound: number
  /** The bound was proven in this very run: feasible flow, feasible prices, primal = dual. */
  readonly certified: boolean
  readonly needs: number
  readonly offers: number
  readonly schools: number
  readonly unitsNeeded: number
  readonly unitsOffered: number
  readonly unitsServed: number
  readonly candidates: number
  readonly tiers: readonly { readonly tier: Tier; readonly unitsNeeded: number; readonly unitsServed: number }[]
  /** Needs served by one, two, three companies. */
  readonly partners: { readonly one: number; readonly two: number; readonly three: number }
  readonly seconds: { readonly candidates: number; readonly solve: number; readonly total: number }
}

export interface RoundResult {
  readonly proposals: readonly RoundProposal[]
  readonly unmatched: readonly RoundUnmatched[]
  readonly figures: RoundFigures
  /** SHA-256, hexadecimal, of the input in the order of ids: the same input gives the same hash and the same plan. */
  readonly inputHash: string
}

/** One step of a round, for the page that shows it live; `done` of `total` categories are solved. */
export interface RoundProgress {
  readonly done: number
  readonly total: number
  /** Category now being solved (`devices`), or `finished`. */
  readonly category: string
}
