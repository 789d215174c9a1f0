import type { Allotment } from './allotment.js'
import { unitsOf, type Assignment } from './assignment.js'
import { elementOf } from '../../shared/element-of.js'
import { NetworkSimplex } from '../flow/index.js'
import type { MatchingInput } from './matching-input.js'
import type { Objective } from './objective.js'
import { refill } from './refill.js'
import { repair, type RepairParts } from './repair.js'

/** Makes a plan out of the optimal flow, as the objective wants it. */
export function repairFor(
  objective: Objective,
  input: MatchingInput,
  assignment: Assignment,
  solved: RepairParts,
): Allotment {
  const { linear, ...parts } = linearised(assignment, solved)
  // Where all units count the same, what stands would win over what is even.
  const asked = assignment.ladders === null ? input : { ...input, standing: [] }
  if (objective.key !== 'fewest-partners') return repair(asked, linear, parts)
  // One company for every need that one can serve; only what is left of large needs is for a second one.
  const strict = { ...input, limits: { ...input.limits, preferredPartners: 1, mostPartners: 1 } }
  const allotment = repair(strict, linear, parts)
  refill(linear, allotment, input.limits.mostPartners)
  return allotment
}

/**
 * A repair knows candidates of one worth and needs of one priority, nothing of shares or of first units. Where shares
 * count, it takes all units for equal: it may add some, but moves none from one authority to another. Where first units
 * do, it takes nothing away from what stands.
 */
function linearised(assignment: Assignment, solved: RepairParts): RepairParts & { readonly linear: Assignment } {
  const { ladders, favours, ranks, value } = assignment
  const equal = { ...assignment, ranks: ranks.map(() => 1) }
  if (favours.length > 0) return withoutFavours(equal, solved)
  return { ...solved, linear: ladders === null ? assignment : { ...equal, value: value.map(() => 1) } }
}

/** The favoured units on the arcs of their candidates, which may carry no more than the optimum has found for them. */
function withoutFavours(
  assignment: Assignment,
  { optimum, account }: RepairParts,
): RepairParts & { readonly linear: Assignment } {
  const { favours, problem } = assignment
  const units = unitsOf(assignment, optimum.flow)
  const [value, capacity, cost] = [assignment.value.slice(), problem.capacity.slice(), problem.cost.slice()]
  for (const { candidate, arc, units: favoured, worth } of favours) {
    value[candidate] = elementOf(value, candidate) + worth
    cost[candidate] = elementOf(cost, candidate) - worth
    capacity[candidate] = Math.max(favoured, elementOf(units, candidate))
    capacity[arc] = 0
  }
  const plain = { ...problem, capacity, cost }
  const simplex = new NetworkSimplex(plain)
  return { linear: { ...assignment, value, problem: plain, favours: [] }, simplex, optimum: simplex.solve(), account }
}
