import { solveMatching } from '../../../src/features/matching/index.js'
import { createFlowOracle } from '../../support/flow-oracle.js'
import { createPlanOracle } from '../../support/plan-oracle.js'
import { phaseOf, readQuestion, rounded, tell } from './phase.js'

// What HiGHS says of the same flows and, at 1k, of the best plan with lots and partner limits. It aborts at 100k.
const { file, size } = phaseOf(process.argv.slice(2))
const plan = solveMatching(readQuestion(file))
const [objective, bound] = [Number(plan.objective), Number(plan.bound)]
const partners = partnersOfNeeds()

const highs = await judgeFlows()
tell({
  objective_ratio: highs === null ? Number(plan.certified) : rounded(bound / highs.optimum, 9),
  highs_ms: highs === null ? null : rounded(highs.milliseconds),
  repaired_ratio_lp: rounded(objective / bound, 5),
  repaired_ratio_mip: size === '1k' ? rounded(objective / (await createPlanOracle(60))(plan).bound, 5) : null,
  max_partners: Math.max(0, ...partners),
  share_over_two_partners: rounded(partners.filter((count) => count > 2).length / Math.max(1, partners.length), 5),
})

async function judgeFlows() {
  if (size === '100k') return null
  const solve = await createFlowOracle()
  const answers = plan.tasks.map(({ assignment }) => solve(assignment.problem))
  return {
    optimum: -answers.reduce((sum, answer) => sum + answer.objective, 0),
    milliseconds: 1000 * answers.reduce((sum, answer) => sum + answer.seconds, 0),
  }
}

/** Companies of every need that gets something. */
function partnersOfNeeds(): readonly number[] {
  return plan.tasks
    .flatMap(({ allotment, candidates }) => candidates.needs.map((_, need) => allotment.partnersOf(need).size))
    .filter((count) => count > 0)
}
