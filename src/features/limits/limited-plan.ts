import { elementOf } from '../../shared/element-of.js'
import { CompanyCaps } from './company-caps.js'
import type { LimitedProblem } from './limited-problem.js'

/** Units on every candidate with all sums that limits are about; every change can be taken back. */
export class LimitedPlan {
  readonly units: Int32Array
  /** Units of an offer not given, in all and of what is not kept for some. */
  readonly left: Int32Array
  readonly leftUnkept: Int32Array
  readonly missing: Int32Array
  /** Candidates in use, by need and by offer. */
  readonly pieces: readonly number[][]
  readonly holders: readonly number[][]
  private readonly lots: Int32Array
  private readonly caps: CompanyCaps | null
  private readonly done: number[] = []
  private worth = 0

  constructor(
    readonly problem: LimitedProblem,
    units: Int32Array,
  ) {
    const { offers, needs, needOf } = problem
    this.units = new Int32Array(needOf.length)
    this.lots = new Int32Array(needOf.length)
    this.left = offers.quantity.slice()
    this.leftUnkept = offers.unkept.slice()
    this.missing = needs.quantity.slice()
    this.pieces = Array.from(needs.quantity, () => [])
    this.holders = Array.from(offers.quantity, () => [])
    this.caps = CompanyCaps.of(problem)
    for (let arc = 0; arc < needOf.length; arc++) if ((units[arc] ?? 0) > 0) this.change(arc, units[arc] ?? 0)
  }

  give(arc: number, units: number): void {
    if (units === 0) return
    this.change(arc, units)
    this.done.push(arc, units)
  }

  /** Where `takeBack` may return to. */
  mark(): number {
    return this.done.length
  }

  takeBack(mark: number): void {
    while (this.done.length > mark) {
      const [units, arc] = [this.done.pop() ?? 0, this.done.pop() ?? 0]
      this.change(arc, -units)
    }
  }

  /** Candidates changed since. */
  changedSince(mark: number): ReadonlySet<number> {
    const arcs = new Set<number>()
    for (let at = mark; at < this.done.length; at += 2) arcs.add(this.done[at] ?? 0)
    return arcs
  }

  /** Worth of all units; a double, exact enough to compare. */
  get total(): number {
    return this.worth
  }

  lotOf(arc: number): number {
    return this.lots[this.problem.lotOf[arc] ?? 0] ?? 0
  }

  leastOf(arc: number): number {
    return this.problem.offers.least[this.problem.offerOf[arc] ?? 0] ?? 0
  }

  partnerOf(arc: number): number {
    return this.problem.offers.partner[this.problem.offerOf[arc] ?? 0] ?? 0
  }

  /** Units that the candidate may still have: by its arc, its maximum for a unit, its company's cap, what is kept for others. */
  roomOf(arc: number): number {
    const { offers, offerOf, outside, flow } = this.problem
    const offer = offerOf[arc] ?? 0
    const ownRoom = (flow.capacity[arc] ?? 0) - (this.units[arc] ?? 0)
    const room = Math.min(ownRoom, (offers.most[offer] ?? 0) - this.lotOf(arc), this.caps?.roomOf(arc) ?? Infinity)
    return outside[arc] === 1 ? Math.min(room, this.leftUnkept[offer] ?? 0) : room
  }

  /** Companies that serve a need. */
  countPartners(need: number): number {
    const pieces = elementOf(this.pieces, need)
    let count = 0
    pieces.forEach((arc, at) => {
      const partner = this.partnerOf(arc)
      if (!pieces.slice(0, at).some((other) => this.partnerOf(other) === partner)) count++
    })
    return count
  }

  /** Whether the company of a candidate is, or may become, one of those that serve its need. */
  mayServe(arc: number): boolean {
    const need = elementOf(this.problem.needOf, arc)
    const pieces = elementOf(this.pieces, need)
    if (pieces.length < this.problem.mostPartners) return true
    const partner = this.partnerOf(arc)
    return (
      pieces.some((piece) => this.partnerOf(piece) === partner) || this.countPartners(need) < this.problem.mostPartners
    )
  }

  /** Whether everything that a candidate takes part in is within its limits. */
  isSoundAt(arc: number): boolean {
    const { offerOf, needOf, mostPartners, offers } = this.problem
    const [offer, need, lot] = [elementOf(offerOf, arc), elementOf(needOf, arc), this.lotOf(arc)]
    return (
      (this.units[arc] ?? 0) >= 0 &&
      (lot === 0 || lot >= this.leastOf(arc)) &&
      lot <= elementOf(offers.most, offer) &&
      elementOf(this.left, offer) >= 0 &&
      elementOf(this.leftUnkept, offer) >= 0 &&
      elementOf(this.missing, need) >= 0 &&
      (this.caps?.roomOf(arc) ?? 0) >= 0 &&
      (elementOf(this.pieces, need).length <= mostPartners || this.countPartners(need) <= mostPartners)
    )
  }

  private change(arc: number, units: number): void {
    const { offerOf, needOf, lotOf, outside, value } = this.problem
    const [offer, need, lot] = [offerOf[arc] ?? 0, needOf[arc] ?? 0, lotOf[arc] ?? 0]
    const before = this.units[arc] ?? 0
    this.units[arc] = before + units
    this.left[offer] = (this.left[offer] ?? 0) - units
    if (outside[arc] === 1) this.leftUnkept[offer] = (this.leftUnkept[offer] ?? 0) - units
    this.missing[need] = (this.missing[need] ?? 0) - units
    this.lots[lot] = (this.lots[lot] ?? 0) + units
    this.caps?.take(arc, units)
    this.worth += units * (value[arc] ?? 0)
    if (before !== 0 && before + units !== 0) return
    for (const list of [this.pieces[need], this.holders[offer]]) {
      if (before === 0) list?.push(arc)
      else list?.splice(list.indexOf(arc), 1)
    }
  }
}
