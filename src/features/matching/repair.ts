import { Allotment } from './allotment.js'
import type { Assignment } from './assignment.js'
import { elementOf } from './candidates.js'
import type { MatchingInput } from './matching-input.js'
import type { NetworkSimplex } from '../flow/index.js'

/** After so many rounds all small pieces go at once: each round is one warm solve. */
const patience = 30

/**
 * Makes a plan out of the optimal flow: no lot below its minimum, no need with too many companies. The smallest offending
 * pieces are forbidden and the flow solved again from where it stood, until nothing offends; what became free is then
 * dealt out again, by rank. The result keeps every rule; it may be less than the best such plan.
 */
export function repair(
  input: MatchingInput,
  assignment: Assignment,
  simplex: NetworkSimplex,
  optimum: Int32Array,
): Allotment {
  let allotment = new Allotment(input, assignment, optimum)
  for (let round = 1; ; round++) {
    const offending = [
      ...smallestLots(allotment, round > patience),
      ...smallestShares(allotment, assignment, input.limits.preferredPartners),
    ]
    if (offending.length === 0) break
    simplex.forbid(offending)
    allotment = new Allotment(input, assignment, simplex.solve().flow)
  }
  refill(input, assignment, allotment, input.limits.preferredPartners)
  refill(input, assignment, allotment, input.limits.mostPartners)
  return allotment
}

/** The candidates of the smallest of its small lots for every offer, or of all of them. */
function smallestLots(allotment: Allotment, all: boolean): number[] {
  const small = allotment.smallLots()
  if (all) return small
  const smallest = new Map<number, number>()
  for (const arc of small) {
    const known = smallest.get(allotment.offerOf(arc))
    if (known === undefined || allotment.lotOf(arc) < allotment.lotOf(known)) smallest.set(allotment.offerOf(arc), arc)
  }
  const lots = new Set([...smallest.values()].map((arc) => allotment.lotKey(arc)))
  return small.filter((arc) => lots.has(allotment.lotKey(arc)))
}

/** For every need with too many companies, the candidates of the company that gives least. */
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
    const [least] = [...shares].reduce((smallest, share) => (share[1] < smallest[1] ? share : smallest))
    return pieces.filter((arc) => allotment.partnerOf(arc) === least)
  })
}

/** Deals out what is left, the first in rank first, each from the offer that suits it best. */
function refill(input: MatchingInput, assignment: Assignment, allotment: Allotment, most: number): void {
  const { candidates, ranks, value } = assignment
  const order = [...candidates.needs.keys()]
    .filter((need) => allotment.missingOf(need) > 0)
    .sort((one, other) => elementOf(ranks, other) - elementOf(ranks, one) || one - other)
  for (const need of order) {
    const arcs = allotment.arcsOf(need).filter((arc) => allotment.leftOf(allotment.offerOf(arc)) > 0)
    arcs.sort((one, other) => elementOf(value, other) - elementOf(value, one) || one - other)
    for (const arc of arcs) {
      const units = roomFor(input, allotment, need, arc)
      const partners = allotment.partnersOf(need)
      const fits = partners.has(allotment.partnerOf(arc)) || partners.size < most
      if (units > 0 && fits) allotment.give(arc, units)
    }
  }
}

/** Units that the offer could add for the need; 0 when they would not make a lot. */
function roomFor(input: MatchingInput, allotment: Allotment, need: number, arc: number): number {
  const { minPerUnit, maxPerUnit } = elementOf(input.offers, allotment.offerOf(arc))
  const lot = allotment.lotOf(arc)
  const units = Math.min(allotment.missingOf(need), allotment.leftOf(allotment.offerOf(arc)), maxPerUnit - lot)
  return lot + units >= minPerUnit ? units : 0
}
