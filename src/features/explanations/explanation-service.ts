import { Types, type Connection } from 'mongoose'
import { isDuplicateKey } from '../../db/duplicate-key.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError } from '../../shared/errors.js'
import type { AnswerTo, Question } from '../questions/index.js'
import { isBeingAnswered, type CheckedExplanation, type KeptQuestion, type Subject } from './explanation.js'
import type { KeptRound } from './kept-round.js'
import { explanationModel, toExplanation, type StoredExplanation } from './explanation-model.js'

/** What somebody who may read it wants to have checked. Rights on it are the business of whoever found it. */
export interface Asked {
  readonly subject: Subject
  readonly roundNumber: number
  readonly question: KeptQuestion
  readonly version: number
}

export interface ExplanationService {
  /** The answer, or the question that is being answered; null when nobody has asked. */
  find(subject: Subject): Promise<CheckedExplanation | null>
  /**
   * Asks, unless it has been answered or is being answered. Throws ConflictError while the same person waits for
   * another answer.
   */
  ask(actor: Actor, asked: Asked): Promise<CheckedExplanation>
  /** Solves again and stores the answer; begun again after a crash it does the same again. Never throws. */
  perform(id: string): Promise<void>
  /** Lets go of what is being answered; the next process picks it up. */
  stop(): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  /** The packed input of a round, and the plan of it that is in the queues. */
  readonly files: (roundId: string) => Promise<KeptRound>
  readonly run: <Q extends Question>(bytes: Uint8Array, question: Q, signal: AbortSignal) => Promise<AnswerTo<Q>>
  /** Has the question answered soon, by this process or another. */
  readonly request: (id: string) => Promise<void>
  readonly report: (error: unknown, id: string) => void
}

export function createExplanationService({
  connection,
  clock,
  files,
  run,
  request,
  report,
}: Parts): ExplanationService {
  const explanations = explanationModel(connection)
  const stopping = new AbortController()
  const performing = new Set<Promise<void>>()

  const find = async ({ id, roundId }: Subject): Promise<CheckedExplanation | null> => {
    const stored = await explanations.findOne({ subjectId: id, roundId }).lean<StoredExplanation>()
    return stored === null ? null : toExplanation(stored)
  }

  /** What a person waits for that will not come is let go, so that it does not keep them from asking. */
  const forgetLost = async (actor: Actor): Promise<void> => {
    const waiting = await explanations.findOne({ waiting: actor.id }).lean<StoredExplanation>()
    if (waiting === null || isBeingAnswered(waiting, clock())) return
    await explanations.updateOne({ _id: waiting._id }, { $set: { state: 'failed' }, $unset: { waiting: 1 } })
  }

  const store = async (actor: Actor, { subject, ...asked }: Asked): Promise<StoredExplanation | null> => {
    const where = {
      subjectId: Types.ObjectId.createFromHexString(subject.id),
      roundId: Types.ObjectId.createFromHexString(subject.roundId),
    }
    const question = { ...asked, askedBy: actor.id, askedAt: clock(), state: 'asked', waiting: actor.id } as const
    return explanations
      .findOneAndUpdate(
        { ...where, $or: [{ state: { $ne: 'answered' } }, { version: { $ne: asked.version } }] },
        { $set: { ...question, type: subject.type, answeredAt: null, explanation: null } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean<StoredExplanation>()
  }

  const answerOne = async (id: string): Promise<void> => {
    const stored = await explanations.findOne({ _id: id, state: 'asked' }).lean<StoredExplanation>()
    if (stored === null) return
    try {
      const { input, plan } = await files(stored.roundId.toHexString())
      const explanation = await run(input, questionOf(stored.question, plan), stopping.signal)
      await end(id, { state: 'answered', explanation })
    } catch (error) {
      if (stopping.signal.aborted) return
      report(error, id)
      await end(id, { state: 'failed', explanation: null })
    }
  }

  const end = async (id: string, how: Pick<StoredExplanation, 'state' | 'explanation'>): Promise<void> => {
    await explanations.updateOne(
      { _id: id, state: 'asked' },
      { $set: { ...how, answeredAt: clock() }, $unset: { waiting: 1 } },
    )
  }

  return {
    find,
    async ask(actor, asked) {
      const known = await find(asked.subject)
      if (known !== null && isCurrent(known, asked.version, clock())) return known
      await forgetLost(actor)
      try {
        const stored = await store(actor, asked)
        if (stored !== null) await request(stored._id.toHexString())
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        // Somebody asked the same in this moment; otherwise it is this person who waits for another answer.
        const meanwhile = await find(asked.subject)
        if (meanwhile === null || meanwhile.state === 'failed') throw new ConflictError('explanations.one-at-a-time')
      }
      const found = await find(asked.subject)
      if (found === null) throw new ConflictError('explanations.one-at-a-time')
      return found
    },
    async perform(id) {
      const work = answerOne(id)
      performing.add(work)
      await work.finally(() => performing.delete(work))
    },
    async stop() {
      stopping.abort()
      await Promise.all(performing)
    },
  }
}

/** What need not be asked again. */
const isCurrent = (known: CheckedExplanation, version: number, now: Date): boolean =>
  known.version === version && (known.state === 'answered' || isBeingAnswered(known, now))

type ExplainQuestion = Extract<Question, { readonly type: 'explain-need' | 'explain-match' | 'demand-of-offer' }>

const questionOf = (question: KeptQuestion, plan: Uint8Array | null): ExplainQuestion =>
  question.type === 'demand-of-offer' ? question : { ...question, plan }
