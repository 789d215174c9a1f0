import type { FlowSolution, NetworkSimplex } from '../flow/index.js'
import { Chains } from './chains.js'
import { LimitedPlan } from './limited-plan.js'
import type { LimitedProblem } from './limited-problem.js'
import { settleLots } from './lot-closing.js'
import { LossAccount } from './loss-account.js'
import { OpenFlow } from './open-flow.js'
import { Reopening } from './reopening.js'
import { schedules, settlePartners } from './slot-prices.js'
import { draftFromStanding, draftNearStanding, standingUnits } from './standing-drafts.js'
import { trim } from './trimming.js'
import { UnitPrices } from './unit-prices.js'

const rounds = 3
/** With more candidates than this, one schedule of prices is enough. */
const large = 2_000_000

export interface FlowSolved {
  readonly simplex: NetworkSimplex
  readonly optimum: FlowSolution
}

/**
 * Units on every candidate that keep all limits, near the optimal flow given, from which the simplex goes on. Where
 * something stands from before, the plan that keeps most of it is taken, unless the account has not enough for it.
 */
export function keepLimits(
  problem: LimitedProblem,
  { simplex, optimum }: FlowSolved,
  account = new LossAccount(),
): Int32Array {
  const open = new OpenFlow(problem, simplex, optimum)
  const tried = problem.needOf.length > large ? schedules.slice(0, 1) : schedules
  const drafts = tried.map((schedule, at) => {
    if (at > 0) open.reset()
    settlePartners(open, schedule)
    new Reopening(open).run()
    settleLots(open)
    return { flow: open.flow, worth: open.worth(), state: open.state() }
  })
  const best = drafts.reduce((one, other) => (other.worth > one.worth ? other : one))
  const fresh = improve(problem, best.flow)
  if (problem.standing === null) return account.take(fresh, fresh).units
  // From what keeps most to what keeps least.
  const loyal = [() => standingUnits(problem), () => draftFromStanding(open), () => draftNearStanding(open, best.state)]
  for (const draft of loyal) {
    const plan = improve(problem, draft())
    if (account.affords(plan, fresh)) return account.take(plan, fresh).units
  }
  return account.take(fresh, fresh).units
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
