import type { ClientSession, Connection } from 'mongoose'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Clock } from '../../shared/clock.js'
import { message, type Message } from '../../shared/message.js'
import type { PlanWork } from '../planning/index.js'
import {
  ended,
  isActive,
  mostAttempts,
  roundModel,
  roundsKeptWhole,
  unmatchedModel,
  type PlanChoice,
  type Progress,
  type RoundFiles,
  type RoundState,
  type StoredRound,
} from '../rounds/index.js'
import { createPlanStoring } from './plan-storing-service.js'
import { RoundFacts } from './round-facts.js'
import { createRoundPlanning } from './round-planning-service.js'
import type { ProposalStore, RoundSources, StartWork } from './round-ports.js'
import { pulseOf, type Pulse } from './round-pulse-service.js'

/** Does the work of a round. Begun again after a crash it ends as if there had been none. */
export interface RoundRunner {
  /** Never throws: what goes wrong is told in the round itself, and to `report`. */
  perform(roundId: string): Promise<void>
  /** Stops whoever works on the round here, and takes away everything that it has stored but its own record. */
  abandon(roundId: string): Promise<void>
  /** Takes away what rounds left that were ended while nobody could; called at start. */
  sweep(): Promise<void>
  /** Lets go of what is being done; the next process picks it up. */
  stop(): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  readonly sources: RoundSources
  readonly proposals: ProposalStore
  readonly files: RoundFiles
  readonly startWork: StartWork
  readonly report: (error: unknown, roundId: string) => void
  /** Told when a round is begun again that died in the middle; `at` is its last sign of life. */
  readonly interrupted: (roundId: string, at: Date) => void
  /** Told when a plan has been put into the queues. */
  readonly published: (round: StoredRound) => Promise<void>
}

export function createRoundRunner(parts: Parts): RoundRunner {
  const { connection, clock, record, sources, proposals, files, startWork, report } = parts
  const rounds = roundModel(connection)
  const unmatched = unmatchedModel(connection)
  const inTransaction = transactionsInTurn(connection)
  const makePlans = createRoundPlanning(parts)
  const storePlan = createPlanStoring(connection, proposals)
  const works = new Map<string, PlanWork>()
  const performing = new Map<string, Promise<void>>()
  let isStopping = false

  /** Makes this attempt the one that counts; an earlier one that is still alive notices at its next step and stops. */
  const begin = async (roundId: string): Promise<StoredRound | null> => {
    const was = await rounds.findOne({ _id: roundId, isActive: true }).lean<StoredRound>()
    if (was === null) return null
    const hasDied = was.attempt > was.firstAttempt
    if (hasDied) parts.interrupted(roundId, was.beatAt)
    const interruptedAt = hasDied ? was.beatAt : was.interruptedAt
    return rounds
      .findOneAndUpdate(
        { _id: roundId, isActive: true, attempt: was.attempt },
        { $set: { state: 'running', beatAt: clock(), startedAt: clock(), interruptedAt }, $inc: { attempt: 1 } },
        { returnDocument: 'after' },
      )
      .lean<StoredRound>()
  }

  /** Plans what has no plans yet, and prepares the plan that is to be put forward. */
  const prepare = async (round: StoredRound, pulse: Pulse, work: PlanWork): Promise<void> => {
    const isPlanned = round.plans.length > 0
    const gathered = isPlanned ? undefined : await makePlans({ round, work, pulse })
    const planned = isPlanned ? round : await reread(round)
    const choice = round.pending ?? byPolicy(round, clock())
    if (isPlanned) await work.open(choice.plan, files.parts(String(round._id), `plan:${choice.plan}`))
    const facts = new RoundFacts(sources, gathered)
    const { counts, changes } = await storePlan({ round: planned, choice, work, facts, pulse })
    const figures = planned.plans.find(({ key }) => key === choice.plan)?.figures ?? null
    const also = { choice, figures, counts, changes, isStored: true, pending: null }
    await pulse.now(publishing(0, changes.fresh + changes.changed + changes.gone), also)
  }

  const reread = async ({ _id, attempt }: StoredRound): Promise<StoredRound> =>
    rounds.findOne({ _id, attempt }).lean<StoredRound>().orFail()

  const withWork = async (roundId: string, use: (work: PlanWork) => Promise<void>): Promise<void> => {
    const work = startWork()
    works.set(roundId, work)
    try {
      await use(work)
    } finally {
      works.delete(roundId)
      await work.close()
    }
  }

  const publish = async (round: StoredRound, pulse: Pulse): Promise<void> => {
    await proposals.publish(String(round._id), (done, total) => pulse.step(publishing(done, total)))
    if (!(await end(round, 'finished'))) return
    await overtake(round)
    await parts.published(round)
    await letGoOfOldFiles()
  }

  /** Repairs that wait were planned on what stood before. */
  const overtake = async ({ number, scope }: StoredRound): Promise<void> => {
    const where = { state: 'ready' as const, scope: { $in: scope }, number: { $lt: number } }
    for (const { _id } of await rounds.find(where, { _id: 1 }).lean<StoredRound[]>()) {
      const dismissal = { by: null, at: clock(), reason: null }
      const { modifiedCount } = await rounds.updateOne(
        { _id, state: 'ready' },
        { $set: { state: 'dismissed', dismissal } },
      )
      if (modifiedCount === 1) await proposals.clear(String(_id))
    }
  }

  /** Only the last rounds are kept whole, and as many repairs. */
  const letGoOfOldFiles = async (): Promise<void> => {
    for (const trigger of [null, { $ne: null }]) {
      const old = await rounds
        .find({ hasFiles: true, trigger }, { _id: 1 })
        .sort({ number: -1 })
        .skip(roundsKeptWhole)
        .lean<StoredRound[]>()
      for (const { _id } of old) {
        await files.remove(String(_id))
        await rounds.updateOne({ _id }, { $set: { hasFiles: false } })
      }
    }
  }

  /** False when another attempt has taken over, or somebody has called it off. */
  const end = (round: StoredRound, state: RoundState, failure: Message | null = null): Promise<boolean> =>
    inTransaction(async (session) => {
      const { modifiedCount } = await rounds.updateOne(
        { _id: round._id, attempt: round.attempt, isActive: true },
        { $set: { state, failure, endedAt: clock(), beatAt: clock() }, $unset: ended },
        { session },
      )
      if (modifiedCount === 1) await record(session, endOf(round, failure === null ? state : 'failed'))
      return modifiedCount === 1
    })

  const leaveNothing = async (roundId: string): Promise<void> => {
    await proposals.clear(roundId)
    await unmatched.deleteMany({ roundId })
    await files.remove(roundId)
  }

  return {
    async perform(roundId) {
      const work = performOnce(roundId)
      performing.set(roundId, work)
      await work.finally(() => performing.delete(roundId))
    },
    async abandon(roundId) {
      await works.get(roundId)?.close()
      await performing.get(roundId)
      await leaveNothing(roundId)
    },
    async sweep() {
      for (const roundId of await proposals.preparing()) {
        const round = await rounds.findById(roundId).lean<StoredRound>()
        if (round === null || !(isActive(round.state) || round.state === 'ready')) await proposals.clear(roundId)
      }
    },
    async stop() {
      isStopping = true
      await Promise.all([...works.values()].map((work) => work.close()))
      await Promise.all(performing.values())
    },
  }

  async function performOnce(roundId: string): Promise<void> {
    let round: StoredRound | null = null
    try {
      round = await begin(roundId)
      if (round === null) return
      const begun = round.attempt - round.firstAttempt
      if (begun > mostAttempts) await fail(round, message('round-pages.failure.died', { count: mostAttempts }))
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
      await end(round, round.choice === null ? 'failed' : 'finished', failure)
    } catch (error) {
      report(error, String(round._id))
    }
  }

  async function attempt(round: StoredRound): Promise<void> {
    const roundId = String(round._id)
    const pulse = pulseOf({ rounds, round, clock, onLost: () => void works.get(roundId)?.close() })
    try {
      // A plan that was wholly prepared before a crash is not made again: some of it may be in the queues already.
      if (!round.isStored) await withWork(roundId, (work) => prepare(round, pulse, work))
      const stored = await reread(round)
      if (stored.trigger === null || stored.acceptedBy !== null) await publish(stored, pulse)
      else if (await end(stored, isWithoutChange(stored) ? 'finished' : 'ready')) await overtake(stored)
    } catch (error) {
      if (!(await isLost(round, pulse))) throw error
    } finally {
      pulse.stop()
    }
  }

  /** What stops because somebody called the round off is no failure. */
  async function isLost({ _id, attempt }: StoredRound, pulse: Pulse): Promise<boolean> {
    return pulse.isLost() || (!isStopping && (await rounds.exists({ _id, attempt, isActive: true })) === null)
  }
}

const byPolicy = ({ policy }: StoredRound, at: Date): PlanChoice => ({ plan: policy.plan, by: null, at, reason: null })

const isWithoutChange = ({ changes }: StoredRound): boolean =>
  changes !== null && changes.fresh + changes.changed + changes.gone === 0

const publishing = (done: number, total: number): Progress => ({ stage: 'publishing', done, total, category: null })

const endOf = (round: StoredRound, state: string): Act => ({
  act: `round.${state}`,
  by: null,
  subject: { type: 'round', id: String(round._id) },
  details: { number: round.number, attempt: round.attempt, plan: round.choice?.plan ?? null },
})
