import { elementOf } from '../../shared/element-of.js'
import type { NetworkSimplex } from '../flow/index.js'
import type { LimitedProblem } from './limited-problem.js'
import { findOffences, type Crowd } from './offences.js'

/** Rounds of raising prices, and of closing what a need may not have: measured on 10,000 needs, more gain nothing. */
const raises = 4
const closings = 12
/** The first price of a place for a company, as a part of the greatest worth of a unit; and its growth in every round. */
const firstPrice = 1 / 128
const growth = 3
/** Part of the crowded needs that are settled in one round of closing, the most worth first. */
const settled = 0.3
/** Worths are told apart in so many steps: what is finer only sends units to and fro between equals. */
const steps = 1024

/**
 * Makes a flow that nearly keeps the limits out of one that knows none, by solving again from where it stood.
 *
 * A need may have few companies, so a place among them has a price: it is spread over the units that the company could
 * give, which makes small givers dear and large ones cheap. Prices rise where there is a crowd, until large needs sit with
 * large offers at no loss. What is crowded then keeps its largest givers, a few needs at a time, and all its other
 * candidates are closed. Lots that are too small are closed one an offer and round.
 */
export class SlotPrices {
  private readonly cost: Float64Array
  private readonly closed: Uint8Array
  private readonly prices = new Map<number, number>()
  private readonly shares = new Map<number, Float64Array>()
  private readonly changed: number[] = []
  private readonly greatest: number

  constructor(
    private readonly problem: LimitedProblem,
    private readonly simplex: NetworkSimplex,
  ) {
    const { cost } = problem.flow
    this.greatest = cost.reduce((most, one) => Math.max(most, Math.abs(one)), 1)
    const step = Math.max(1, 2 ** Math.floor(Math.log2(this.greatest / steps)))
    this.cost = cost.map((one) => Math.ceil(one / step) * step)
    this.closed = new Uint8Array(problem.needOf.length)
  }

  /** A flow with few offences or none. The flow given is optimal. */
  settle(optimum: Int32Array): Int32Array {
    let flow = optimum
    for (let round = 0; round < raises + closings; round++) {
      const { crowds, smallest } = findOffences(this.problem, flow)
      if (crowds.length === 0 && smallest.length === 0) return flow
      for (const arc of smallest) this.close(arc)
      if (round < raises) for (const { need } of crowds) this.raise(need)
      else for (const crowd of this.mostWorth(crowds)) this.keepLargest(crowd)
      flow = this.solveAgain(round === 0)
    }
    return flow
  }

  private solveAgain(isFirst: boolean): Int32Array {
    const { simplex, changed, cost, closed } = this
    if (isFirst) simplex.reprice(cost.keys(), (arc) => this.costOf(arc))
    else simplex.reprice(changed, (arc) => this.costOf(arc))
    simplex.forbid(changed.filter((arc) => closed[arc] === 1))
    changed.length = 0
    return simplex.solve().flow
  }

  private costOf(arc: number): number {
    const need = this.problem.needOf[arc] ?? -1
    const price = this.prices.get(need) ?? 0
    if (price === 0) return elementOf(this.cost, arc)
    const start = elementOf(this.problem.first, need)
    return elementOf(this.cost, arc) + Math.round(price / elementOf(this.sharesOf(need), arc - start))
  }

  private raise(need: number): void {
    this.prices.set(need, (this.prices.get(need) ?? (firstPrice / growth) * this.greatest) * growth)
    this.change(need)
  }

  /** Of the crowded needs those that lose most if they are served last. */
  private mostWorth(crowds: readonly Crowd[]): readonly Crowd[] {
    const { rank } = this.problem.needs
    const worthOf = ({ need, shares }: Crowd): number =>
      elementOf(rank, need) * shares.reduce((sum, [, units]) => sum + units, 0)
    return crowds
      .toSorted((one, other) => worthOf(other) - worthOf(one) || one.need - other.need)
      .slice(0, Math.ceil(crowds.length * settled))
  }

  private keepLargest({ need, shares }: Crowd): void {
    const { first, offerOf, offers, mostPartners } = this.problem
    const kept = new Set(shares.slice(0, mostPartners).map(([partner]) => partner))
    this.prices.delete(need)
    for (let arc = elementOf(first, need); arc < elementOf(first, need + 1); arc++) {
      if (!kept.has(elementOf(offers.partner, elementOf(offerOf, arc)))) this.closed[arc] = 1
    }
    this.change(need)
  }

  private close(arc: number): void {
    this.closed[arc] = 1
    this.changed.push(arc)
  }

  private change(need: number): void {
    const { first } = this.problem
    for (let arc = elementOf(first, need); arc < elementOf(first, need + 1); arc++) this.changed.push(arc)
  }

  /** For every candidate of a need, the units that its company could give to the need. */
  private sharesOf(need: number): Float64Array {
    const known = this.shares.get(need)
    if (known !== undefined) return known
    const { first, offerOf, offers, flow, needs } = this.problem
    const [start, end] = [elementOf(first, need), elementOf(first, need + 1)]
    const partners = Array.from({ length: end - start }, (_, at) =>
      elementOf(offers.partner, elementOf(offerOf, start + at)),
    )
    const sums = new Map<number, number>()
    partners.forEach((partner, at) => {
      sums.set(partner, (sums.get(partner) ?? 0) + elementOf(flow.capacity, start + at))
    })
    const most = elementOf(needs.quantity, need)
    const shares = Float64Array.from(partners, (partner) => Math.max(1, Math.min(most, sums.get(partner) ?? 1)))
    this.shares.set(need, shares)
    return shares
  }
}
