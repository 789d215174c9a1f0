import type { PlanComparison, Policy, RoundFigures } from '../planning/index.js'
import type { PolicyAuthor } from './policy-document.js'

export const replayStates = ['queued', 'running', 'finished', 'failed'] as const
export type ReplayState = (typeof replayStates)[number]

/** What a round would have given under another policy: before = under its own. */
export interface ReplayOutcome {
  readonly before: ReplayFigures
  readonly after: ReplayFigures
  readonly comparison: PlanComparison
}
export type ReplayFigures = Pick<RoundFigures, 'unitsNeeded' | 'unitsServed'>

/** One draft tried on one past round. */
export interface PolicyReplay {
  readonly id: string
  readonly policyId: string
  readonly roundId: string
  /** Number of the round. */
  readonly round: number
  /** Of the terms that were tried: the draft may have been edited since. */
  readonly hash: string
  /** What was tried, whole. */
  readonly policy: Policy
  readonly state: ReplayState
  /** How often it was begun. */
  readonly attempt: number
  readonly requestedBy: PolicyAuthor
  readonly requestedAt: Date
  readonly endedAt: Date | null
  /** Null until it is finished. */
  readonly outcome: ReplayOutcome | null
}

export type FinishedReplay = PolicyReplay & { readonly outcome: ReplayOutcome }

/** A round that a draft can be tried on. */
export interface PastRound {
  readonly id: string
  readonly number: number
  readonly endedAt: Date | null
}

/** One that died this often in the middle is not tried again. */
export const mostReplayAttempts = 3

export const isWaiting = (state: ReplayState): boolean => state === 'queued' || state === 'running'

export const isFinished = (replay: PolicyReplay): replay is FinishedReplay => replay.outcome !== null
