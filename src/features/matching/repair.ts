import { Allotment } from './allotment.js'
import type { Assignment } from './assignment.js'
import { limitsOf } from './limits-of.js'
import { keepLimits, type FlowSolved, type LossAccount } from '../limits/index.js'
import { exchange, refill } from './refill.js'
import type { MatchingInput } from './matching-input.js'

/** The optimal flow with what solved it, and what keeping a standing plan has cost in the tasks before. */
export interface RepairParts extends FlowSolved {
  readonly account: LossAccount
}

/**
 * Makes a plan out of the optimal flow: no lot below its minimum, no need with too many companies. What is free after
 * that is dealt out by rank, to the preferred number of companies a need first. The result keeps every rule; it may be
 * less than the best such plan.
 */
export function repair(input: MatchingInput, assignment: Assignment, { account, ...solved }: RepairParts): Allotment {
  const { preferredPartners, mostPartners } = input.limits
  const allotment = new Allotment(input, assignment, keepLimits(limitsOf(input, assignment), solved, account))
  do {
    refill(assignment, allotment, preferredPartners)
    refill(assignment, allotment, mostPartners)
  } while (exchange(assignment, allotment, mostPartners) > 0)
  return allotment
}
