import type { Allotment } from './allotment.js'
import type { Assignment } from './assignment.js'
import { elementOf } from '../../shared/element-of.js'
import type { NetworkSimplex } from '../flow/index.js'
import type { MatchingInput } from './matching-input.js'
import type { Objective } from './objective.js'
import { refill } from './refill.js'
import { repair } from './repair.js'
import type { Ladders } from './share-ladders.js'

interface Solved {
  readonly simplex: NetworkSimplex
  readonly flow: Int32Array
}

/** Makes a plan out of the optimal flow, as the objective wants it. */
export function repairFor(
  objective: Objective,
  input: MatchingInput,
  assignment: Assignment,
  { simplex, flow }: Solved,
): Allotment {
  const linear = assignment.ladders === null ? assignment : onTheRung(assignment, assignment.ladders, flow)
  if (objective.key !== 'fewest-partners') return repair(input, linear, simplex, flow)
  // One company for every need that one can serve; only what is left of large needs is for a second one.
  const strict = { ...input, limits: { ...input.limits, preferredPartners: 1, mostPartners: 1 } }
  const allotment = repair(strict, linear, simplex, flow)
  refill(linear, allotment, input.limits.mostPartners)
  return allotment
}

/**
 * The same candidates with the worth that a further unit has where the optimum has lifted each authority to: so a repair,
 * which knows of no rungs, deals out to those first whose authority stands lowest.
 */
function onTheRung(assignment: Assignment, { ofNeed, rungs }: Ladders, flow: Int32Array): Assignment {
  const { candidates, needOf, value, ranks } = assignment
  const served = new Float64Array(rungs.length)
  needOf.forEach((need, arc) => {
    const at = elementOf(ofNeed, need)
    served[at] = elementOf(served, at) + elementOf(flow, arc)
  })
  const next = rungs.map((ladder, at) => {
    let left = elementOf(served, at)
    const rung = ladder.find(({ units }) => (left -= units) < 0)
    return rung?.worth ?? ladder.at(-1)?.worth ?? 0
  })
  const heights = [...new Set(next)].sort((one, other) => one - other)
  const spread = ranks.reduce((most, rank) => Math.max(most, rank), 0) + 1
  const worthFor = (need: number): number => elementOf(next, elementOf(ofNeed, need))
  return {
    ...assignment,
    ranks: Int32Array.from(candidates.needs, (_, need) => {
      return heights.indexOf(worthFor(need)) * spread + elementOf(ranks, need)
    }),
    value: value.map((worth, arc) => worth + worthFor(elementOf(needOf, arc))),
  }
}
