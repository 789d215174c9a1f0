import { Types, type ClientSession, type Connection } from 'mongoose'
import { isDuplicateKey } from '../../db/duplicate-key.js'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Clock } from '../../shared/clock.js'
import type { Policy } from '../planning/index.js'
import type { Person } from './round.js'
import { roundModel, type StoredRound } from './round-model.js'
import type { RoundTrigger } from './round-trigger.js'

/** What somebody, or an event, asks for. */
export interface RoundWish {
  readonly scope: readonly string[]
  readonly requestedBy: Person | null
  readonly trigger: RoundTrigger | null
  readonly note: string
  readonly policy: Policy
}

/** How rounds come into line: one at a time for every authority. */
export interface RoundEntry {
  /** Null when a round about one of these authorities is on its way. */
  enter(wish: RoundWish): Promise<StoredRound | null>
  /** Brings a round back into line that has plans already; null when it has moved on, or its authorities are taken. */
  again(round: Pick<StoredRound, '_id' | 'state' | 'attempt' | 'scope'>, task: Task): Promise<StoredRound | null>
}

interface Task {
  readonly change: Partial<StoredRound>
  readonly act: Act
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  /** Has the round performed soon, by this process or another. */
  readonly request: (roundId: string) => Promise<void>
}

/** Two who ask at the same moment for different authorities may draw the same number: one of them draws again. */
const mostDraws = 20

export function createRoundEntry({ connection, clock, record, request }: Parts): RoundEntry {
  const rounds = roundModel(connection)
  const inTransaction = transactionsInTurn(connection)

  const isTaken = async (scope: readonly string[]): Promise<boolean> =>
    (await rounds.exists({ activeScopes: { $in: scope }, isActive: true })) !== null

  /** Null when another round has these authorities, or this number. */
  const unlessTaken = async <Result>(work: (session: ClientSession) => Promise<Result>): Promise<Result | null> => {
    try {
      return await inTransaction(work)
    } catch (error) {
      if (isDuplicateKey(error)) return null
      throw error
    }
  }

  const draw = async (wish: RoundWish): Promise<StoredRound | null> => {
    const last = await rounds.findOne({}, { number: 1 }).sort({ number: -1 }).lean<StoredRound>()
    const round = newRound((last?.number ?? 0) + 1, wish, clock())
    return unlessTaken(async (session) => {
      await rounds.create([round], { session })
      await record(session, askedFor(round))
      return round
    })
  }

  return {
    async enter(wish) {
      for (let draws = 0; draws < mostDraws; draws++) {
        const round = await draw(wish)
        if (round !== null) {
          await request(String(round._id))
          return round
        }
        if (await isTaken(wish.scope)) return null
      }
      throw new Error(`No number for a round after ${mostDraws} tries`)
    },
    async again(round, { change, act }) {
      const entered = await unlessTaken(async (session) => {
        const stored = await rounds
          .findOneAndUpdate(
            { _id: round._id, state: round.state, attempt: round.attempt },
            { $set: { ...change, ...backInLine(round, clock()) } },
            { returnDocument: 'after', session },
          )
          .lean<StoredRound>()
        if (stored !== null) await record(session, act)
        return stored
      })
      if (entered !== null) await request(String(entered._id))
      return entered
    },
  }
}

const waiting = { stage: 'waiting', done: 0, total: 1, category: null } as const

const backInLine = ({ attempt, scope }: Pick<StoredRound, 'attempt' | 'scope'>, at: Date) => ({
  state: 'queued' as const,
  isActive: true as const,
  activeScopes: scope,
  progress: waiting,
  firstAttempt: attempt,
  interruptedAt: null,
  failure: null,
  beatAt: at,
})

const newRound = (number: number, wish: RoundWish, at: Date): StoredRound => ({
  ...wish,
  _id: new Types.ObjectId(),
  number,
  state: 'queued',
  isActive: true,
  activeScopes: wish.scope,
  progress: waiting,
  requestedAt: at,
  startedAt: null,
  gatheredAt: null,
  endedAt: null,
  beatAt: at,
  attempt: 0,
  firstAttempt: 0,
  interruptedAt: null,
  inputHash: null,
  plans: [],
  hasFiles: false,
  choice: null,
  pending: null,
  isStored: false,
  figures: null,
  counts: null,
  changes: null,
  acceptedBy: null,
  dismissal: null,
  failure: null,
})

const askedFor = ({ _id, number, policy, note, requestedBy, scope, trigger }: StoredRound): Act => ({
  act: 'round.requested',
  by: requestedBy?.id ?? null,
  subject: { type: 'round', id: String(_id) },
  details: {
    number,
    policy: policy.version,
    plan: policy.plan,
    scope,
    note,
    trigger: trigger === null ? null : `${trigger.event} ${trigger.id}`,
  },
})
