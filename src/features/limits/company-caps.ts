import { elementOf } from '../../shared/element-of.js'
import type { LimitedProblem } from './limited-problem.js'

/**
 * What every company may still give to every authority, when no company may give more than a share of what the needs of
 * an authority ask for: at least one lot, so that a small authority is not left without.
 */
export class CompanyCaps {
  private readonly pairOf: Int32Array
  private readonly room: Float64Array

  /** null where the problem has no caps. */
  static of(problem: LimitedProblem): CompanyCaps | null {
    return problem.companyShare === null ? null : new CompanyCaps(problem, problem.companyShare)
  }

  private constructor({ needOf, offerOf, needs, offers }: LimitedProblem, share: number) {
    const asked = new Map<number, number>()
    needs.authority.forEach((authority, need) => {
      asked.set(authority, (asked.get(authority) ?? 0) + elementOf(needs.quantity, need))
    })
    const places = new Map<string, number>()
    const room: number[] = []
    const lots: number[] = []
    this.pairOf = needOf.map((need, arc) => {
      const [offer, authority] = [elementOf(offerOf, arc), elementOf(needs.authority, need)]
      const key = `${elementOf(offers.partner, offer)} ${authority}`
      const place = places.get(key) ?? places.size
      places.set(key, place)
      room[place] = Math.floor(share * (asked.get(authority) ?? 0))
      lots[place] = Math.min(lots[place] ?? Infinity, elementOf(offers.least, offer))
      return place
    })
    this.room = Float64Array.from(room, (units, place) => Math.max(units, lots[place] ?? 1))
  }

  /** Units that the company of a candidate may still give to the authority of its need; below 0 where it gives too many. */
  roomOf(arc: number): number {
    return elementOf(this.room, elementOf(this.pairOf, arc))
  }

  take(arc: number, units: number): void {
    const pair = elementOf(this.pairOf, arc)
    this.room[pair] = elementOf(this.room, pair) - units
  }
}
