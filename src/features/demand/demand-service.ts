import { Types, type Connection } from 'mongoose'
import type { Clock } from '../../shared/clock.js'
import { authorityCodes } from '../authorities/index.js'
import type { KeptRound } from '../explanations/index.js'
import type { AnswerTo, Question } from '../questions/index.js'
import type { Rounds } from '../rounds/index.js'
import { latestOf, type Latest } from './demand.js'
import { demandModel, toSignals, type StoredSignals } from './demand-model.js'

/** What would help most, as rounds that were solved again say. */
export interface DemandService {
  latest(): Promise<Latest>
  /** Has it found out for this round soon; a round that has not finished has nothing to say. */
  request(roundId: string): Promise<void>
  /** Solves the round with some units more of what is missing; once for each round. Never throws. */
  perform(roundId: string): Promise<void>
  /** Asks for the latest round that says nothing yet: the process that ran it may have ended too soon. */
  resume(): Promise<void>
  /** Lets go of what is being solved; the next process picks it up. */
  stop(): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly rounds: Pick<Rounds, 'read' | 'withFiles'>
  readonly files: (roundId: string) => Promise<KeptRound>
  readonly run: <Q extends Question>(bytes: Uint8Array, question: Q, signal: AbortSignal) => Promise<AnswerTo<Q>>
  readonly ask: (roundId: string) => Promise<void>
  readonly report: (error: unknown, roundId: string) => void
}

/** Older rounds are not looked at: each authority has had a newer one. */
const mostRounds = 30

export function createDemandService({ connection, clock, rounds, files, run, ask, report }: Parts): DemandService {
  const kept = demandModel(connection)
  const stopping = new AbortController()
  const performing = new Set<Promise<void>>()

  const find = async (roundId: string): Promise<void> => {
    const { number, scope, state, hasFiles } = await rounds.read(roundId)
    if (state !== 'finished' || !hasFiles || (await kept.exists({ roundId })) !== null) return
    const { input, plan } = await files(roundId)
    const { signals } = await run(input, { type: 'demand-signals', plan }, stopping.signal)
    const found: StoredSignals = {
      roundId: Types.ObjectId.createFromHexString(roundId),
      roundNumber: number,
      scope,
      at: clock(),
      signals,
    }
    await kept.updateOne({ roundId }, { $setOnInsert: found }, { upsert: true })
  }

  return {
    async latest() {
      const told = await kept.find().sort({ roundNumber: -1 }).limit(mostRounds).lean<StoredSignals[]>()
      return latestOf(told.map(toSignals), authorityCodes)
    },
    async request(roundId) {
      if (!stopping.signal.aborted) await ask(roundId)
    },
    async resume() {
      const [last] = await rounds.withFiles()
      if (last !== undefined && (await kept.exists({ roundId: last.id })) === null) await ask(last.id)
    },
    async perform(roundId) {
      const work = find(roundId).catch((error: unknown) => {
        if (!stopping.signal.aborted) report(error, roundId)
      })
      performing.add(work)
      await work.finally(() => performing.delete(work))
    },
    async stop() {
      stopping.abort()
      await Promise.all(performing)
    },
  }
}
