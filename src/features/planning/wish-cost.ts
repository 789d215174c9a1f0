import { Matching } from '../matching/index.js'
import { keptUnits } from './kept-units.js'
import { comparePlans, type PlanComparison } from './plan-comparison.js'
import { readPlan } from './plan-making.js'
import { compileRound } from './round-compile.js'
import type { RoundInput, RoundOffer } from './round-input.js'
import type { RoundPlan } from './round-result.js'

/** What it takes from everybody together that an offer keeps a share for some authorities; found by solving twice. */
export interface WishCost {
  /** Units that are kept. */
  readonly kept: number
  /** What the proven optimum is worth more without the wish, under the policy of the round; exact below 2^53. */
  readonly worth: number
  /** Units, school units and pupils that the plan would reach besides if the wish were not there; below 0 = fewer. */
  readonly units: number
  readonly schoolUnits: number
  readonly students: number
  /** From the plan without the wish to the plan with it: who gains by the wish and who loses. */
  readonly comparison: PlanComparison
}

interface Answer {
  readonly plan: RoundPlan
  readonly bound: bigint
}

/**
 * The cost of one offer's wish in the plan of the policy. Pure; takes as long as two rounds of one plan.
 *
 * @throws RangeError when the input has no such offer, or the offer no wish.
 */
export function costOfWish(input: RoundInput, offerId: string): WishCost {
  const offer = input.offers.find(({ id }) => id === offerId)
  if (offer === undefined || offer.wish === null) throw new RangeError(`No offer ${offerId} with a wish`)
  const asked = { ...input, plans: [] }
  const withWish = answer(asked)
  const without = answer({ ...asked, offers: input.offers.map((one) => (one === offer ? freed(one) : one)) })
  const [one, other] = [without.plan.figures, withWish.plan.figures]
  return {
    kept: keptUnits(offer),
    worth: Number(without.bound - withWish.bound),
    units: one.unitsServed - other.unitsServed,
    schoolUnits: one.schoolUnits - other.schoolUnits,
    students: one.students - other.students,
    comparison: comparePlans(input, without.plan, withWish.plan),
  }
}

const freed = (offer: RoundOffer): RoundOffer => ({ ...offer, wish: null })

function answer(input: RoundInput): Answer {
  const solved = new Matching(compileRound(input)).solve({ objective: input.policy.plan })
  return { plan: readPlan(input, solved), bound: solved.bound }
}
