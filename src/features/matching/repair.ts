import { Allotment } from './allotment.js'
import type { Assignment } from './assignment.js'
import { limitsOf } from './limits-of.js'
import { keepLimits } from '../limits/index.js'
import { exchange, refill } from './refill.js'
import type { MatchingInput } from './matching-input.js'
import type { FlowSolution, NetworkSimplex } from '../flow/index.js'

/**
 * Makes a plan out of the optimal flow: no lot below its minimum, no need with too many companies. What is free after
 * that is dealt out by rank, to the preferred number of companies a need first. The result keeps every rule; it may be
 * less than the best such plan.
 */
export function repair(
  input: MatchingInput,
  assignment: Assignment,
  simplex: NetworkSimplex,
  optimum: FlowSolution,
): Allotment {
  const { preferredPartners, mostPartners } = input.limits
  const allotment = new Allotment(input, assignment, keepLimits(limitsOf(input, assignment), simplex, optimum))
  do {
    refill(assignment, allotment, preferredPartners)
    refill(assignment, allotment, mostPartners)
  } while (exchange(assignment, allotment, mostPartners) > 0)
  return allotment
}
