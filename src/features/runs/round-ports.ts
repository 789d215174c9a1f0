import type { Level } from '../../shared/level.js'
import type { Territory } from '../../shared/territory.js'
import type { PlanWork, RoundNeed, RoundProposal, RoundSchool } from '../planning/index.js'
import type { Tier } from '../schools/index.js'

/** A published offer as a round finds it. */
export interface OfferFound {
  readonly id: string
  readonly companyId: string
  readonly title: string
  readonly kind: string
  readonly spec: Readonly<Record<string, unknown>>
  readonly quantity: number
  /** What is left of it. */
  readonly available: number
  readonly minPerSchool: number | null
  readonly maxPerSchool: number | null
  readonly territory: Territory
  readonly levels: readonly Level[]
  readonly validFrom: string
  readonly validTo: string
  readonly leadDays: number
  /** A part of the quantity, in per cent, that is kept for schools of some authorities. */
  readonly wish: { readonly authorities: readonly string[]; readonly share: number } | null
}

/** A published need as a round finds it. */
export interface NeedFound {
  readonly id: string
  readonly schoolUnitId: string
  readonly kind: string
  readonly spec: Readonly<Record<string, unknown>>
  readonly quantity: number
  /** What is still missing. */
  readonly available: number
  readonly urgency: 1 | 2 | 3
  readonly deadline: string | null
  readonly beneficiaries: { readonly students: number }
  readonly ranking?: RoundNeed['ranking']
  /** Offers, or everything of a company where `offerId` is null, that the school does not want. */
  readonly refusals?: readonly { readonly offerId: string | null; readonly companyId: string }[]
}

/** A school unit as the register knows it. */
export interface SchoolFound extends RoundSchool {
  readonly centralSchoolId: string
}

type ById<Found> = (ids: readonly string[]) => Promise<ReadonlyMap<string, Found>>

/** Where a round finds what it works on. Whatever finds thousands lets others have their turn in between. */
export interface RoundSources {
  /** What is open today (ISO date). */
  readonly offers: (today: string) => Promise<readonly OfferFound[]>
  /** What is open for schools of these authorities. */
  readonly needs: (scope: readonly string[]) => Promise<readonly NeedFound[]>
  readonly offersByIds: ById<OfferFound>
  readonly needsByIds: ById<NeedFound>
  readonly schools: ById<SchoolFound>
  /** Names of companies by id. */
  readonly companies: ById<string>
}

export interface Pair {
  readonly offerId: string
  readonly needId: string
}

/** A proposal that nobody has decided. */
export interface StandingProposal extends Pair {
  readonly id: string
  readonly authority: string
  readonly quantity: number
  /** What has to come before it, as its plan had it. */
  readonly needsFirst: readonly Pair[]
}

/** What a proposal that stays has to wait for now. */
export type Renewal = Pick<StandingProposal, 'id' | 'needsFirst'>

/** A proposal with everything that those who decide want to read, so that their queue is one query. */
export interface PreparedProposal extends RoundProposal {
  readonly roundId: string
  readonly offerTitle: string
  readonly offerKind: string
  readonly companyId: string
  readonly company: string
  readonly school: string
  readonly centralSchoolId: string
  readonly authority: string
  readonly municipality: string
  readonly tier: Tier
}

/** What a school unit has been promised: so many of a kind, out of an offer. */
export interface Promised {
  readonly schoolId: string
  readonly offerId: string
  readonly kind: string
  /** Code of the school unit's authority. */
  readonly authority: string
  readonly quantity: number
}

/**
 * Where proposals live; `scope` are codes of authorities. A new plan is put in the place of what stands in two steps: what
 * is new is prepared and what goes is marked, both of which nobody sees; then all of it is published. Either step
 * may be begun again after a crash.
 */
export interface ProposalStore {
  standing(scope: readonly string[]): Promise<readonly StandingProposal[]>
  /** Codes of the authorities that have such proposals out of this offer, or for this need. */
  standingOn(side: 'offer' | 'need', id: string): Promise<readonly string[]>
  /** Units of each offer that stand in proposals outside of the scope. */
  heldElsewhere(scope: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Pairs among these that an authority rejected or a company declined, and whose terms are still what they were. */
  rejected(
    scope: readonly string[],
    offers: ReadonlyMap<string, OfferFound>,
    needs: ReadonlyMap<string, NeedFound>,
  ): Promise<readonly Pair[]>
  /** Approved matches, whatever became of them since, unless they were called off. */
  promised(): Promise<readonly Promised[]>
  /** Pairs that somebody has decided since. */
  decidedSince(scope: readonly string[], since: Date): Promise<readonly Pair[]>
  /** Takes away what an earlier attempt at this round prepared and marked. */
  clear(roundId: string): Promise<void>
  prepare(proposals: readonly PreparedProposal[]): Promise<void>
  /** Marks what will make way. */
  mark(roundId: string, ids: readonly string[]): Promise<void>
  /** Tells proposals that stay what has to come before them now. */
  renew(proposals: readonly Renewal[]): Promise<void>
  /** Puts what is prepared in the place of what is marked. */
  publish(roundId: string, step: (done: number, total: number) => Promise<void>): Promise<void>
  /** What a round that is not published yet has marked and prepared. */
  changesOf(roundId: string): Promise<{
    readonly marked: readonly StandingProposal[]
    readonly prepared: readonly StandingProposal[]
  }>
  /** Ids of the rounds that have prepared something. */
  preparing(): Promise<readonly string[]>
}

/** A thread in which a round is solved, so that it stops nobody else. */
export type StartWork = () => PlanWork
