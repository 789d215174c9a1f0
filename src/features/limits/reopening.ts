import { elementOf } from '../../shared/element-of.js'
import { findOffences, type Crowd } from './offences.js'
import type { OpenFlow } from './open-flow.js'
import { closeOthers } from './slot-prices.js'

const passes = 2
/** Arcs that all solving again may look at: large problems are settled well enough before. */
const effort = 300_000

/**
 * Lets one need after the other choose its companies anew, all else staying as it is: its candidates are opened and the
 * flow is solved again; if it is crowded then, it keeps the companies that bring most. Kept is what raises the worth.
 */
export class Reopening {
  private solvesLeft: number
  private worth: number

  constructor(private readonly open: OpenFlow) {
    this.worth = open.worth()
    this.solvesLeft = Math.floor(effort / Math.max(1, open.problem.needOf.length))
  }

  run(): void {
    const needs = this.order()
    for (let pass = 0; pass < passes; pass++) {
      const before = this.worth
      for (const need of needs) if (this.solvesLeft > 3) this.reconsider(need)
      if (this.worth <= before) return
    }
  }

  /** Those that were crowded, the most worth first. */
  private order(): readonly number[] {
    const { rank, quantity } = this.open.problem.needs
    const worthOf = (need: number): number => elementOf(rank, need) * elementOf(quantity, need)
    return [...this.open.pricedNeeds].sort((one, other) => worthOf(other) - worthOf(one) || one - other)
  }

  private reconsider(need: number): void {
    const { open } = this
    const was = this.stateOf(need)
    open.setPlacePrice(need, 0)
    this.openAll(need)
    const crowds = this.solve()
    const mine = crowds.find((crowd) => crowd.need === need)
    if (this.isKept(crowds)) return
    if (open.worth() > this.worth && mine !== undefined && crowds.length === 1) {
      for (const kept of [this.byRent(need), largest(mine, open.problem.mostPartners)]) {
        this.openAll(need)
        closeOthers(open, need, kept)
        if (this.isKept(this.solve())) return
      }
    }
    this.restore(need, was)
  }

  private isKept(crowds: readonly Crowd[]): boolean {
    const worth = this.open.worth()
    if (crowds.length > 0 || worth <= this.worth) return false
    this.worth = worth
    return true
  }

  private openAll(need: number): void {
    for (const arc of this.candidatesOf(need)) this.open.setClosed(arc, false)
  }

  private solve(): readonly Crowd[] {
    this.solvesLeft--
    this.open.solve()
    return findOffences(this.open.problem, this.open.flow).crowds
  }

  private stateOf(need: number) {
    return {
      price: this.open.placePriceOf(need),
      closed: this.candidatesOf(need).map((arc) => this.open.isClosed(arc)),
    }
  }

  private restore(need: number, { price, closed }: ReturnType<Reopening['stateOf']>): void {
    this.open.setPlacePrice(need, price)
    this.candidatesOf(need).forEach((arc, at) => {
      this.open.setClosed(arc, closed[at] === true)
    })
    this.solve()
  }

  private candidatesOf(need: number): readonly number[] {
    const { first } = this.open.problem
    const start = elementOf(first, need)
    return Array.from({ length: elementOf(first, need + 1) - start }, (_, at) => start + at)
  }

  /** The companies that would bring most at the prices by now. */
  private byRent(need: number): ReadonlySet<number> {
    const { offers, offerOf, mostPartners } = this.open.problem
    const rents = new Map<number, number>()
    for (const arc of this.candidatesOf(need)) {
      const partner = elementOf(offers.partner, elementOf(offerOf, arc))
      rents.set(partner, (rents.get(partner) ?? 0) + this.open.rentOf(arc) + elementOf(this.open.flow, arc))
    }
    const best = [...rents].sort((one, other) => other[1] - one[1] || one[0] - other[0])
    return new Set(best.slice(0, mostPartners).map(([partner]) => partner))
  }
}

const largest = ({ shares }: Crowd, most: number): ReadonlySet<number> =>
  new Set(shares.slice(0, most).map(([partner]) => partner))
