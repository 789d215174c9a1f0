import type { Allotment } from './allotment.js'
import type { Assignment } from './assignment.js'
import { elementOf } from '../../shared/element-of.js'

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
const shortByRank = ({ candidates, ranks }: Assignment, allotment: Allotment): readonly number[] =>
  [...candidates.needs.keys()]
    .filter((need) => allotment.missingOf(need) > 0)
    .sort((one, other) => elementOf(ranks, other) - elementOf(ranks, one) || one - other)

/** Some candidates of a need, the most worth first. */
function byWorth(
  { candidates: { first }, value }: Assignment,
  need: number,
  isMeant: (arc: number) => boolean,
): readonly number[] {
  const arcs: number[] = []
  for (let arc = elementOf(first, need); arc < elementOf(first, need + 1); arc++) if (isMeant(arc)) arcs.push(arc)
  return arcs.sort((one, other) => elementOf(value, other) - elementOf(value, one) || one - other)
}

/** Whether the company of a candidate is, or may become, one of those that serve the need. */
function mayServe(allotment: Allotment, need: number, arc: number, mostPartners: number): boolean {
  const partners = allotment.partnersOf(need)
  return partners.size < mostPartners || partners.has(allotment.partnerOf(arc))
}

/** Units that the offer could add for the need; 0 when they would not make a lot. */
function roomFor(allotment: Allotment, need: number, arc: number): number {
  const { minPerUnit, maxPerUnit } = allotment.offerOf(arc)
  const lot = allotment.lotOf(arc)
  const units = Math.min(
    allotment.missingOf(need),
    allotment.leftOf(arc),
    allotment.roomUnderCap(arc),
    maxPerUnit - lot,
  )
  return lot + units >= minPerUnit ? units : 0
}

interface Taking {
  readonly arc: number
  readonly units: number
}

/**
 * What a repair has given to a need although one of higher rank could have it is moved there, as long as every lot stays
 * whole: nobody is left short beside a need that comes later and holds what they could use. Returns the units moved.
 */
export function exchange(assignment: Assignment, allotment: Allotment, mostPartners: number): number {
  const { offerNode, ranks, needOf } = assignment
  const holders = holdersByOffer(assignment, allotment)
  // Nothing can be taken from an offer whose last holder is not behind; most offers are passed over by this alone.
  const lowest = holders.map((arcs) => Math.min(...arcs.map((arc) => elementOf(ranks, elementOf(needOf, arc)))))
  let moved = 0
  for (const need of shortByRank(assignment, allotment)) {
    const rank = elementOf(ranks, need)
    for (const arc of byWorth(assignment, need, (one) => elementOf(lowest, elementOf(offerNode, one)) < rank)) {
      if (!mayServe(allotment, need, arc, mostPartners)) continue
      const takings = takingsFor(arc, assignment, allotment, holders)
      for (const taking of takings) allotment.give(taking.arc, -taking.units)
      const units = takings.reduce((sum, taking) => sum + taking.units, 0)
      if (units === 0) continue
      allotment.give(arc, units)
      elementOf(holders, elementOf(offerNode, arc)).push(arc)
      moved += units
    }
  }
  return moved
}

/** Candidates in use, by the node of their offer. */
function holdersByOffer({ offers, offerNode }: Assignment, { units }: Allotment): readonly number[][] {
  const holders: number[][] = offers.map(() => [])
  units.forEach((given, arc) => {
    if (given > 0) elementOf(holders, elementOf(offerNode, arc)).push(arc)
  })
  return holders
}

/** What can be taken for a candidate from needs of lower rank, the last in rank first; nothing if it makes no lot. */
function takingsFor(
  arc: number,
  { needOf, ranks, offerNode, lot }: Assignment,
  allotment: Allotment,
  holders: readonly number[][],
): readonly Taking[] {
  const { minPerUnit, maxPerUnit } = allotment.offerOf(arc)
  const rankOf = (candidate: number): number => elementOf(ranks, elementOf(needOf, candidate))
  // Units taken from others outside would make room outside, and under a cap; that is not counted on.
  const open = Math.min(allotment.leftUnkept(arc), Math.max(0, allotment.roomUnderCap(arc)))
  const wanted = Math.min(allotment.missingOf(elementOf(needOf, arc)), maxPerUnit - allotment.lotOf(arc), open)
  const lower = elementOf(holders, elementOf(offerNode, arc))
    .filter((holder) => elementOf(allotment.units, holder) > 0 && rankOf(holder) < rankOf(arc))
    .sort((one, other) => rankOf(one) - rankOf(other) || one - other)
  const takings: Taking[] = []
  // From each lot once: what a second taking would leave of it is not counted here.
  const touched = new Set([elementOf(lot, arc)])
  let missing = wanted
  for (const holder of lower) {
    if (touched.has(elementOf(lot, holder))) continue
    const units = takeable(elementOf(allotment.units, holder), allotment.lotOf(holder), minPerUnit, missing)
    if (units === 0) continue
    takings.push({ arc: holder, units })
    touched.add(elementOf(lot, holder))
    missing -= units
  }
  return allotment.lotOf(arc) + wanted - missing >= minPerUnit ? takings : []
}

/** So much of a piece as is wanted and leaves its lot whole or empty. */
function takeable(piece: number, lot: number, least: number, wanted: number): number {
  if (piece <= wanted && piece === lot) return piece
  return Math.max(0, Math.min(piece, wanted, lot - least))
}
