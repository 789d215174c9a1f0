import type { Level } from '../../shared/level.js'
import type { Territory } from '../../shared/territory.js'
import type { RoundInput, RoundNeed, RoundProgress, RoundProposal, RoundRun, RoundSchool } from '../planning/index.js'
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

/** Where a round finds what it works on. */
export interface RoundSources {
  readonly offers: (today: string) => Promise<readonly OfferFound[]>
  readonly needs: () => Promise<readonly NeedFound[]>
  readonly schools: (ids: readonly string[]) => Promise<ReadonlyMap<string, SchoolFound>>
  /** Names of companies by id. */
  readonly companies: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

export interface Pair {
  readonly offerId: string
  readonly needId: string
}

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

/** Where proposals live. Until they are published nobody sees those that were prepared. */
export interface ProposalStore {
  /** Proposals that nobody has decided. */
  standing(): Promise<RoundInput['standing']>
  /** Codes of the authorities that have such proposals out of this offer, or for this need. */
  standingOn(side: 'offer' | 'need', id: string): Promise<readonly string[]>
  /** Rejected pairs among these whose terms are still what they were. */
  rejected(offers: ReadonlyMap<string, OfferFound>, needs: ReadonlyMap<string, NeedFound>): Promise<readonly Pair[]>
  /** Approved matches, whatever became of them since, unless they were called off. */
  promised(): Promise<readonly Promised[]>
  /** Takes away what an earlier attempt at this round prepared. */
  clear(roundId: string): Promise<void>
  prepare(proposals: readonly PreparedProposal[]): Promise<void>
  /** Puts what this round prepared in the place of what stood before; may be called again after a crash. */
  publish(roundId: string, step: (done: number, total: number) => Promise<void>): Promise<void>
}

/** Solves a round somewhere where it stops nobody else. */
export type Plan = (input: RoundInput, onProgress: (progress: RoundProgress) => void) => RoundRun
