import { elementOf } from '../../shared/element-of.js'
import type { LimitedPlan } from './limited-plan.js'
import { findOffences } from './offences.js'

/** Drops the smallest of what breaks a limit or a lot, until nothing does. */
export function trim(plan: LimitedPlan): void {
  for (;;) {
    const { crowds, smallest, beyondCaps } = findOffences(plan.problem, plan.units)
    const extra = crowds.flatMap(({ need, shares }) => {
      const kept = new Set(shares.slice(0, plan.problem.mostPartners).map(([partner]) => partner))
      return elementOf(plan.pieces, need).filter((arc) => !kept.has(plan.partnerOf(arc)))
    })
    const dropped = new Set([...extra, ...smallest, ...beyondCaps])
    if (dropped.size === 0) return
    for (const arc of dropped) plan.give(arc, -elementOf(plan.units, arc))
  }
}
