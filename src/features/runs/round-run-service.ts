import type { ClientSession, Connection } from 'mongoose'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import { dateInBosnia, type Clock } from '../../shared/clock.js'
import { message, type Message } from '../../shared/message.js'
import {
  mostAttempts,
  roundModel,
  toStoredUnmatched as toStored,
  unmatchedModel,
  type Progress,
  type StoredRound,
} from '../rounds/index.js'
import { gather, inputOf, type Gathered } from './round-gathering.js'
import type { RoundPlan, RoundRun } from '../planning/index.js'
import { countsOf, preparedOf, unmatchedOf } from './round-outcome.js'
import type { Plan, ProposalStore, RoundSources } from './round-ports.js'
import { pulseOf, type Pulse } from './round-pulse-service.js'

/** Does the work of a round. Begun again after a crash it ends as if there had been none. */
export interface RoundRunner {
  /** Never throws: what goes wrong is told in the round itself, and to `report`. */
  perform(roundId: string): Promise<void>
  /** Lets go of what is being done; the next process picks it up. */
  stop(): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  readonly sources: RoundSources
  readonly proposals: ProposalStore
  readonly plan: Plan
  readonly report: (error: unknown, roundId: string) => void
}

/** So many documents are written at once: few enough that nobody else waits for them. */
const batch = 100

export function createRoundRunner(parts: Parts): RoundRunner {
  const { connection, clock, record, sources, proposals, plan, report } = parts
  const rounds = roundModel(connection)
  const unmatched = unmatchedModel(connection)
  const inTransaction = transactionsInTurn(connection)
  const runs = new Set<RoundRun>()
  const performing = new Set<Promise<void>>()
  let isStopping = false

  /** Makes this attempt the one that counts; an earlier one that is still alive notices at its next step and stops. */
  const begin = (roundId: string): Promise<StoredRound | null> =>
    rounds
      .findOneAndUpdate(
        { _id: roundId, isActive: true },
        { $set: { state: 'running', beatAt: clock(), startedAt: clock() }, $inc: { attempt: 1 } },
        { returnDocument: 'after' },
      )
      .lean<StoredRound>()

  const store = async (round: StoredRound, result: RoundPlan, gathered: Gathered, pulse: Pulse): Promise<void> => {
    const roundId = String(round._id)
    const total = result.proposals.length + result.unmatched.length
    await proposals.clear(roundId)
    await unmatched.deleteMany({ roundId: round._id })
    let done = 0
    for (const some of batches(result.proposals)) {
      await proposals.prepare(some.map((proposal) => preparedOf(proposal, roundId, gathered)))
      await pulse.step({ stage: 'storing', done: (done += some.length), total, category: null })
    }
    for (const some of batches(result.unmatched)) {
      await unmatched.insertMany(
        some.map((need) => toStored(unmatchedOf(need, roundId, gathered))),
        { lean: true },
      )
      await pulse.step({ stage: 'storing', done: (done += some.length), total, category: null })
    }
  }

  /** From the question to a stored plan; the figures are written last, and with them the plan counts. */
  const planAndStore = async (round: StoredRound, pulse: Pulse): Promise<void> => {
    await pulse.now({ stage: 'gathering', done: 0, total: 1, category: null })
    const today = dateInBosnia(clock())
    const gathered = await gather(sources, today)
    const input = await inputOf(gathered, proposals, { policy: round.policy, today })
    const run = plan(input, ({ done, total, category }) => {
      pulse.soon({ stage: 'planning', done, total, category: category === 'finished' ? null : category })
    })
    runs.add(run)
    const outcome = await run.result.finally(() => runs.delete(run))
    await store(round, outcome.plan, gathered, pulse)
    const { inputHash } = outcome
    const { figures } = outcome.plan
    const counts = countsOf(outcome.plan, gathered)
    await pulse.now(publishing(0, counts.proposals), { figures, inputHash, counts })
  }

  const publish = async (round: StoredRound, pulse: Pulse): Promise<void> => {
    await proposals.publish(String(round._id), (done, total) => pulse.step(publishing(done, total)))
    await end(round, { state: 'finished', failure: null })
  }

  const end = (round: StoredRound, how: { readonly state: 'finished' | 'failed'; readonly failure: Message | null }) =>
    inTransaction(async (session) => {
      const { modifiedCount } = await rounds.updateOne(
        { _id: round._id, attempt: round.attempt, isActive: true },
        { $set: { ...how, endedAt: clock(), beatAt: clock() }, $unset: { isActive: 1 } },
        { session },
      )
      if (modifiedCount === 1) await record(session, endOf(round, how.state))
    })

  return {
    async perform(roundId) {
      const work = performOnce(roundId)
      performing.add(work)
      await work.finally(() => performing.delete(work))
    },
    async stop() {
      isStopping = true
      await Promise.all([...runs].map((run) => run.cancel()))
      await Promise.all(performing)
    },
  }

  async function performOnce(roundId: string): Promise<void> {
    let round: StoredRound | null = null
    try {
      round = await begin(roundId)
      if (round === null) return
      if (round.attempt > mostAttempts) await fail(round, message('round-pages.failure.died', { count: mostAttempts }))
      else await attempt(round)
    } catch (error) {
      if (isStopping) return
      report(error, roundId)
      if (round !== null) await fail(round, message('round-pages.failure.unexpected'))
    }
  }

  /** What was prepared is taken away again; what was published before the failure stays: it is sound. */
  async function fail(round: StoredRound, failure: Message): Promise<void> {
    try {
      await proposals.clear(String(round._id))
      await end(round, { state: 'failed', failure })
    } catch (error) {
      report(error, String(round._id))
    }
  }

  async function attempt(round: StoredRound): Promise<void> {
    const pulse = pulseOf(rounds, round, clock)
    try {
      // A plan that was wholly stored before a crash is not made again: some of it may be in the queues already.
      if (round.counts === null) await planAndStore(round, pulse)
      await publish(round, pulse)
    } catch (error) {
      if (!pulse.isLost()) throw error
    } finally {
      pulse.stop()
    }
  }
}

const publishing = (done: number, total: number): Progress => ({ stage: 'publishing', done, total, category: null })

const endOf = (round: StoredRound, state: string): Act => ({
  act: `round.${state}`,
  by: null,
  subject: { type: 'round', id: String(round._id) },
  details: { number: round.number, attempt: round.attempt },
})

function* batches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += batch) yield items.slice(from, from + batch)
}
