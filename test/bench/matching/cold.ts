import { solveMatching } from '../../../src/features/matching/index.js'
import { median, phaseOf, readQuestion, rounded, tell } from './phase.js'

// From nothing to a proven optimum and on to a plan, again and again; the median run counts. Nothing else is in this
// process. As in the goals, the total is candidates and proven flows; what lots, limits and reasons add is told beside it.
const { file, runs } = phaseOf(process.argv.slice(2))
const question = readQuestion(file)
const rows = Array.from({ length: runs }, () => {
  const started = performance.now()
  const plan = solveMatching(question)
  const whole = performance.now() - started
  const arcs = plan.tasks.reduce((sum, { candidates }) => sum + candidates.offer.length, 0)
  return { whole, arcs, certified: plan.certified, ...plan.seconds }
})
tell({
  arcs: rows[0]?.arcs,
  candidates_ms: rounded(1000 * median(rows.map(({ candidates }) => candidates))),
  solve_ms: rounded(1000 * median(rows.map(({ solve }) => solve))),
  total_ms: rounded(1000 * median(rows.map(({ candidates, solve }) => candidates + solve))),
  plan_ms: rounded(median(rows.map(({ whole }) => whole))),
  certified: rows.every(({ certified }) => certified),
  rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
})
