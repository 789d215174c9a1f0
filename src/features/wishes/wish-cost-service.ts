import { Types, type Connection } from 'mongoose'
import { isDuplicateKey } from '../../db/duplicate-key.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, RuleViolation } from '../../shared/errors.js'
import type { Offer } from '../offers/index.js'
import type { AnswerTo, Question } from '../questions/index.js'
import type { Round } from '../rounds/index.js'
import { isWaiting, type WishCost } from './wish-question.js'
import { toWishCost, wishCostModel, type StoredWishCost } from './wish-cost-model.js'

type Asked = Pick<Offer, 'id' | 'version' | 'wish'>
type CostQuestion = Extract<Question, { readonly type: 'cost-of-wish' }>

export interface WishCostService {
  /** What is known of the offer as it is now; null when nobody has asked. The rights are the business of whoever found it. */
  find(offer: Asked): Promise<WishCost | null>
  /** Asks the last round, unless it was asked. Throws RuleViolation without a wish, ConflictError without a round. */
  ask(offer: Asked): Promise<void>
  /** Solves that round with and without the wish; begun again after a crash it does the same again. Never throws. */
  perform(id: string): Promise<void>
  /** Lets go of what is being answered; the next process picks it up. */
  stop(): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly rounds: {
    readonly withFiles: () => Promise<readonly Pick<Round, 'id' | 'number'>[]>
    readonly input: (roundId: string) => Promise<Uint8Array>
  }
  readonly run: (bytes: Uint8Array, question: CostQuestion, signal: AbortSignal) => Promise<AnswerTo<CostQuestion>>
  /** Has the question answered soon, by this process or another. */
  readonly request: (id: string) => Promise<void>
  readonly report: (error: unknown, id: string) => void
}

export function createWishCostService({ connection, clock, rounds, run, request, report }: Parts): WishCostService {
  const costs = wishCostModel(connection)
  const stopping = new AbortController()
  const performing = new Set<Promise<void>>()

  const find = async ({ id, version }: Asked): Promise<WishCost | null> => {
    const stored = await costs.findOne({ offerId: id, version }).lean<StoredWishCost>()
    return stored === null ? null : toWishCost(stored)
  }

  const answerOne = async (id: string): Promise<void> => {
    const stored = await costs.findOne({ _id: id, state: 'asked' }).lean<StoredWishCost>()
    if (stored === null) return
    const { offerId, roundId, wish } = toWishCost(stored)
    try {
      const question = { type: 'cost-of-wish', offerId, wish: { ...wish, share: wish.share / 100 } } as const
      await end(stored, {
        state: 'answered',
        effect: await run(await rounds.input(roundId), question, stopping.signal),
      })
    } catch (error) {
      if (stopping.signal.aborted) return
      report(error, id)
      await end(stored, { state: 'failed', effect: null })
    }
  }

  /** An answer to a question that was asked anew meanwhile is let go. */
  const end = async (asked: StoredWishCost, how: Pick<StoredWishCost, 'state' | 'effect'>): Promise<void> => {
    const { _id, version, roundId } = asked
    await costs.updateOne({ _id, version, roundId, state: 'asked' }, { $set: { ...how, answeredAt: clock() } })
  }

  return {
    find,
    async ask(offer) {
      const { id, version, wish } = offer
      if (wish === null) throw new RuleViolation('wishes.no-wish')
      const [round] = await rounds.withFiles()
      if (round === undefined) throw new ConflictError('wishes.no-round')
      const known = await find(offer)
      const isCurrent = known?.roundId === round.id && known.state === 'answered'
      if (known !== null && (isCurrent || isWaiting(known, clock()))) return
      const asked = { roundNumber: round.number, version, wish, state: 'asked', askedAt: clock() } as const
      try {
        const stored = await costs
          .findOneAndUpdate(
            { offerId: id },
            { $set: { ...asked, roundId: new Types.ObjectId(round.id), answeredAt: null, effect: null } },
            { upsert: true, returnDocument: 'after' },
          )
          .lean<StoredWishCost>()
        await request(stored._id.toHexString())
      } catch (error) {
        // Somebody asked the same in this moment.
        if (!isDuplicateKey(error)) throw error
      }
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
