import type { LimitedPlan } from './limited-plan.js'

/** Going over all needs so often finds nearly all ways; measured. */
const sweeps = 4
/** A way over more offers than this is not followed. */
const longest = 14

/** Units of one holder that move on to another offer, or are lost (`to` = -1). */
export interface Step {
  readonly from: number
  readonly to: number
}

/**
 * What it costs to free one unit of every offer, within all limits: nothing while something is left, else the cheapest
 * way in which a holder loses it or moves on to another offer, where the same question is asked again. An estimate that
 * ages as the plan changes: a way is looked at again before it is gone.
 */
export class UnitPrices {
  readonly price: Float64Array
  /** The holder that would move on, and where to; -1 = nobody, nowhere. */
  private readonly holder: Int32Array
  private readonly target: Int32Array
  /** For every need the candidates by which it could most cheaply have more, of two different offers. */
  private readonly first: Int32Array
  private readonly second: Int32Array

  constructor(private readonly plan: LimitedPlan) {
    const { offers, needs } = plan.problem
    this.price = new Float64Array(offers.quantity.length)
    this.holder = new Int32Array(offers.quantity.length).fill(-1)
    this.target = new Int32Array(offers.quantity.length).fill(-1)
    this.first = new Int32Array(needs.quantity.length).fill(-1)
    this.second = new Int32Array(needs.quantity.length).fill(-1)
    this.update()
  }

  /** Reckons all prices anew. */
  update(): void {
    const { pieces, holders, problem } = this.plan
    this.first.fill(-1)
    this.second.fill(-1)
    for (let offer = 0; offer < holders.length; offer++) this.refresh(offer)
    for (let sweep = 0, changed = true; sweep < sweeps && changed; sweep++) {
      changed = false
      for (let need = 0; need < pieces.length; need++) {
        const list = pieces[need] ?? []
        if (list.length === 0) continue
        this.lookAround(need)
        for (const arc of list) if (this.offerCheaper(problem.offerOf[arc] ?? 0, arc)) changed = true
      }
    }
  }

  /** Reckons the price of one offer anew from those of the others. */
  refresh(offer: number): void {
    const { left, holders } = this.plan
    this.holder[offer] = -1
    this.target[offer] = -1
    this.price[offer] = (left[offer] ?? 0) > 0 ? 0 : Infinity
    if ((left[offer] ?? 0) > 0) return
    for (const arc of holders[offer] ?? []) this.offerCheaper(offer, arc)
  }

  /** Refreshes what concerns one need: its ways out, and the offers that it holds. */
  refreshNeed(need: number): void {
    this.lookAround(need)
    for (const arc of this.plan.pieces[need] ?? []) this.refresh(this.plan.problem.offerOf[arc] ?? 0)
  }

  /** The steps that free a unit of an offer, nearest first; null = there is no such way by now. */
  wayFrom(offer: number): readonly Step[] | null {
    const { left, units, problem } = this.plan
    const steps: Step[] = []
    const seen = [offer]
    for (let at = offer; (left[at] ?? 0) <= 0;) {
      const [from, to] = [this.holder[at] ?? -1, this.target[at] ?? -1]
      if (from < 0 || (units[from] ?? 0) === 0) return null
      steps.push({ from, to })
      if (to < 0) return steps
      at = problem.offerOf[to] ?? 0
      if (seen.includes(at) || seen.length > longest) return null
      seen.push(at)
    }
    return steps
  }

  /** Whether a unit can be taken from a piece without leaving its lot too small. */
  private isLoose(arc: number): boolean {
    const lot = this.plan.lotOf(arc)
    return lot > this.plan.leastOf(arc) || this.plan.units[arc] === lot
  }

  private offerCheaper(offer: number, arc: number): boolean {
    if ((this.price[offer] ?? 0) === 0 || !this.isLoose(arc)) return false
    const { value, needOf, offerOf } = this.plan.problem
    const worth = value[arc] ?? 0
    const need = needOf[arc] ?? 0
    let [cheapest, to] = [worth, -1]
    const near = this.first[need] ?? -1
    const way = near >= 0 && offerOf[near] === offer ? (this.second[need] ?? -1) : near
    if (way >= 0) {
      // Never free: a way back to where it came from must not look cheaper than the way there.
      const cost = (this.price[offerOf[way] ?? 0] ?? 0) + Math.max(1, worth - (value[way] ?? 0))
      if (cost < cheapest) [cheapest, to] = [cost, way]
    }
    if (cheapest >= (this.price[offer] ?? 0)) return false
    this.price[offer] = cheapest
    this.holder[offer] = arc
    this.target[offer] = to
    return true
  }

  /** Finds the two cheapest offers, with their candidates, from which a need could have more. */
  private lookAround(need: number): void {
    const { plan, price } = this
    const { first, offerOf, value, mostPartners } = plan.problem
    const isFull = (plan.pieces[need]?.length ?? 0) >= mostPartners && plan.countPartners(need) >= mostPartners
    let [best, next, bestCost, nextCost] = [-1, -1, Infinity, Infinity]
    for (let arc = first[need] ?? 0; arc < (first[need + 1] ?? 0); arc++) {
      const offer = offerOf[arc] ?? 0
      const cost = (price[offer] ?? 0) - (value[arc] ?? 0)
      if (cost >= nextCost || plan.roomOf(arc) <= 0 || (isFull && !plan.mayServe(arc)) || !this.makesLot(arc)) continue
      if (cost < bestCost) [next, nextCost, best, bestCost] = [best, bestCost, arc, cost]
      else [next, nextCost] = [arc, cost]
    }
    this.first[need] = best
    this.second[need] = next
  }

  /** Whether a piece of the need is large enough to begin a lot with. */
  private makesLot(arc: number): boolean {
    const { plan } = this
    const least = plan.leastOf(arc)
    if (plan.lotOf(arc) >= least) return true
    return (plan.pieces[plan.problem.needOf[arc] ?? 0] ?? []).some((piece) => (plan.units[piece] ?? 0) >= least)
  }
}
