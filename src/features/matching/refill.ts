import type { Allotment } from './allotment.js'
import type { Assignment } from './assignment.js'
import { elementOf } from './candidates.js'

/** Deals out what is left, the first in rank first, each from the offer that suits it best. */
export function refill(assignment: Assignment, allotment: Allotment, mostPartners: number): void {
  for (const need of shortByRank(assignment, allotment)) {
    for (const arc of byWorth(assignment, need, (one) => allotment.leftOf(one) > 0)) {
      const units = roomFor(allotment, need, arc)
      if (units > 0 && mayServe(allotment, need, arc, mostPartners)) allotment.give(arc, units)
    }
  }
}

/** The needs that miss something, the first in rank first. */
export const shortByRank = ({ candidates, ranks }: Assignment, allotment: Allotment): readonly number[] =>
  [...candidates.needs.keys()]
    .filter((need) => allotment.missingOf(need) > 0)
    .sort((one, other) => elementOf(ranks, other) - elementOf(ranks, one) || one - other)

/** Some candidates of a need, the most worth first. */
export function byWorth(
  { candidates: { first }, value }: Assignment,
  need: number,
  isMeant: (arc: number) => boolean,
): readonly number[] {
  const arcs: number[] = []
  for (let arc = elementOf(first, need); arc < elementOf(first, need + 1); arc++) if (isMeant(arc)) arcs.push(arc)
  return arcs.sort((one, other) => elementOf(value, other) - elementOf(value, one) || one - other)
}

/** Whether the company of a candidate is, or may become, one of those that serve the need. */
export function mayServe(allotment: Allotment, need: number, arc: number, mostPartners: number): boolean {
  const partners = allotment.partnersOf(need)
  return partners.size < mostPartners || partners.has(allotment.partnerOf(arc))
}

/** Units that the offer could add for the need; 0 when they would not make a lot. */
function roomFor(allotment: Allotment, need: number, arc: number): number {
  const { minPerUnit, maxPerUnit } = allotment.offerOf(arc)
  const lot = allotment.lotOf(arc)
  const units = Math.min(allotment.missingOf(need), allotment.leftOf(arc), maxPerUnit - lot)
  return lot + units >= minPerUnit ? units : 0
}
