import type { Database } from '../db/connect.js'
import type { Jobs } from '../db/jobs.js'
import { createDemandService, type DemandService } from '../features/demand/index.js'
import {
  createExplanationService,
  createOfferPreviews,
  keptRound,
  type ExplanationService,
  type KeptRound,
  type OfferPreviews,
} from '../features/explanations/index.js'
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
  readonly demand: DemandService
  readonly offerPreviews: OfferPreviews
}

export function createQuestionServices({ connection, clock, jobs, rounds, report }: Parts): QuestionServices {
  const files = (roundId: string): Promise<KeptRound> => keptRound(rounds, roundId)
  const given = { connection, clock, files, run: runQuestion, report }
  const explanations = createExplanationService({ ...given, request: (id) => jobs.request('explanation', id) })
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
  const demand = createDemandService({
    ...given,
    rounds,
    ask: (roundId) => jobs.request('demand', roundId),
  })
  jobs.define('demand', (roundId) => demand.perform(roundId))
  return { explanations, wishCosts, demand, offerPreviews: createOfferPreviews({ rounds, run: runQuestion }) }
}
