import type { ClientSession, Connection } from 'mongoose'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import { timeInBosnia, type Clock } from '../../shared/clock.js'
import { ConflictError, ForbiddenError, NotFoundError } from '../../shared/errors.js'
import { message } from '../../shared/message.js'
import { decodeCursor, encodeCursor, type Page } from '../../shared/page.js'
import type { Policy } from '../planning/index.js'
import { hasDied, isActive, mayRunFor, mayRunRound, scopeOf, type Round } from './round.js'
import type { RoundEntry } from './round-entry-service.js'
import { ended, roundModel, toRound, type StoredRound } from './round-model.js'
import { byWhom, scopeWords } from './round-words.js'
import { rowsOnPage } from './unmatched-query.js'

/** The use cases of people. */
export interface RoundService {
  /** Latest first. */
  list(cursor?: string): Promise<Page<Round>>
  /** Throws NotFoundError. */
  read(id: string): Promise<Round>
  /** A round about the authorities of the person. Throws ForbiddenError, and ConflictError while one of them has a round on its way. */
  start(actor: Actor, note: string): Promise<Round>
  /** Ends a round that is on its way and leaves nothing behind. Throws ForbiddenError, and ConflictError when it is too late. */
  cancel(actor: Actor, id: string): Promise<Round>
  /** The rounds on their way that are about one of these authorities. */
  active(scope: readonly string[]): Promise<readonly Round[]>
  /** The last round about this authority that put a plan into its queue; null when there was none. */
  latestFor(authority: string): Promise<Round | null>
  /** Finished rounds whose question is kept whole, latest first, at most 50: they can be looked into and replayed. */
  withFiles(): Promise<readonly Round[]>
  /** Asks again for what was on its way when the last process ended; called at start. */
  resume(): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  readonly entry: RoundEntry
  /** The policy in force. */
  readonly policy: () => Promise<Policy>
  /** Has the round performed soon, by this process or another. */
  readonly request: (roundId: string) => Promise<void>
  /** Stops whoever works on the round, and takes away everything that it has stored but its own record. */
  readonly abandon: (roundId: string) => Promise<void>
}

const newestFirst = { number: -1 } as const

export function createRoundService(parts: Parts): RoundService {
  const { connection, clock, record, entry, policy, request, abandon } = parts
  const rounds = roundModel(connection)
  const inTransaction = transactionsInTurn(connection)

  const find = async (id: string): Promise<Round> => {
    const stored = await rounds.findById(id).lean<StoredRound>()
    if (stored === null) throw new NotFoundError('round-pages.not-found')
    return toRound(stored)
  }
  const activeIn = async (scope: readonly string[]): Promise<readonly Round[]> =>
    (
      await rounds
        .find({ activeScopes: { $in: scope }, isActive: true })
        .sort(newestFirst)
        .lean<StoredRound[]>()
    ).map(toRound)

  /** Nothing is in the queues of it yet: it can end as if it had not been. False when it is too late for that. */
  const callOff = (round: Round, by: string | null): Promise<boolean> =>
    inTransaction(async (session) => {
      const { modifiedCount } = await rounds.updateOne(
        { _id: round.id, isActive: true, isStored: false, endedAt: null },
        { $set: { state: 'cancelled', endedAt: clock(), beatAt: clock(), hasFiles: false, plans: [] }, $unset: ended },
        { session },
      )
      if (modifiedCount === 1) await record(session, calledOff(round, by))
      return modifiedCount === 1
    })

  /** Rounds that nobody works on any more, and repairs, must not keep a round that somebody asks for from starting. */
  const makeWay = async (scope: readonly string[]): Promise<void> => {
    for (const round of await activeIn(scope)) {
      if (hasDied(round, clock())) await bury(round)
      else if (round.trigger !== null && (await callOff(round, null))) await abandon(round.id)
    }
  }
  const bury = async ({ id, beatAt }: Round): Promise<void> => {
    const failure = message('round-pages.failure.silent')
    await rounds.updateOne(
      { _id: id, isActive: true, beatAt },
      { $set: { state: 'failed', failure, endedAt: clock() }, $unset: ended },
    )
  }

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
    active: activeIn,
    async latestFor(authority) {
      const stored = await rounds.findOne({ scope: authority, state: 'finished' }).sort(newestFirst).lean<StoredRound>()
      return stored === null ? null : toRound(stored)
    },
    async withFiles() {
      const stored = await rounds
        .find({ state: 'finished', hasFiles: true })
        .sort(newestFirst)
        .limit(50)
        .lean<StoredRound[]>()
      return stored.map(toRound)
    },
    async start(actor, note) {
      if (!mayRunRound(actor)) throw new ForbiddenError('round-pages.may-not-run')
      const { id, name } = actor
      const wish = { scope: scopeOf(actor), requestedBy: { id, name }, trigger: null, note, policy: await policy() }
      await makeWay(wish.scope)
      const round = await entry.enter(wish)
      if (round === null) throw alreadyRunning((await activeIn(wish.scope))[0])
      return toRound(round)
    },
    async cancel(actor, id) {
      const round = await find(id)
      if (!mayRunFor(actor, round.scope)) throw new ForbiddenError('round-pages.may-not-cancel')
      if (!isActive(round.state)) throw new ConflictError('round-pages.not-running')
      if (!(await callOff(round, actor.id))) throw new ConflictError('round-pages.too-late')
      await abandon(id)
      return find(id)
    },
    async resume() {
      const left = await rounds.find({ isActive: true }, { _id: 1 }).lean<StoredRound[]>()
      for (const { _id } of left) await request(String(_id))
    },
  }
}

/** Told to whoever comes second: who runs what, since when. */
export function alreadyRunning(round: Round | undefined): ConflictError {
  if (round === undefined) return new ConflictError('round-pages.just-ended')
  return new ConflictError('round-pages.already-running', {
    number: String(round.number),
    by: byWhom(round),
    scope: scopeWords(round.scope),
    since: timeInBosnia(round.startedAt ?? round.requestedAt),
  })
}

const calledOff = ({ id, number }: Round, by: string | null): Act => ({
  act: 'round.cancelled',
  by,
  subject: { type: 'round', id },
  details: { number },
})
