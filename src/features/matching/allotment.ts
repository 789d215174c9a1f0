import type { Assignment } from './assignment.js'
import { elementOf } from './candidates.js'
import type { MatchingInput } from './matching-input.js'

/**
 * Units given on every candidate, with the sums that lots and limits are about. Keeps what no flow knows: a minimum lot
 * of an offer for a unit, and the number of companies that serve one need.
 */
export class Allotment {
  readonly units: Int32Array
  private readonly offerLeft = new Map<number, number>()
  private readonly byLot = new Map<string, number>()

  constructor(
    private readonly input: MatchingInput,
    private readonly assignment: Assignment,
    flow: Int32Array,
  ) {
    const { candidates, offers } = assignment
    this.units = new Int32Array(candidates.offer.length)
    for (const place of offers) this.offerLeft.set(place, elementOf(input.offers, place).quantity)
    for (let arc = 0; arc < this.units.length; arc++) if ((flow[arc] ?? 0) > 0) this.give(arc, flow[arc] ?? 0)
  }

  give(arc: number, units: number): void {
    const offer = this.offerOf(arc)
    this.units[arc] = (this.units[arc] ?? 0) + units
    this.offerLeft.set(offer, this.leftOf(offer) - units)
    this.byLot.set(this.lotKey(arc), this.lotOf(arc) + units)
  }

  leftOf(offer: number): number {
    return this.offerLeft.get(offer) ?? 0
  }

  /** What the unit of this candidate's need gets of this candidate's offer, over all its needs. */
  lotOf(arc: number): number {
    return this.byLot.get(this.lotKey(arc)) ?? 0
  }

  missingOf(need: number): number {
    const { candidates } = this.assignment
    let missing = elementOf(this.input.needs, elementOf(candidates.needs, need)).quantity
    for (const arc of this.arcsOf(need)) missing -= this.units[arc] ?? 0
    return missing
  }

  /** Candidates of a need that give it something. */
  piecesOf(need: number): number[] {
    return this.arcsOf(need).filter((arc) => (this.units[arc] ?? 0) > 0)
  }

  partnersOf(need: number): ReadonlySet<number> {
    return new Set(this.piecesOf(need).map((arc) => this.partnerOf(arc)))
  }

  partnerOf(arc: number): number {
    return elementOf(this.input.offers, this.offerOf(arc)).partner
  }

  /** Candidates in use whose lot is too small. */
  smallLots(): number[] {
    const small: number[] = []
    this.units.forEach((units, arc) => {
      if (units > 0 && this.lotOf(arc) < elementOf(this.input.offers, this.offerOf(arc)).minPerUnit) small.push(arc)
    })
    return small
  }

  offerOf(arc: number): number {
    return elementOf(this.assignment.candidates.offer, arc)
  }

  arcsOf(need: number): number[] {
    const { first } = this.assignment.candidates
    const start = first[need] ?? 0
    return Array.from({ length: (first[need + 1] ?? 0) - start }, (_, at) => start + at)
  }

  /** Names the pair of an offer and a school unit. */
  lotKey(arc: number): string {
    const { candidates, needOf } = this.assignment
    const need = elementOf(this.input.needs, elementOf(candidates.needs, elementOf(needOf, arc)))
    return `${this.offerOf(arc)} ${need.unit}`
  }
}
