import { Rematch, solveMatching, type MatchingInput, type MatchingPlan } from '../../../src/features/matching/index.js'
import { piecesOf } from '../../support/matching-checks.js'
import { SeededRandom } from '../../support/seeded-random.js'
import { median, phaseOf, readQuestion, rounded, tell } from './phase.js'

// One in a hundred needs and offers changes, again and again; each plan goes on from the one before. The last is compared
// with a plan made from nothing.
const { file, runs, seed } = phaseOf(process.argv.slice(2))
const random = new SeededRandom(seed)
const changes = Math.min(runs, 7)

/** A hundredth is changed: most in quantity, some are gone, and for each one gone one like another is new. */
function vary<Item extends { readonly id: string; readonly quantity: number }>(
  items: readonly Item[],
  round: number,
): Item[] {
  return items.flatMap((item) => {
    if (!random.chance(0.01)) return [item]
    const quantity = Math.max(1, Math.round(item.quantity * (0.5 + random.next())))
    if (random.chance(0.6)) return [{ ...item, quantity }]
    return random.chance(0.5) ? [] : [item, { ...item, id: `${item.id}-${round}`, quantity }]
  })
}

const pairsOf = (plan: MatchingPlan): string[] => piecesOf(plan).map(({ offer, need }) => `${offer.id} ${need.id}`)

/** Of the pairs whose offer and need are both still there, the share that is still in the plan. */
function keptShare(before: readonly string[], { needs, offers }: MatchingInput, plan: MatchingPlan): number {
  const ids = new Set([...needs, ...offers].map(({ id }) => id))
  const valid = before.filter((pair) => pair.split(' ').every((id) => ids.has(id)))
  const after = new Set(pairsOf(plan))
  return valid.filter((pair) => after.has(pair)).length / Math.max(1, valid.length)
}

let question = readQuestion(file)
const rematch = new Rematch()
let plan = rematch.plan(question)
const rows = Array.from({ length: changes }, (_, round) => {
  const before = pairsOf(plan)
  question = { ...question, needs: vary(question.needs, round), offers: vary(question.offers, round) }
  const started = performance.now()
  plan = rematch.plan(question)
  const milliseconds = performance.now() - started
  return { milliseconds, kept: keptShare(before, question, plan), certified: plan.certified }
})
const cold = solveMatching(question)
tell({
  warm_ms: rounded(median(rows.map(({ milliseconds }) => milliseconds))),
  warm_certified: rows.every(({ certified }) => certified),
  kept_share: rounded(median(rows.map(({ kept }) => kept)), 4),
  objective_loss: rounded(1 - Number(plan.objective) / Number(cold.objective), 6),
})
