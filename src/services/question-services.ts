import type { Database } from '../db/connect.js'
import type { Jobs } from '../db/jobs.js'
import { createExplanationService, keptRound, type ExplanationService } from '../features/explanations/index.js'
import { runQuestion } from '../features/questions/index.js'
import type { Rounds } from '../features/rounds/index.js'
import { createWishCostService, type WishCostService } from '../features/wishes/index.js'
import type { Clock } from '../shared/clock.js'

interface Parts {
  readonly connection: Database['connection']
  readonly clock: Clock
  readonly jobs: Jobs
  readonly rounds: Rounds
  readonly report: (error: unknown, question: string) => void
}

/** What answers questions about rounds by solving them again. */
export interface QuestionServices {
  readonly explanations: ExplanationService
  readonly wishCosts: WishCostService
}

export function createQuestionServices({ connection, clock, jobs, rounds, report }: Parts): QuestionServices {
  const explanations = createExplanationService({
    connection,
    clock,
    files: (roundId) => keptRound(rounds, roundId),
    run: runQuestion,
    request: (id) => jobs.request('explanation', id),
    report,
  })
  jobs.define('explanation', (id) => explanations.perform(id))
  const wishCosts = createWishCostService({
    connection,
    clock,
    rounds,
    run: runQuestion,
    request: (id) => jobs.request('wish-cost', id),
    report,
  })
  jobs.define('wish-cost', (id) => wishCosts.perform(id))
  return { explanations, wishCosts }
}
