import { certify, NetworkSimplex } from '../flow/index.js'
import { forcedFlow } from './forced-flow.js'
import type { StatedProblem } from './stated-problem.js'

export interface StatedAnswer {
  /** null: no flow meets every supply, demand and bound. */
  readonly cost: bigint | null
  /** What keeps it from being feasible, for people. */
  readonly why: string | null
  /** Primal and dual agree, checked over all arcs after the solve: the answer above is proven. */
  readonly proven: boolean
  readonly pivots: number
}

/**
 * Solves a published problem.
 * @throws UnsoundProblemError when its numbers are too large to be exact
 * @throws UnreadableProblemError when lower bounds add up to too many units
 */
export function solveStated(stated: StatedProblem): StatedAnswer {
  const { problem, firstReward, reward, supplied, asked, fixed } = forcedFlow(stated)
  if (supplied !== asked) {
    const why = `${supplied} units must leave the nodes but ${asked} must arrive`
    return { cost: null, why, proven: true, pivots: 0 }
  }
  const answer = new NetworkSimplex(problem).solve()
  const { proven, primal } = certify(problem, answer)
  const arrived = answer.flow.subarray(firstReward).reduce((sum, units) => sum + units, 0)
  const whole = arrived === asked
  return {
    cost: whole ? primal + BigInt(reward) * BigInt(arrived) + fixed : null,
    why: whole ? null : `at most ${arrived} of ${asked} units can arrive`,
    proven,
    pivots: answer.pivots,
  }
}
