import type { ClientSession, Connection } from 'mongoose'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, ForbiddenError, NotFoundError } from '../../shared/errors.js'
import { choiceLimits, choose, refuse, stepOf, type Choices, type ChosenTerms, type Refusal } from './need-choices.js'
import { isClosed, notNow, ownsNeed, type Need } from './need.js'
import { needModel, type StoredNeed } from './need-model.js'
import { visibleTo } from './need-query-model.js'
import { toNeed } from './need-service.js'

/** What a school would rather have, and what not. */
export interface NeedChoices {
  /**
   * `version` is the one that was read. The day of the need stays what it was: nobody loses a place by choosing. Throws
   * NotFoundError, ForbiddenError, RuleViolation, ConflictError.
   */
  choose(actor: Actor, needId: string, version: number, chosen: ChosenTerms): Promise<Need>
  /** Remembers one more "no", inside the caller's transaction; the caller has checked the rights. */
  refuse(session: ClientSession, needId: string, refusal: Refusal): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
}

export function createNeedChoices({ connection, clock, record }: Parts): NeedChoices {
  const needs = needModel(connection)
  const inTransaction = transactionsInTurn(connection)

  const own = async (actor: Actor, id: string): Promise<Need> => {
    const scope = visibleTo(actor)
    const stored = scope && (await needs.findOne({ ...scope, _id: id }).lean<StoredNeed>())
    if (!stored) throw new NotFoundError('needs.not-found')
    const need = toNeed(stored)
    if (!ownsNeed(actor, need)) throw new ForbiddenError('needs.only-the-school')
    if (isClosed(need)) throw notNow(need)
    return need
  }

  return {
    async choose(actor, needId, version, chosen) {
      const was = await own(actor, needId)
      if (was.version !== version) throw new ConflictError('listings.changed-meanwhile')
      const at = clock()
      const choices = choose(was, chosen, actor, at)
      return inTransaction(async (session) => {
        const stored = await needs
          .findOneAndUpdate({ _id: was.id, version }, changeTo(choices, actor.id, at), {
            returnDocument: 'after',
            session,
          })
          .lean<StoredNeed>()
        if (stored === null) throw new ConflictError('listings.changed-meanwhile')
        await record(session, actOf(was, choices, actor))
        return toNeed(stored)
      })
    },
    async refuse(session, needId, refusal) {
      const stored = await needs.findById(needId).session(session).lean<StoredNeed>()
      if (stored === null) throw new NotFoundError('needs.not-found')
      const change = changeTo(refuse(toNeed(stored), refusal), refusal.by, refusal.at)
      await needs.updateOne({ _id: needId }, change, { session })
    },
  }
}

const changeTo = (choices: Choices, by: string, at: Date) => ({
  $set: { ranking: choices.ranking, refusals: choices.refusals },
  $push: { choiceHistory: { $each: [stepOf(choices, by, at)], $slice: -choiceLimits.kept } },
  $inc: { version: 1 },
})

const actOf = (need: Need, { ranking, refusals }: Choices, by: Actor): Act => ({
  act: 'need.choices',
  by: by.id,
  subject: { type: 'need', id: need.id },
  details: { ranking, refused: refusals.map(({ offerId, companyId }) => offerId ?? companyId) },
})
