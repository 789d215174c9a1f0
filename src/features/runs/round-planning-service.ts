import type { Connection } from 'mongoose'
import { dateInBosnia, type Clock } from '../../shared/clock.js'
import { planKeys, type PlanKey, type PlanWork, type RoundProgress } from '../planning/index.js'
import { mostNeedsForAllPlans, type RoundFiles, type StoredRound } from '../rounds/index.js'
import { gather, rowsOf, type Gathered } from './round-gathering.js'
import type { ProposalStore, RoundSources } from './round-ports.js'
import { createRoundMemory } from './round-memory-service.js'
import type { Pulse } from './round-pulse-service.js'

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly sources: RoundSources
  readonly proposals: ProposalStore
  readonly files: RoundFiles
}

interface Task {
  readonly round: StoredRound
  readonly work: PlanWork
  readonly pulse: Pulse
}

/**
 * Makes the plans of a round: reads what is open, hands it to the thread a few rows at a time, and keeps what was asked and
 * every answer. The figures are written last, and with them the plans count. Gives what was read.
 */
export function createRoundPlanning(parts: Parts): (task: Task) => Promise<Gathered> {
  const { connection, clock, sources, proposals, files } = parts
  const memory = createRoundMemory(connection)

  const give = async ({ round, work }: Task, gathered: Gathered, today: string): Promise<void> => {
    for await (const rows of rowsOf(gathered, proposals, round.scope)) await work.give(rows)
    const { policy } = round
    const plans = plansFor(round, gathered.needs.size)
    await work.begin({ policy, today, served: await memory(policy, round.number), plans })
    await files.store(String(round._id), 'input', work.packedInput())
  }

  return async (task) => {
    const { round, work, pulse } = task
    const roundId = String(round._id)
    const gatheredAt = clock()
    await pulse.now({ stage: 'gathering', done: 0, total: 1, category: null }, { gatheredAt })
    await files.remove(roundId)
    const today = dateInBosnia(gatheredAt)
    const gathered = await gather(sources, { today, scope: round.scope, equity: round.policy.equity })
    await give(task, gathered, today)
    const { plans, inputHash } = await work.solve((progress) => {
      pulse.soon(planning(progress))
    })
    for (const { key } of plans) await files.store(roundId, `plan:${key}`, work.packedPlan(key))
    await pulse.now({ stage: 'storing', done: 0, total: 1, category: null }, { plans, inputHash, hasFiles: true })
    return gathered
  }
}

/** All plans where that takes seconds; a repair and a very large round make only their own. */
const plansFor = ({ policy, trigger }: StoredRound, needs: number): readonly PlanKey[] =>
  trigger === null && needs <= mostNeedsForAllPlans ? planKeys.filter((key) => key !== policy.plan) : []

const planning = ({ done, total, category }: RoundProgress) => ({
  stage: 'planning' as const,
  done,
  total,
  category: category === 'finished' ? null : category,
})
