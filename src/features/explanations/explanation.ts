import type { Actor } from '../../shared/actor.js'
import type { Explanation, Question } from '../questions/index.js'

export const explanationStates = ['asked', 'answered', 'failed'] as const
export type ExplanationState = (typeof explanationStates)[number]

/** What an explanation is about: a need that a round did not meet in full, a match that it proposed, or an offer. */
export interface Subject {
  readonly type: 'need' | 'match' | 'offer'
  readonly id: string
  readonly roundId: string
}

/** What is asked, but for the plan of the round, which is kept with the round. */
export type KeptQuestion =
  | Pick<Extract<Question, { type: 'explain-need' }>, 'type' | 'needId'>
  | Pick<Extract<Question, { type: 'explain-match' }>, 'type' | 'needId' | 'offerId'>
  | Extract<Question, { type: 'demand-of-offer' }>

/** An answer found by solving a round again, or one that is being looked for. */
export interface CheckedExplanation {
  readonly id: string
  readonly subject: Subject
  readonly roundNumber: number
  readonly question: KeptQuestion
  /** Of the offer that is asked about; an answer about an earlier one is none about this one. 0 for the others. */
  readonly version: number
  readonly state: ExplanationState
  readonly askedBy: string
  readonly askedAt: Date
  readonly answeredAt: Date | null
  readonly explanation: Explanation | null
}

/** A question that nobody has answered after so long, in milliseconds, may be asked again. */
const patience = 15 * 60_000

export const isBeingAnswered = (
  { state, askedAt }: Pick<CheckedExplanation, 'state' | 'askedAt'>,
  now: Date,
): boolean => state === 'asked' && now.getTime() - askedAt.getTime() < patience

/** Schools and companies are told figures: which other schools, and which companies, is not their business. */
export const maySeeNames = (actor: Actor): boolean => actor.role !== 'school' && actor.role !== 'company'
