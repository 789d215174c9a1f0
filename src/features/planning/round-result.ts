import type { Message } from '../../shared/message.js'
import type { Tier } from '../../shared/tier.js'
import type { Area, RuleName } from '../catalogue/index.js'
import type { PlanKey } from './policy.js'
import type { RoundPair } from './round-input.js'

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
  /** Proposals of the same plan that give the unit what this one requires, where it has it from nowhere else. */
  readonly needsFirst: readonly RoundPair[]
  /** The plan gives units of the offer to schools of more than one authority: they approve together. */
  readonly isShared: boolean
}

/** no-offer: nobody offers this kind · no-candidate: rules removed all · prerequisite · outbid · limits */
export const reasonCodes = ['no-offer', 'no-candidate', 'prerequisite', 'outbid', 'limits'] as const
export type ReasonCode = (typeof reasonCodes)[number]

export interface RemovedByRule {
  readonly rule: RuleName | 'excluded' | 'refused' | 'kept'
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
  readonly holders: readonly RoundPair[]
}

export interface RoundFigures extends ServedFigures {
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
  /** Worth of the plan under the policy's own weights, whatever the plan strives for: on this scale plans compare. */
  readonly equityWorth: number
  /** `optimum` are the units served before partner limits and minimum lots took their share. */
  readonly tiers: readonly {
    readonly tier: Tier
    readonly unitsNeeded: number
    readonly unitsServed: number
    readonly optimum: number
  }[]
  /** Needs served by one, two, three companies. */
  readonly partners: { readonly one: number; readonly two: number; readonly three: number }
  readonly seconds: { readonly candidates: number; readonly solve: number; readonly total: number }
}

/** Units asked for and given, of some part of the schools. */
export interface Served {
  readonly unitsNeeded: number
  readonly unitsServed: number
}

/** Whom a plan reaches, for comparing plans. */
export interface ServedFigures {
  /** Pupils reached: a unit counts for its share of the pupils that its need is for. */
  readonly students: number
  /** School units that get something. */
  readonly schoolUnits: number
  /** Days until a unit arrives, on average; null when nothing is given. */
  readonly meanDays: number | null
  /** Standing proposals that are still possible, and those of them that are in the plan. */
  readonly standing: number
  readonly kept: number
  /** By code. */
  readonly authorities: readonly (Served & { readonly authority: string })[]
  readonly branch: Served
  readonly central: Served
  /** By the main area of the commitment that the kind of the need serves. */
  readonly areas: readonly { readonly area: Area; readonly unitsServed: number }[]
}

/** One complete answer. */
export interface RoundPlan {
  readonly key: PlanKey
  readonly proposals: readonly RoundProposal[]
  readonly unmatched: readonly RoundUnmatched[]
  readonly figures: RoundFigures
}

export interface RoundResult {
  /** The plan of the policy first; then those that were asked for. */
  readonly plans: readonly [RoundPlan, ...RoundPlan[]]
  /** SHA-256, hexadecimal, of the input in the order of ids: the same input gives the same hash and the same plan. */
  readonly inputHash: string
}

/** One step of a round, for the page that shows it live; `done` of `total` categories are solved, over all plans. */
export interface RoundProgress {
  readonly done: number
  readonly total: number
  /** Category now being solved (`devices`), or `finished`. */
  readonly category: string
}
