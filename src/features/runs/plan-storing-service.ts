import type { Connection } from 'mongoose'
import type { PlanPiece, PlanWork } from '../planning/index.js'
import {
  toStoredUnmatched as toStored,
  unmatchedModel,
  type PlanChanges,
  type PlanChoice,
  type RoundCounts,
  type StoredRound,
} from '../rounds/index.js'
import { PlanDifference } from './plan-difference.js'
import type { RoundFacts } from './round-facts.js'
import { batches } from './round-gathering.js'
import { Counts, preparedOf, unmatchedOf } from './round-outcome.js'
import type { ProposalStore } from './round-ports.js'
import type { Pulse } from './round-pulse-service.js'

export interface Stored {
  readonly counts: RoundCounts
  readonly changes: PlanChanges
}

interface Task {
  readonly round: StoredRound
  readonly choice: PlanChoice
  readonly work: PlanWork
  readonly facts: RoundFacts
  readonly pulse: Pulse
}

/** So many documents are written at once: few enough that nobody else waits for them. */
const batch = 100

/** Prepares a plan as the difference to what stands; nobody sees any of it yet. Begun again it ends the same. */
export function createPlanStoring(connection: Connection, proposals: ProposalStore): (task: Task) => Promise<Stored> {
  const unmatched = unmatchedModel(connection)

  const storePiece = async ({ round, facts }: Task, piece: PlanPiece, difference: PlanDifference, counts: Counts) => {
    const roundId = String(round._id)
    await facts.load(piece)
    const isNew: PlanPiece['proposals'][number][] = []
    for (const proposal of piece.proposals) {
      const taken = difference.take(proposal)
      if (taken !== 'is-decided') counts.proposal(proposal, facts)
      if (taken === 'is-new') isNew.push(proposal)
    }
    for (const some of batches(isNew, batch))
      await proposals.prepare(some.map((one) => preparedOf(one, roundId, facts)))
    for (const need of piece.unmatched) counts.unmatched(need, facts)
    for (const some of batches(piece.unmatched, batch)) {
      await unmatched.insertMany(
        some.map((need) => toStored(unmatchedOf(need, roundId, facts))),
        { lean: true },
      )
    }
  }

  return async (task) => {
    const { round, choice, work, pulse } = task
    const roundId = String(round._id)
    await proposals.clear(roundId)
    await unmatched.deleteMany({ roundId: round._id })
    const { scope } = round
    const difference = new PlanDifference(
      await proposals.standing(scope),
      await proposals.decidedSince(scope, round.gatheredAt ?? round.requestedAt),
    )
    const counts = new Counts()
    const figures = round.plans.find(({ key }) => key === choice.plan)?.figures
    let done = 0
    for await (const piece of work.tell(choice.plan)) {
      await storePiece(task, piece, difference, counts)
      done += piece.proposals.length + piece.unmatched.length
      await pulse.step({ stage: 'storing', done, total: Math.max(done, figures?.needs ?? 0), category: null })
    }
    for (const some of batches(difference.gone(), batch)) await proposals.mark(roundId, some)
    for (const some of batches(difference.renewals(), batch)) await proposals.renew(some)
    return { counts: counts.all(), changes: difference.changes() }
  }
}
