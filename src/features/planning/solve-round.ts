import { Matching } from '../matching/index.js'
import { PlanReader } from './plan-reader.js'
import { compileRound } from './round-compile.js'
import type { RoundInput, RoundPair } from './round-input.js'

/** One piece of a plan. */
export interface RoundPiece extends RoundPair {
  readonly quantity: number
}

/**
 * Who gets how much of what under the plan of the policy: what `planRound` proposes, without its reasons and figures, for
 * whoever solves the same question many times over. In the order in which the engine solves.
 */
export function solveRound(input: RoundInput): readonly RoundPiece[] {
  const plan = new Matching(compileRound(input)).solve({ objective: input.policy.plan, withReasons: false })
  const reader = new PlanReader(input, plan)
  return [...reader.plannedNeeds()].flatMap(({ need, solved, at }) =>
    solved.allotment.piecesOf(at).map((candidate) => ({
      offerId: reader.offerOf(solved, candidate).id,
      needId: need.id,
      quantity: solved.allotment.units[candidate] ?? 0,
    })),
  )
}
