import { elementOf } from '../../shared/element-of.js'
import { LimitedPlan } from './limited-plan.js'
import type { LimitedProblem } from './limited-problem.js'
import { settleLots } from './lot-closing.js'
import type { OpenFlow, OpenState } from './open-flow.js'
import { closeOthers, schedules, settlePartners } from './slot-prices.js'

const [schedule] = schedules

/** Units as they stand, as far as they still can, those of the highest rank first. */
export function standingUnits(problem: LimitedProblem): Int32Array {
  const { standing, needOf, offerOf, needs } = problem
  const plan = new LimitedPlan(problem, new Int32Array(needOf.length))
  const arcs = [...needOf.keys()].filter((arc) => (standing?.[arc] ?? 0) > 0)
  const rankOf = (arc: number): number => elementOf(needs.rank, elementOf(needOf, arc))
  for (const arc of arcs.sort((one, other) => rankOf(other) - rankOf(one) || one - other)) {
    const [missing, left] = [plan.missing[needOf[arc] ?? 0] ?? 0, plan.left[offerOf[arc] ?? 0] ?? 0]
    plan.give(arc, Math.max(0, Math.min(standing?.[arc] ?? 0, missing, left, plan.roomOf(arc))))
  }
  return plan.units
}

/**
 * A flow that begins with what stands: a need that has several companies keeps to them, no new lot is begun, and between
 * equals a standing pair is taken first. Needs that become crowded settle as always.
 */
export function draftFromStanding(open: OpenFlow): Int32Array {
  const { standing, offers, offerOf } = open.problem
  open.reset()
  open.favourStanding()
  for (const [need, partners] of standingPartners(open)) if (partners.size > 1) closeOthers(open, need, partners)
  standing?.forEach((units, arc) => {
    if (units === 0 && elementOf(offers.least, elementOf(offerOf, arc)) > 1) open.setClosed(arc, true)
  })
  open.solve()
  settlePartners(open, { ...schedule, raises: 0 })
  settleLots(open)
  return open.flow
}

/** The companies of another draft, with the standing pairs that are no worse. */
export function draftNearStanding(open: OpenFlow, state: OpenState): Int32Array {
  open.favourStanding()
  open.restore(state)
  settlePartners(open, { ...schedule, raises: 0 })
  settleLots(open)
  return open.flow
}

function standingPartners({ problem }: OpenFlow): ReadonlyMap<number, ReadonlySet<number>> {
  const { standing, needOf, offerOf, offers } = problem
  const partners = new Map<number, Set<number>>()
  standing?.forEach((units, arc) => {
    if (units === 0) return
    const need = elementOf(needOf, arc)
    const known = partners.get(need) ?? new Set<number>()
    partners.set(need, known.add(elementOf(offers.partner, elementOf(offerOf, arc))))
  })
  return partners
}
