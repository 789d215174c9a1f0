import { indexOnScale, tierOnScale, type EquityScale } from '../../shared/equity-scale.js'
import { comparePlans, type PlanComparison } from './plan-comparison.js'
import { planRound } from './plan-round.js'
import type { Policy } from './policy.js'
import type { RoundInput, RoundSchool } from './round-input.js'
import type { RoundFigures } from './round-result.js'

/** What a round would have given under another policy. */
export interface Replay {
  /** Under the policy of the round itself, solved again. */
  readonly before: RoundFigures
  readonly after: RoundFigures
  /** Schools are told apart by the tiers that they had in the round. */
  readonly comparison: PlanComparison
}

/**
 * Answers the question of a round once under its own policy and once under another. The index and the tier of each
 * school unit are made anew with the weights of the other policy; where the factors are not known both stay what they are.
 * `served` is what the other policy remembers of the rounds before (RoundInput). Takes as long as two rounds, so the
 * server runs it in a worker.
 */
export function replay(input: RoundInput, policy: Policy, served = input.served ?? {}): Replay {
  const question = { ...input, plans: [] }
  const schools = input.schools.map((school) => weighedBy(policy.equity, school))
  const [before] = planRound(question).plans
  const [after] = planRound({ ...question, schools, policy, served }).plans
  return { before: before.figures, after: after.figures, comparison: comparePlans(input, before, after) }
}

function weighedBy(scale: EquityScale, school: RoundSchool): RoundSchool {
  if (school.factors === null) return school
  const equityIndex = indexOnScale(school.factors, scale)
  return { ...school, equityIndex, tier: tierOnScale(equityIndex, scale) }
}
