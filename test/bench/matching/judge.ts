import { certify, NetworkSimplex } from '../../../src/features/flow/index.js'
import { solveMatching } from '../../../src/features/matching/index.js'
import { createFlowOracle } from '../../support/flow-oracle.js'
import { createPlanOracle } from '../../support/plan-oracle.js'
import { median, phaseOf, readQuestion, rounded, tell } from './phase.js'

// What HiGHS says of the same flows and, at 1k, of the best plan with lots and partner limits. It aborts at 100k.
const { file, size } = phaseOf(process.argv.slice(2))
const plan = solveMatching(readQuestion(file))
const [objective, bound] = [Number(plan.objective), Number(plan.bound)]
const partners = partnersOfNeeds()

const highs = size === '100k' ? null : await judgeFlows()
tell({
  objective_ratio: highs === null ? Number(plan.certified) : rounded(bound / highs.optimum, 9),
  flow_ms: highs === null ? null : rounded(highs.ours),
  highs_ms: highs === null ? null : rounded(highs.milliseconds),
  repaired_ratio_lp: rounded(objective / bound, 5),
  repaired_ratio_mip: size === '1k' ? rounded(objective / (await createPlanOracle(60))(plan).bound, 5) : null,
  max_partners: Math.max(0, ...partners),
  share_over_two_partners: rounded(partners.filter((count) => count > 2).length / Math.max(1, partners.length), 5),
})

/** Milliseconds of the processor, which a busy machine lengthens less than those of the clock; the median of three. */
function effortOf(work: () => void): number {
  const runs = [1, 2, 3].map(() => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  return median(runs)
}

/** The same flows, solved and proven, in the same process as HiGHS. */
function flowEffort(): number {
  return effortOf(() => {
    for (const { assignment } of plan.tasks) {
      certify(assignment.problem, new NetworkSimplex(assignment.problem).solve())
    }
  })
}

async function judgeFlows() {
  // Before HiGHS is there, whose code is still being compiled in the background while it works.
  const ours = flowEffort()
  const solve = await createFlowOracle()
  let optimum = 0
  const milliseconds = effortOf(() => {
    optimum = -plan.tasks.reduce((sum, { assignment }) => sum + solve(assignment.problem).objective, 0)
  })
  return { optimum, milliseconds, ours }
}

/** Companies of every need that gets something. */
function partnersOfNeeds(): readonly number[] {
  return plan.tasks
    .flatMap(({ allotment, candidates }) => candidates.needs.map((_, need) => allotment.partnersOf(need).size))
    .filter((count) => count > 0)
}
