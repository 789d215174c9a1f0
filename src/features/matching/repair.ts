import { Allotment } from './allotment.js'
import type { Assignment } from './assignment.js'
import { elementOf } from '../../shared/element-of.js'
import { limitsOf } from './limits-of.js'
import { SlotPrices } from '../limits/index.js'
import { exchange, refill } from './refill.js'
import type { MatchingInput } from './matching-input.js'
import type { NetworkSimplex } from '../flow/index.js'

/**
 * Makes a plan out of the optimal flow: no lot below its minimum, no need with too many companies. A flow is looked for
 * that keeps nearly all of it (`SlotPrices`); what offends then is dropped, and what is free is dealt out by rank, to the
 * preferred number of companies a need first. The result keeps every rule; it may be less than the best such plan.
 */
export function repair(
  input: MatchingInput,
  assignment: Assignment,
  simplex: NetworkSimplex,
  optimum: Int32Array,
): Allotment {
  const { preferredPartners, mostPartners } = input.limits
  const settled = new SlotPrices(limitsOf(input, assignment), simplex).settle(optimum)
  const allotment = new Allotment(input, assignment, settled)
  for (;;) {
    const offending = offendingPieces(allotment, assignment, mostPartners)
    if (offending.length === 0) break
    for (const arc of offending) allotment.give(arc, -elementOf(allotment.units, arc))
  }
  do {
    refill(assignment, allotment, preferredPartners)
    refill(assignment, allotment, mostPartners)
  } while (exchange(assignment, allotment, mostPartners) > 0)
  return allotment
}

const offendingPieces = (allotment: Allotment, assignment: Assignment, most: number): readonly number[] => [
  ...new Set([...smallestLots(allotment, assignment), ...smallestShares(allotment, assignment, most)]),
]

/** The candidates of the smallest of its small lots for every offer. */
function smallestLots(allotment: Allotment, { offerNode, lot }: Assignment): number[] {
  const small = allotment.smallLots()
  const smallest = new Map<number, number>()
  for (const arc of small) {
    const node = elementOf(offerNode, arc)
    const known = smallest.get(node)
    if (known === undefined || allotment.lotOf(arc) < allotment.lotOf(known)) smallest.set(node, arc)
  }
  return small.filter((arc) => lot[arc] === lot[smallest.get(elementOf(offerNode, arc)) ?? -1])
}

/** For every need with too many companies, the candidates of those that give least. */
function smallestShares(allotment: Allotment, { candidates }: Assignment, most: number): number[] {
  return candidates.needs.flatMap((_, need) => {
    const pieces = allotment.piecesOf(need)
    if (pieces.length <= most) return []
    const shares = new Map<number, number>()
    for (const arc of pieces) {
      const partner = allotment.partnerOf(arc)
      shares.set(partner, (shares.get(partner) ?? 0) + elementOf(allotment.units, arc))
    }
    if (shares.size <= most) return []
    const kept = new Set(
      [...shares]
        .sort((one, other) => other[1] - one[1])
        .slice(0, most)
        .map(([partner]) => partner),
    )
    return pieces.filter((arc) => !kept.has(allotment.partnerOf(arc)))
  })
}
