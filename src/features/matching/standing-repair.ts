import { Allotment } from './allotment.js'
import type { Assignment } from './assignment.js'
import { elementOf } from '../../shared/element-of.js'
import { exchange, refill } from './refill.js'
import type { MatchingInput } from './matching-input.js'

/**
 * Makes a plan out of one that stands: what still fits is kept, what became free is dealt out by rank, and nobody is left
 * short beside a need of lower rank that holds what it could have. `units` is what each candidate was given before.
 */
export function repairFromStanding(input: MatchingInput, assignment: Assignment, units: Int32Array): Allotment {
  const { preferredPartners, mostPartners } = input.limits
  const allotment = new Allotment(input, assignment, new Int32Array(units.length))
  keep(assignment, allotment, units)
  dropSmallLots(allotment)
  do {
    refill(assignment, allotment, preferredPartners)
    refill(assignment, allotment, mostPartners)
  } while (exchange(assignment, allotment, mostPartners) > 0)
  return allotment
}

/** Gives again what was given, the most worth first, as far as offers, needs and maxima allow. */
function keep({ value }: Assignment, allotment: Allotment, units: Int32Array): void {
  const held: number[] = []
  units.forEach((given, arc) => {
    if (given > 0) held.push(arc)
  })
  for (const arc of held.sort((one, other) => elementOf(value, other) - elementOf(value, one) || one - other)) {
    const room = allotment.offerOf(arc).maxPerUnit - allotment.lotOf(arc)
    const most = Math.min(allotment.missingFor(arc), allotment.leftOf(arc), allotment.roomUnderCap(arc))
    const given = Math.min(elementOf(units, arc), most, room)
    if (given > 0) allotment.give(arc, given)
  }
}

function dropSmallLots(allotment: Allotment): void {
  allotment.units.forEach((units, arc) => {
    if (units > 0 && allotment.lotOf(arc) < allotment.offerOf(arc).minPerUnit) allotment.give(arc, -units)
  })
}
