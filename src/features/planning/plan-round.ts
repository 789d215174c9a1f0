import { categories } from '../catalogue/index.js'
import { Matching } from '../matching/index.js'
import { hashOf } from './plan-hash.js'
import { makePlan } from './plan-making.js'
import type { PlanKey } from './policy.js'
import { compileRound } from './round-compile.js'
import type { RoundInput } from './round-input.js'
import type { RoundPlan, RoundProgress, RoundResult } from './round-result.js'

/**
 * Answers a round: the plan of its policy and those that were asked for besides. Pure, synchronous, and the same for the
 * same input in any order. Takes seconds for 100,000 needs, so the server runs it in a worker (`round-worker.ts`).
 *
 * @throws RangeError when a need is of a school unit that is not in the input, or the date is none.
 */
export function planRound(input: RoundInput, onProgress?: (progress: RoundProgress) => void): RoundResult {
  const matching = new Matching(compileRound(input))
  const others = [...new Set(input.plans ?? [])].filter((key) => key !== input.policy.plan)
  const total = categories.length * (1 + others.length)
  const make = (key: PlanKey, before: number): RoundPlan =>
    makePlan(input, matching, key, (category) => {
      const done = before * categories.length + category
      onProgress?.({ done, total, category: categories[category] ?? 'finished' })
    })
  const first = make(input.policy.plan, 0)
  const rest = others.map((key, at) => make(key, at + 1))
  onProgress?.({ done: total, total, category: 'finished' })
  return { plans: [first, ...rest], inputHash: hashOf(input) }
}
