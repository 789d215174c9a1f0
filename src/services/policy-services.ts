import type { Jobs } from '../db/jobs.js'
import type { Database } from '../db/connect.js'
import type { AuditService } from '../features/audit/index.js'
import {
  createPolicyDraftService,
  createReplayService,
  type PolicyDraftService,
  type PolicyService,
  type ReplayService,
} from '../features/policies/index.js'
import { runQuestion } from '../features/questions/index.js'
import type { Rounds } from '../features/rounds/index.js'
import { createRoundMemory } from '../features/runs/index.js'
import type { EquitySource, SchoolService } from '../features/schools/index.js'
import type { Clock } from '../shared/clock.js'

/** What the pages of policies work with, besides the policies themselves. */
export interface PolicyServices {
  readonly policyDrafts: PolicyDraftService
  readonly policyReplays: ReplayService
}

interface Parts {
  readonly connection: Database['connection']
  readonly clock: Clock
  readonly record: AuditService['record']
  readonly jobs: Jobs
  readonly policies: PolicyService
  readonly schools: SchoolService
  readonly rounds: Rounds
  readonly report: (error: unknown, replay: string) => void
}

/** The weights of the index, out of the policies. */
export const equityFrom = (policies: PolicyService): EquitySource => ({
  async inForce() {
    const { version, equity } = await policies.inForce()
    return { version, ...equity }
  },
  async of(version) {
    return { version, ...(await policies.ofVersion(version)).equity }
  },
})

export function createPolicyServices(parts: Parts): PolicyServices {
  const { jobs, policies, schools, rounds } = parts
  const memory = createRoundMemory(parts.connection)
  const policyReplays = createReplayService({
    ...parts,
    pastRounds: () => rounds.withFiles(),
    roundInput: (roundId) => rounds.input(roundId),
    async replay({ input, round, policy }, signal) {
      const served = await memory(policy, round)
      return runQuestion(input, { type: 'replay', policy, served }, signal)
    },
    request: (replay) => jobs.request('replay', replay),
  })
  jobs.define('replay', (id) => policyReplays.perform(id))
  // Whichever version asked for it: the register is weighed by the one that is in force when its turn comes.
  jobs.define('reweigh', async () => {
    await schools.reweigh(await schools.equityInForce())
  })
  const takeEffect = (version: number): Promise<void> => jobs.request('reweigh', String(version))
  return { policyReplays, policyDrafts: createPolicyDraftService({ ...parts, policies, takeEffect }) }
}

type Resumed = Pick<PolicyServices, 'policyReplays'> & Pick<Parts, 'policies' | 'schools' | 'jobs'>

/** At start: the first policy where there is none, and what the last process left unfinished. */
export async function resumePolicies({ policies, policyReplays, schools, jobs }: Resumed): Promise<void> {
  await policies.ensureFirst()
  const equity = await schools.equityInForce()
  if (await schools.awaitsReweigh(equity)) await jobs.request('reweigh', String(equity.version))
  await policyReplays.resume()
}
