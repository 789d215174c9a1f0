import type { Actor } from '../../shared/actor.js'
import type { PlanKey } from '../planning/index.js'
import { mayRunFor, type PlanSummary, type Round } from '../rounds/index.js'

/** Shortest and longest reason for choosing another plan, in characters. */
export const choiceReason = { min: 10, max: 1000 } as const

/** Why no other plan of a round can be chosen (any more), as a key of `locales/`; null = it can. */
export type ChoiceObstacle =
  'plans.refused.not-finished' | 'plans.refused.not-kept' | 'plans.refused.not-latest' | 'plans.refused.decided'

export const mayChoosePlan = (actor: Actor, round: Pick<Round, 'scope' | 'trigger'>): boolean =>
  round.trigger === null && mayRunFor(actor, round.scope)

export const planOf = ({ plans }: Pick<Round, 'plans'>, key: PlanKey): PlanSummary | null =>
  plans.find((plan) => plan.key === key) ?? null

/** Share of what tiers 1 and 2 ask for that a plan gives, 0 to 1; null when they ask for nothing. */
export function neediestShare({ figures }: PlanSummary): number | null {
  const neediest = figures.tiers.filter(({ tier }) => tier <= 2)
  return share(sum(neediest.map(({ unitsServed }) => unitsServed)), sum(neediest.map(({ unitsNeeded }) => unitsNeeded)))
}

/** The authority that gets the least of what its schools ask for, and its share; null when nobody asks. */
export function leastServed({ figures }: PlanSummary): { readonly authority: string; readonly share: number } | null {
  const shares = figures.authorities.flatMap(({ authority, unitsServed, unitsNeeded }) => {
    const served = share(unitsServed, unitsNeeded)
    return served === null ? [] : [{ authority, share: served }]
  })
  return shares.reduce<(typeof shares)[number] | null>(
    (least, one) => (least === null || one.share < least.share ? one : least),
    null,
  )
}

/** Companies that serve a need, on average; null when no need is served. */
export function partnersPerNeed({ figures }: PlanSummary): number | null {
  const { one, two, three } = figures.partners
  return share(one + 2 * two + 3 * three, one + two + three)
}

/** A plan in the plane of the trade-off: pupils reached, and the share of tiers 1 and 2. */
export interface FrontierPoint {
  readonly key: PlanKey
  readonly students: number
  readonly neediest: number
  /** No other plan of the round is at least as good in both and better in one. */
  readonly isBest: boolean
}

export function frontierOf(plans: readonly PlanSummary[]): readonly FrontierPoint[] {
  const points = plans.map((plan) => ({
    key: plan.key,
    students: plan.figures.students,
    neediest: neediestShare(plan) ?? 0,
  }))
  return points.map((point) => ({
    ...point,
    isBest: !points.some(
      (other) =>
        other.students >= point.students &&
        other.neediest >= point.neediest &&
        (other.students > point.students || other.neediest > point.neediest),
    ),
  }))
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
