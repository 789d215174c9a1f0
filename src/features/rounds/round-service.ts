import { Types, type ClientSession, type Connection } from 'mongoose'
import { isDuplicateKey } from '../../db/duplicate-key.js'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, ForbiddenError, NotFoundError } from '../../shared/errors.js'
import { message } from '../../shared/message.js'
import { decodeCursor, encodeCursor, type Page } from '../../shared/page.js'
import { firstPolicy } from '../planning/index.js'
import { asSeenBy, hasDied, isActive, mayRunRound, type Round, type UnmatchedNeed, type WhyNot } from './round.js'
import { roundModel, toRound, type StoredRound } from './round-model.js'
import { rowsOnPage, unmatchedConditions, unmatchedPage, type UnmatchedFilter } from './unmatched-query.js'
import { toUnmatched, unmatchedModel, type StoredUnmatched } from './unmatched-model.js'

/** The use cases of people. */
export interface RoundService {
  /** Latest first. */
  list(cursor?: string): Promise<Page<Round>>
  /** Throws NotFoundError. */
  read(id: string): Promise<Round>
  /** Throws ForbiddenError, and ConflictError while another round is on its way. */
  start(actor: Actor, note: string): Promise<Round>
  /** Needs that the round did not serve, most marginalised first; each person sees those that concern them. */
  unmatched(actor: Actor, roundId: string, filter: UnmatchedFilter, cursor?: string): Promise<Page<UnmatchedNeed>>
  /** Why the last round did not serve a need, or not all of it; null when it did, or when the person may not know. */
  whyNot(actor: Actor, needId: string): Promise<WhyNot | null>
  /** The round that is on its way, or null. */
  active(): Promise<Round | null>
  /** Asks again for what was on its way when the last process ended; called at start. */
  resume(): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  /** Has the round performed soon, by this process or another. */
  readonly request: (roundId: string) => Promise<void>
}

const newestFirst = { number: -1 } as const

export function createRoundService({ connection, clock, record, request }: Parts): RoundService {
  const rounds = roundModel(connection)
  const unmatched = unmatchedModel(connection)
  const inTransaction = transactionsInTurn(connection)

  const find = async (id: string): Promise<Round> => {
    const stored = await rounds.findById(id).lean<StoredRound>()
    if (stored === null) throw new NotFoundError('round-pages.not-found')
    return toRound(stored)
  }
  const findActive = async (): Promise<Round | null> => {
    const stored = await rounds.findOne({ isActive: true }).lean<StoredRound>()
    return stored === null ? null : toRound(stored)
  }
  const lastFinished = async (): Promise<Round | null> => {
    const stored = await rounds.findOne({ state: 'finished' }).sort(newestFirst).lean<StoredRound>()
    return stored === null ? null : toRound(stored)
  }

  /** A round that nobody works on any more must not keep the next one from starting. */
  const buryDead = async (): Promise<void> => {
    const active = await findActive()
    if (active === null || !hasDied(active, clock())) return
    const failure = message('round-pages.failure.silent')
    await rounds.updateOne(
      { _id: active.id, isActive: true, beatAt: active.beatAt },
      { $set: { state: 'failed', failure, endedAt: clock() }, $unset: { isActive: 1 } },
    )
  }

  const insert = (session: ClientSession, round: StoredRound): Promise<unknown> => rounds.create([round], { session })

  return {
    async list(cursor) {
      const [number] = decodeCursor(cursor, 1) ?? []
      const rows = await rounds
        .find(typeof number === 'number' ? { number: { $lt: number } } : {})
        .sort(newestFirst)
        .limit(rowsOnPage + 1)
        .lean<StoredRound[]>()
      const items = rows.slice(0, rowsOnPage).map(toRound)
      const last = items.at(-1)
      return { items, next: rows.length > rowsOnPage && last !== undefined ? encodeCursor([last.number]) : null }
    },
    read: find,
    active: findActive,
    async start(actor, note) {
      if (!mayRunRound(actor)) throw new ForbiddenError('round-pages.may-not-run')
      await buryDead()
      const last = await rounds.findOne({}, { number: 1 }).sort(newestFirst).lean<StoredRound>()
      const round = newRound((last?.number ?? 0) + 1, actor, note, clock())
      try {
        await inTransaction(async (session) => {
          await insert(session, round)
          await record(session, askedFor(round, actor))
        })
      } catch (error) {
        if (isDuplicateKey(error)) throw new ConflictError('round-pages.already-running')
        throw error
      }
      await request(String(round._id))
      return toRound(round)
    },
    async unmatched(actor, roundId, filter, cursor) {
      const conditions = unmatchedConditions(actor, filter, cursor)
      if (conditions === null) return { items: [], next: null }
      const rows = await unmatched
        .find({ ...conditions, roundId: (await find(roundId)).id })
        .sort({ tier: 1, _id: 1 })
        .limit(rowsOnPage + 1)
        .lean<StoredUnmatched[]>()
      return unmatchedPage(rows.map((row) => asSeenBy(actor, toUnmatched(row))))
    },
    async whyNot(actor, needId) {
      const scope = unmatchedConditions(actor, {})
      const round = scope === null ? null : await lastFinished()
      if (scope === null || round === null) return null
      const stored = await unmatched.findOne({ ...scope, needId, roundId: round.id }).lean<StoredUnmatched>()
      if (stored === null) return null
      const { id, number, endedAt } = round
      return { ...asSeenBy(actor, toUnmatched(stored)), round: { id, number, endedAt } }
    },
    async resume() {
      const active = await findActive()
      if (active !== null && isActive(active.state)) await request(active.id)
    },
  }
}

function newRound(number: number, { id, name, authorities }: Actor, note: string, at: Date): StoredRound {
  return {
    _id: new Types.ObjectId(),
    number,
    state: 'queued',
    isActive: true,
    progress: { stage: 'waiting', done: 0, total: 1, category: null },
    requestedBy: { id, name },
    requestedFor: [...authorities].sort(),
    note,
    policy: firstPolicy,
    requestedAt: at,
    startedAt: null,
    endedAt: null,
    beatAt: at,
    attempt: 0,
    inputHash: null,
    figures: null,
    counts: null,
    failure: null,
  }
}

const askedFor = ({ _id, number, policy, note }: StoredRound, by: Actor): Act => ({
  act: 'round.requested',
  by: by.id,
  subject: { type: 'round', id: String(_id) },
  details: { number, policy: `${policy.plan} ${policy.version}`, note },
})
