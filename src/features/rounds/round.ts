import type { Actor } from '../../shared/actor.js'
import type { Message } from '../../shared/message.js'
import type { Policy, ReasonCode, RoundFigures, RoundUnmatched } from '../planning/index.js'
import type { Tier } from '../schools/index.js'

export const roundStates = ['queued', 'running', 'finished', 'failed'] as const
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

/** One run of the matching over the whole country. */
export interface Round {
  readonly id: string
  /** 1, 2, 3 ... in the order in which they were asked for. */
  readonly number: number
  readonly state: RoundState
  readonly progress: Progress
  readonly requestedBy: { readonly id: string; readonly name: string }
  /** Codes of the authorities that the person decides for; empty for the national coordinator. */
  readonly requestedFor: readonly string[]
  readonly note: string
  readonly policy: Policy
  readonly requestedAt: Date
  readonly startedAt: Date | null
  /** When it finished or failed. */
  readonly endedAt: Date | null
  /** Last sign of life. */
  readonly beatAt: Date
  /** How often it was begun. */
  readonly attempt: number
  readonly inputHash: string | null
  readonly figures: RoundFigures | null
  readonly counts: RoundCounts | null
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

export const mayRunRound = (actor: Actor): boolean =>
  actor.role === 'coordinator' || actor.role === 'national-coordinator'

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
