import type { FlowSolution, NetworkSimplex } from '../flow/index.js'
import { Chains } from './chains.js'
import { LimitedPlan } from './limited-plan.js'
import type { LimitedProblem } from './limited-problem.js'
import { settleLots } from './lot-closing.js'
import { OpenFlow } from './open-flow.js'
import { Reopening } from './reopening.js'
import { schedules, settlePartners } from './slot-prices.js'
import { trim } from './trimming.js'
import { UnitPrices } from './unit-prices.js'

const rounds = 3

/** Units on every candidate that keep all limits, near the optimal flow given, from which the simplex goes on. */
export function keepLimits(problem: LimitedProblem, simplex: NetworkSimplex, optimum: FlowSolution): Int32Array {
  const open = new OpenFlow(problem, simplex, optimum)
  const drafts = schedules.map((schedule, at) => {
    if (at > 0) open.reset()
    settlePartners(open, schedule)
    new Reopening(open).run()
    settleLots(open)
    return { flow: open.flow, worth: open.worth() }
  })
  return improve(problem, drafts.reduce((best, draft) => (draft.worth > best.worth ? draft : best)).flow).units
}

/** Drops what breaks a limit, and then raises the worth by chains of holders that move on. */
export function improve(problem: LimitedProblem, units: Int32Array): LimitedPlan {
  const plan = new LimitedPlan(problem, units)
  trim(plan)
  const prices = new UnitPrices(plan)
  const chains = new Chains(plan, prices)
  for (let round = 0; round < rounds; round++) {
    const before = plan.total
    chains.serveAll()
    if (plan.total <= before) break
    prices.update()
  }
  return plan
}
