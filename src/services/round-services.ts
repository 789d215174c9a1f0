import type { Database } from '../db/connect.js'
import type { Jobs } from '../db/jobs.js'
import type { AuditService } from '../features/audit/index.js'
import { authorityCodes } from '../features/authorities/index.js'
import { createChangeService, type ChangeService } from '../features/changes/index.js'
import { createProposalStore } from '../features/matches/index.js'
import type { NeedUnits } from '../features/needs/index.js'
import type { OfferUnits } from '../features/offers/index.js'
import type { OrganisationService } from '../features/organisations/index.js'
import { startPlanWork } from '../features/planning/index.js'
import { createPlanService, type PlanService } from '../features/plans/index.js'
import type { PolicyService } from '../features/policies/index.js'
import { runQuestion } from '../features/questions/index.js'
import {
  brokenOnes,
  canStillBeMade,
  createRepairRequests,
  createRepairService,
  type RepairRequests,
  type RepairService,
} from '../features/repairs/index.js'
import { createRoundFiles, createRounds, type Rounds } from '../features/rounds/index.js'
import { createRoundRunner, roundSourcesOf, type RoundRunner } from '../features/runs/index.js'
import type { SchoolService } from '../features/schools/index.js'
import { dateInBosnia, type Clock } from '../shared/clock.js'
import type { Logger } from '../web/log.js'

/** Rounds, the work of them, their plans, and the repairs in between. */
export interface RoundServices {
  readonly rounds: Rounds
  readonly roundRunner: RoundRunner
  readonly plans: PlanService
  readonly changes: ChangeService
  readonly repairs: RepairService
  readonly repairRequests: RepairRequests
  /** Asks for the repair of everything that stands and can no longer be made; a job does it every hour. */
  readonly checkStanding: () => Promise<void>
}

interface Parts {
  readonly connection: Database['connection']
  readonly clock: Clock
  readonly record: AuditService['record']
  readonly jobs: Jobs
  readonly log: Logger
  readonly policies: Pick<PolicyService, 'inForce'>
  readonly offerUnits: OfferUnits
  readonly needUnits: NeedUnits
  readonly schools: SchoolService
  readonly organisations: OrganisationService
  /** Told once a round has been performed, whether it ended well or not. */
  readonly solved: (roundId: string) => Promise<void>
}

export function createRoundServices(parts: Parts): RoundServices {
  const { connection, clock, jobs, log, policies, offerUnits, needUnits } = parts
  const proposals = createProposalStore(connection, clock)
  const policy = () => policies.inForce()
  const repairRequests = createRepairRequests({
    connection,
    clock,
    standingOn: (side, id) => proposals.standingOn(side, id),
    request: (authority) => jobs.request('repair', authority),
    report: (error, event) => {
      log.error({ err: error, event }, 'a repair was not asked for')
    },
  })
  const roundRunner = createRoundRunner({
    ...parts,
    sources: roundSourcesOf(parts),
    proposals,
    files: createRoundFiles(connection),
    startWork: startPlanWork,
    report: (error, round) => {
      log.error({ err: error, round }, 'a round failed')
    },
    interrupted: (round, at) => {
      log.warn({ round, at }, 'a round was interrupted and is begun again')
    },
    published: ({ scope, gatheredAt, requestedAt }) => repairRequests.answeredBy(scope, gatheredAt ?? requestedAt),
  })
  const rounds = createRounds({
    ...parts,
    policy,
    request: (id) => jobs.request('round', id),
    abandon: (id) => roundRunner.abandon(id),
  })
  const given = () => ({
    ...{ proposals, offers: offerUnits, needs: needUnits },
    everywhere: authorityCodes,
    today: dateInBosnia(clock()),
  })
  const repairs = createRepairService({
    ...parts,
    ...{ rounds, proposals, policy },
    requests: repairRequests,
    stillHolds: (round) => canStillBeMade(round, given()),
  })
  const checkStanding = async (): Promise<void> => {
    for (const broken of await brokenOnes(given())) {
      const authorities = await repairs.unanswered(broken.authorities)
      if (authorities.length > 0) await repairRequests.asked({ ...broken, authorities })
    }
  }
  jobs.define('round', async (id) => {
    await roundRunner.perform(id)
    await parts.solved(id)
  })
  jobs.define('repair', (authority) => repairs.perform(authority))
  jobs.define('check-standing', checkStanding)
  return {
    ...{ rounds, roundRunner, repairs, repairRequests, checkStanding },
    changes: createChangeService(parts),
    plans: createPlanService({
      ...parts,
      rounds,
      hasDecided: async (scope, since) => (await proposals.decidedSince(scope, since)).length > 0,
      ask: runQuestion,
    }),
  }
}

type Resumed = Pick<RoundServices, 'rounds' | 'roundRunner' | 'repairRequests'> & Pick<Parts, 'jobs'>

/** At start: what the last process left unfinished, and what happened while nobody looked. */
export async function resumeRounds({ rounds, roundRunner, repairRequests, jobs }: Resumed): Promise<void> {
  await roundRunner.sweep()
  await rounds.resume()
  for (const authority of await repairRequests.waiting()) await jobs.request('repair', authority)
  await jobs.request('check-standing', 'at the start')
  await jobs.repeat('check-standing', '1 hour')
}
