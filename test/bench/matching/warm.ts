import { Rematch, solveMatching } from '../../../src/features/matching/index.js'
import { keptShare, perturbed } from '../../support/perturbation.js'
import { median, phaseOf, readQuestion, rounded, tell } from './phase.js'

// One in a hundred needs and offers changes, and what was planned stands: how soon is there a new plan, how much of the old
// one does it keep, and what does keeping it cost beside a plan that begins anew? There are two ways to plan again, from
// the memory of the last plan and from the stored proposals alone, as a round of the server does; of what is kept and lost
// after the first change, the worse of the two counts. Further changes are made for the time only.
const { file, runs, seed } = phaseOf(process.argv.slice(2))
const rematch = new Rematch()
let plan = rematch.plan(readQuestion(file))
const rows = Array.from({ length: Math.min(runs, 7) }, (_, round) => {
  const question = perturbed(plan, 0.01, seed + round)
  const started = performance.now()
  plan = rematch.plan(question)
  return { question, plan, milliseconds: performance.now() - started }
})
const [first] = rows
if (first === undefined) throw new RangeError('Nothing was changed')
const ways = [first.plan, solveMatching(first.question)]
const anew = Number(solveMatching({ ...first.question, standing: [] }).objective)
tell({
  warm_ms: rounded(median(rows.map(({ milliseconds }) => milliseconds))),
  warm_certified: rows.every((row) => row.plan.certified),
  kept_share: rounded(Math.min(...ways.map(keptShare)), 5),
  objective_loss: rounded(Math.max(0, ...ways.map(({ objective }) => 1 - Number(objective) / anew)), 7),
})
