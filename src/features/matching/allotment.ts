import type { Assignment } from './assignment.js'
import { CompanyCaps } from '../limits/index.js'
import { elementOf } from '../../shared/element-of.js'
import { limitsOf } from './limits-of.js'
import type { MatchingInput } from './matching-input.js'

/**
 * Units given on every candidate, with the sums that lots and limits are about. Keeps what no flow knows: a minimum lot
 * of an offer for a unit, and the number of companies that serve one need.
 */
export class Allotment {
  readonly units: Int32Array
  /** Units not given, by node of the offer. */
  private readonly left: Int32Array
  private readonly missing: Int32Array
  /** Units not given of what an offer does not keep for some, by node of the offer. */
  private readonly leftOutside: Int32Array
  /** Units of every lot, at its first candidate. */
  private readonly lots: Int32Array
  private readonly caps: CompanyCaps | null

  constructor(
    private readonly input: MatchingInput,
    private readonly assignment: Assignment,
    flow: Int32Array,
  ) {
    const { candidates, offers } = assignment
    this.units = new Int32Array(candidates.offer.length)
    this.lots = new Int32Array(candidates.offer.length)
    this.left = Int32Array.from(offers, (place) => elementOf(input.offers, place).quantity)
    this.leftOutside = Int32Array.from(offers, (place) => {
      const { quantity, kept } = elementOf(input.offers, place)
      return Math.max(0, quantity - (kept?.units ?? 0))
    })
    this.missing = Int32Array.from(candidates.needs, (place) => elementOf(input.needs, place).quantity)
    this.caps = CompanyCaps.of(limitsOf(input, assignment))
    for (let arc = 0; arc < this.units.length; arc++) {
      const units = flow[arc] ?? 0
      if (units > 0) this.give(arc, units)
    }
  }

  give(arc: number, units: number): void {
    const { offerNode, needOf, lot, outside } = this.assignment
    const [node, need, first] = [elementOf(offerNode, arc), elementOf(needOf, arc), elementOf(lot, arc)]
    this.units[arc] = elementOf(this.units, arc) + units
    this.left[node] = elementOf(this.left, node) - units
    if (outside[arc] === 1) this.leftOutside[node] = elementOf(this.leftOutside, node) - units
    this.missing[need] = elementOf(this.missing, need) - units
    this.lots[first] = elementOf(this.lots, first) + units
    this.caps?.take(arc, units)
  }

  /** Units that the offer of this candidate has left for it. */
  leftOf(arc: number): number {
    return Math.min(elementOf(this.left, elementOf(this.assignment.offerNode, arc)), this.leftUnkept(arc))
  }

  /** Units that this candidate could still have of what is not kept for others; Infinity for those it is kept for. */
  leftUnkept(arc: number): number {
    const { outside, offerNode } = this.assignment
    return outside[arc] === 1 ? elementOf(this.leftOutside, elementOf(offerNode, arc)) : Infinity
  }

  /** Units that the company of this candidate may still give to the authority of its need; below 0 = it gives too many. */
  roomUnderCap(arc: number): number {
    return this.caps?.roomOf(arc) ?? Infinity
  }

  /** Units that the need of this candidate misses. */
  missingFor(arc: number): number {
    return this.missingOf(elementOf(this.assignment.needOf, arc))
  }

  missingOf(need: number): number {
    return elementOf(this.missing, need)
  }

  /** What the unit of this candidate's need gets of this candidate's offer, over all its needs. */
  lotOf(arc: number): number {
    return elementOf(this.lots, elementOf(this.assignment.lot, arc))
  }

  /** Candidates of a need that give it something. */
  piecesOf(need: number): number[] {
    const { first } = this.assignment.candidates
    const pieces: number[] = []
    for (let arc = elementOf(first, need); arc < elementOf(first, need + 1); arc++) {
      if (elementOf(this.units, arc) > 0) pieces.push(arc)
    }
    return pieces
  }

  partnersOf(need: number): ReadonlySet<number> {
    return new Set(this.piecesOf(need).map((arc) => this.partnerOf(arc)))
  }

  partnerOf(arc: number): number {
    return this.offerOf(arc).partner
  }

  offerOf(arc: number): MatchingInput['offers'][number] {
    return elementOf(this.input.offers, elementOf(this.assignment.candidates.offer, arc))
  }
}
