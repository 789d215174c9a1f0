import type { Actor } from '../../shared/actor.js'
import type { Message } from '../../shared/message.js'
import { authorityCodes } from '../authorities/index.js'
import type { PlanKey, Policy, ReasonCode, RoundFigures, RoundUnmatched } from '../planning/index.js'
import type { Tier } from '../schools/index.js'
import type { RoundTrigger } from './round-trigger.js'

/** `ready` is a repair that waits for somebody to accept it; `dismissed` is one that nobody wanted or that was overtaken. */
export const roundStates = ['queued', 'running', 'ready', 'finished', 'failed', 'cancelled', 'dismissed'] as const
export type RoundState = (typeof roundStates)[number]

/** What a round is doing: reading what is open, solving, storing what it found, putting it into the queues. */
export const roundStages = ['waiting', 'gathering', 'planning', 'storing', 'publishing'] as const
export type RoundStage = (typeof roundStages)[number]

/** How far a round is; `done` of `total` steps of its stage. While planning, `category` is the one being solved. */
export interface Progress {
  readonly stage: RoundStage
  readonly done: number
  readonly total: number
  readonly category: string | null
}

/** What a round left for one authority to decide, and what it could not serve there. */
export interface AuthorityCount {
  readonly authority: string
  readonly proposals: number
  readonly units: number
  readonly unmatched: number
}

export interface RoundCounts {
  readonly proposals: number
  readonly units: number
  readonly unmatched: number
  readonly authorities: readonly AuthorityCount[]
}

/** Longest note, in characters, and how long a round may be silent before it counts as dead, in milliseconds. */
export const longestNote = 500
export const longestSilence = 60_000
/** A round that died this often in the middle is not tried again. */
export const mostAttempts = 3

/** Somebody, with the name that they had then. */
export interface Person {
  readonly id: string
  readonly name: string
}

/** A plan that a round made, by its figures. */
export interface PlanSummary {
  readonly key: PlanKey
  readonly figures: RoundFigures
}

/** Which plan is put forward: by the policy (`by` is null, and there is no reason) or by somebody. */
export interface PlanChoice {
  readonly plan: PlanKey
  readonly by: Person | null
  readonly at: Date
  readonly reason: string | null
}

/** What a plan makes of the proposals that stood: how many there were, stay, go for good, change their quantity; and how many are new. */
export interface PlanChanges {
  readonly standing: number
  readonly kept: number
  readonly gone: number
  readonly changed: number
  readonly fresh: number
}

/** Why a repair was not put into the queues; nobody's when something else came first. */
export interface Dismissal {
  readonly by: Person | null
  readonly at: Date
  readonly reason: string | null
}

/** One run of the matching over the schools of some authorities, or of the whole country. */
export interface Round {
  readonly id: string
  /** 1, 2, 3 ... in the order in which they were asked for. */
  readonly number: number
  readonly state: RoundState
  readonly progress: Progress
  /** Null for a repair: nobody asked for it. */
  readonly requestedBy: Person | null
  /** Codes of the authorities whose needs it is about, in order; all of them are the country. */
  readonly scope: readonly string[]
  /** What a repair answers; null for a round that somebody asked for. */
  readonly trigger: RoundTrigger | null
  readonly note: string
  readonly policy: Policy
  readonly requestedAt: Date
  readonly startedAt: Date | null
  /** When it read what was open: what happened since is not in its plans. */
  readonly gatheredAt: Date | null
  /** When it finished or failed. */
  readonly endedAt: Date | null
  /** Last sign of life. */
  readonly beatAt: Date
  /** How often it was begun, and at which of these beginnings its present task began. */
  readonly attempt: number
  readonly firstAttempt: number
  /** When the process that was at it gave its last sign of life, if it died. */
  readonly interruptedAt: Date | null
  readonly inputHash: string | null
  /** Its plans, the one of the policy first; empty until they are made. */
  readonly plans: readonly PlanSummary[]
  /** Whether its input and its plans are still kept whole. */
  readonly hasFiles: boolean
  readonly choice: PlanChoice | null
  /** Of the chosen plan. */
  readonly figures: RoundFigures | null
  readonly counts: RoundCounts | null
  readonly changes: PlanChanges | null
  /** A repair that somebody said yes to. */
  readonly acceptedBy: Person | null
  readonly dismissal: Dismissal | null
  /** Why it failed. */
  readonly failure: Message | null
}

/** A need, or the part of it, that a round did not serve, with the answer to "why not mine". */
export interface UnmatchedNeed {
  readonly id: string
  readonly roundId: string
  readonly needId: string
  readonly schoolId: string
  readonly school: string
  readonly centralSchoolId: string
  readonly authority: string
  readonly kind: string
  readonly category: string
  readonly tier: Tier
  /** Units asked for, and units not served. */
  readonly asked: number
  readonly missing: number
  readonly reasonCode: ReasonCode
  readonly reason: Message
  readonly rules: RoundUnmatched['rules']
  /** Who gets the units; only coordinators see them. */
  readonly holders: readonly Holder[]
}

export interface Holder {
  readonly offerId: string
  readonly company: string
  readonly needId: string
  readonly school: string
}

/** Why the last round did not serve a need. */
export interface WhyNot extends UnmatchedNeed {
  readonly round: { readonly id: string; readonly number: number; readonly endedAt: Date | null }
}

export const isActive = (state: RoundState): boolean => state === 'queued' || state === 'running'

export const hasDied = (round: Pick<Round, 'state' | 'beatAt'>, now: Date): boolean =>
  isActive(round.state) && now.getTime() - round.beatAt.getTime() > longestSilence

/** Needs from which a round makes only the plan of its policy: all six would take too long. */
export const mostNeedsForAllPlans = 20_000
/** So many rounds, and so many repairs, are kept whole. */
export const roundsKeptWhole = 20

export const mayRunRound = (actor: Actor): boolean =>
  actor.role === 'coordinator' || actor.role === 'national-coordinator'

/** What a person may do with a round of these authorities: run, cancel, choose, accept. */
export const mayRunFor = (actor: Actor, scope: readonly string[]): boolean =>
  actor.role === 'national-coordinator' ||
  (actor.role === 'coordinator' && scope.every((authority) => actor.authorities.has(authority)))

/** The authorities that a round of this person is about. */
export const scopeOf = (actor: Actor): readonly string[] =>
  actor.role === 'national-coordinator' ? [...authorityCodes].sort() : [...actor.authorities].sort()

export const isCountry = (scope: readonly string[]): boolean => authorityCodes.every((code) => scope.includes(code))

/** How many proposals that stood do not stay as they were. */
export const changing = ({ gone, changed }: PlanChanges): number => gone + changed

/** Whether a person may be told of a need that was not served: their own, one of their authority, or all. */
export function maySeeUnmatched(actor: Actor, need: Pick<UnmatchedNeed, 'centralSchoolId' | 'authority'>): boolean {
  switch (actor.role) {
    case 'school':
      return actor.organisation === need.centralSchoolId
    case 'coordinator':
      return actor.authorities.has(need.authority)
    case 'national-coordinator':
    case 'administrator':
      return true
    case 'company':
      return false
  }
}

/** A school is told figures only: who got the units is not its business. */
export const asSeenBy = (actor: Actor, need: UnmatchedNeed): UnmatchedNeed =>
  actor.role === 'school' ? { ...need, holders: [] } : need
