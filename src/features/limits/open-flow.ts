import { elementOf } from '../../shared/element-of.js'
import type { FlowSolution, NetworkSimplex } from '../flow/index.js'
import type { LimitedProblem } from './limited-problem.js'

/** Worths are told apart in so many steps: what is finer only sends units to and fro between equals. */
const steps = 1024
/** Part of such a step that a standing pair is worth more, all its units together. */
const favourPart = 4

export interface OpenState {
  readonly closed: Uint8Array
  readonly placePrice: ReadonlyMap<number, number>
}

/**
 * A flow over those candidates that are open, solved again from where it stood when that changes. A place for a company at
 * a need may have a price: it is spread over the units that the company could give, so that small givers become dear.
 */
export class OpenFlow {
  /** The greatest worth of a unit. */
  readonly greatest: number
  flow: Int32Array
  private prices: Float64Array
  private readonly cost: Float64Array
  private readonly closed: Uint8Array
  private readonly placePrice = new Map<number, number>()
  private readonly shares = new Map<number, Float64Array>()
  private readonly changed: number[] = []
  private readonly step: number
  private favour = 0

  constructor(
    readonly problem: LimitedProblem,
    private readonly simplex: NetworkSimplex,
    optimum: FlowSolution,
  ) {
    const { cost } = problem.flow
    this.flow = optimum.flow
    this.prices = optimum.price
    this.greatest = cost.reduce((most, one) => Math.max(most, Math.abs(one)), 1)
    const step = Math.max(1, 2 ** Math.floor(Math.log2(this.greatest / steps)))
    this.step = step
    this.cost = cost.map((one) => Math.ceil(one / step) * step)
    this.closed = new Uint8Array(problem.needOf.length)
    simplex.reprice(this.cost.keys(), (arc) => elementOf(this.cost, arc))
  }

  /** What is closed and priced now, for `restore`. */
  state(): OpenState {
    return { closed: this.closed.slice(), placePrice: new Map(this.placePrice) }
  }

  restore({ closed, placePrice }: OpenState): void {
    for (const need of this.placePrice.keys()) this.setPlacePrice(need, 0)
    for (const [need, price] of placePrice) this.setPlacePrice(need, price)
    closed.forEach((isClosed, arc) => {
      this.setClosed(arc, isClosed === 1)
    })
    this.solve()
  }

  /** Between equals, what stands from before is taken first from now on. */
  favourStanding(): void {
    const { standing } = this.problem
    if (standing === null || this.favour > 0) return
    this.favour = this.step / favourPart
    standing.forEach((units, arc) => {
      if (units > 0) this.changed.push(arc)
    })
  }

  /** Opens everything, at no price. */
  reset(): void {
    for (const need of this.placePrice.keys()) this.setPlacePrice(need, 0)
    this.placePrice.clear()
    for (let arc = 0; arc < this.closed.length; arc++) this.setClosed(arc, false)
    this.solve()
  }

  solve(): void {
    const { simplex, changed, closed } = this
    simplex.reprice(changed, (arc) => this.costOf(arc))
    simplex.forbid(changed.filter((arc) => closed[arc] === 1))
    changed.length = 0
    const { flow, price } = simplex.solve()
    this.flow = flow
    this.prices = price
  }

  /** Worth of the flow without the prices of places. */
  worth(): number {
    let sum = 0
    for (let arc = 0; arc < this.flow.length; arc++) {
      const units = this.flow[arc] ?? 0
      if (units > 0) sum -= units * (this.cost[arc] ?? 0)
    }
    return sum
  }

  /** What a candidate would bring beyond the worth of its units elsewhere, if its offer gave all that it can. */
  rentOf(arc: number): number {
    const { offerOf, flow } = this.problem
    const price = Math.abs(this.prices[offerOf[arc] ?? 0] ?? 0)
    return Math.max(0, -(this.cost[arc] ?? 0) - price) * (flow.capacity[arc] ?? 0)
  }

  isClosed(arc: number): boolean {
    return this.closed[arc] === 1
  }

  setClosed(arc: number, isClosed: boolean): void {
    if (this.isClosed(arc) === isClosed) return
    this.closed[arc] = Number(isClosed)
    this.changed.push(arc)
  }

  /** Needs whose places have had a price. */
  get pricedNeeds(): Iterable<number> {
    return this.placePrice.keys()
  }

  placePriceOf(need: number): number {
    return this.placePrice.get(need) ?? 0
  }

  setPlacePrice(need: number, price: number): void {
    const { first } = this.problem
    this.placePrice.set(need, price)
    for (let arc = elementOf(first, need); arc < elementOf(first, need + 1); arc++) this.changed.push(arc)
  }

  private costOf(arc: number): number {
    const need = this.problem.needOf[arc] ?? -1
    const price = this.placePrice.get(need) ?? 0
    const standing = this.favour > 0 ? (this.problem.standing?.[arc] ?? 0) : 0
    const cost = elementOf(this.cost, arc) - (standing > 0 ? Math.ceil(this.favour / standing) : 0)
    if (price === 0) return cost
    const at = arc - elementOf(this.problem.first, need)
    return cost + Math.round(price / elementOf(this.sharesOf(need), at))
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
