import { elementOf } from '../../shared/element-of.js'
import type { LimitedPlan } from './limited-plan.js'
import type { Step, UnitPrices } from './unit-prices.js'

/** So many ways to a need may fail before it is left. */
const patience = 8

/** Gives needs that miss something more, along chains of holders that move on: whatever raises the worth of the plan. */
export class Chains {
  constructor(
    private readonly plan: LimitedPlan,
    private readonly prices: UnitPrices,
  ) {}

  /** Serves the needs that miss something, the first in rank first. */
  serveAll(): void {
    for (const need of shortByRank(this.plan)) this.serve(need)
  }

  /** Gives one need as much as is worth it. */
  serve(need: number, isMeant: (arc: number) => boolean = () => true): void {
    const { plan, prices } = this
    const failed = new Set<number>()
    while (elementOf(plan.missing, need) > 0 && failed.size < patience) {
      const arc = this.bestFor(need, (one) => !failed.has(one) && isMeant(one))
      if (arc < 0) return
      if (this.push(arc, elementOf(plan.missing, need)) > 0) continue
      prices.refresh(elementOf(plan.problem.offerOf, arc))
      if (this.push(arc, elementOf(plan.missing, need)) === 0) failed.add(arc)
    }
  }

  private bestFor(need: number, isMeant: (arc: number) => boolean): number {
    const { plan, prices } = this
    const { first, offerOf, value } = plan.problem
    let [best, gain] = [-1, 0]
    for (let arc = first[need] ?? 0; arc < (first[need + 1] ?? 0); arc++) {
      const here = (value[arc] ?? 0) - (prices.price[offerOf[arc] ?? 0] ?? 0)
      if (here <= gain || plan.roomOf(arc) <= 0 || !plan.mayServe(arc) || !isMeant(arc)) continue
      if (plan.lotOf(arc) + (plan.missing[need] ?? 0) < plan.leastOf(arc)) continue
      ;[best, gain] = [arc, here]
    }
    return best
  }

  /** Moves as many units as go along the cheapest way to a candidate; 0 = none. */
  push(arc: number, wanted: number): number {
    const { plan, prices } = this
    const { offerOf } = plan.problem
    const steps = prices.wayFrom(elementOf(offerOf, arc))
    if (steps === null) return 0
    const units = this.unitsAlong(arc, steps, wanted)
    if (units <= 0) return 0
    const [mark, before] = [plan.mark(), plan.total]
    for (const { from, to } of steps) {
      plan.give(from, -units)
      if (to >= 0) plan.give(to, units)
    }
    plan.give(arc, units)
    const isBetter = plan.total > before && [...plan.changedSince(mark)].every((one) => plan.isSoundAt(one))
    if (!isBetter) {
      plan.takeBack(mark)
      return 0
    }
    for (const { from } of steps.toReversed()) prices.refresh(elementOf(offerOf, from))
    prices.refresh(elementOf(offerOf, arc))
    return units
  }

  /** Units that every step has, that fit where they go, and that leave no lot too small. */
  private unitsAlong(arc: number, steps: readonly Step[], wanted: number): number {
    const { plan } = this
    const { left, problem } = plan
    const last = steps.at(-1)
    const source = last === undefined ? arc : last.to
    let units = Math.min(wanted, plan.roomOf(arc))
    if (source >= 0) units = Math.min(units, elementOf(left, elementOf(problem.offerOf, source)))
    for (const { from, to } of steps) {
      units = Math.min(units, elementOf(plan.units, from), to < 0 ? Infinity : Math.max(plan.roomOf(to), 0))
    }
    for (const { from } of steps) {
      const [piece, lot, least] = [elementOf(plan.units, from), plan.lotOf(from), plan.leastOf(from)]
      if (lot - units < least && !(piece === lot && units === piece)) units = Math.min(units, lot - least)
    }
    return units
  }
}

/** The needs that miss something, the first in rank first. */
export const shortByRank = ({ missing, problem }: LimitedPlan): readonly number[] =>
  [...missing.keys()]
    .filter((need) => elementOf(missing, need) > 0)
    .sort((one, other) => elementOf(problem.needs.rank, other) - elementOf(problem.needs.rank, one) || one - other)
