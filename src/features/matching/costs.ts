import type { EngineNeed, EngineOffer, EngineUnit, MatchingInput, NeedKind, Scoring } from './matching-input.js'

const tiers = 5
const urgencies = 3
/** A lead time of this many days or more earns nothing. */
const slowestDays = 180

/**
 * What one unit of an offer is worth to a need, as one whole number: first the rank of the need (tier, then urgency, then
 * deadline), then points that tell offers apart.
 *
 * Ranks are `gap` apart. A cheapest improvement of a flow is a simple path, which meets each need at most once and so
 * changes at most two arcs a need: with a gap above the points of all those arcs, no sum of points outweighs one step of
 * rank. Within ranks the served units of a flow form a polymatroid, for which any decreasing weights give the
 * lexicographic optimum: tier 1 gets as much as it could get alone, tiers 1 and 2 as much as both could, and so on.
 */
export class Costs {
  readonly gap: number
  /** A perfect score. */
  readonly mostPoints: number
  readonly ranks: number
  private readonly steps: readonly number[]
  private readonly standing: ReadonlyMap<string, number>

  constructor(private readonly input: Omit<MatchingInput, 'limits'>) {
    const { scoring, needs, standing } = input
    this.mostPoints = sumOf(scoring)
    this.gap = gapOver(this.mostPoints, needs.length)
    this.steps = [...scoring.deadlineSteps].sort((one, other) => one - other)
    this.ranks = tiers * urgencies * (this.steps.length + 1)
    this.standing = new Map(standing.map(({ offerId, needId, quantity }) => [pairKey(offerId, needId), quantity]))
  }

  /** 1 = last, `ranks` = first. */
  rankOf(need: Pick<EngineNeed, 'urgency' | 'deadline'>, unit: Pick<EngineUnit, 'tier'>): number {
    const classes = this.steps.length + 1
    const days = need.deadline - this.input.today
    const later = this.steps.filter((step) => days > step).length
    return ((tiers - unit.tier) * urgencies + (need.urgency - 1)) * classes + (classes - 1 - later) + 1
  }

  /** The ranks that one step of tier, and one of urgency, make. */
  get ranksOfTier(): number {
    return urgencies * (this.steps.length + 1)
  }

  get ranksOfUrgency(): number {
    return this.steps.length + 1
  }

  /** Units of the pair that were proposed before and nobody has decided. */
  standingOf(offerId: string, needId: string): number {
    return this.standing.size === 0 ? 0 : (this.standing.get(pairKey(offerId, needId)) ?? 0)
  }

  /** 0 to `mostPoints`. */
  pointsOf(offer: EngineOffer, spec: readonly number[], { need, unit, kind: { rules } }: Asking): number {
    const { scoring } = this.input
    const fit = Math.round(scoring.fit * fitOf(spec, need.spec, rules))
    const near = Math.round(scoring.territory * nearness[offer.territory.scope])
    const soon = Math.round(scoring.leadTime * (1 - Math.min(offer.leadDays, slowestDays) / slowestDays))
    const stands = this.standingOf(offer.id, need.id) > 0 ? scoring.standing : 0
    const liked = need.ranking.length === 0 ? 0 : Math.round(scoring.ranking * liking(need.ranking, offer.id))
    return fit + near + soon + stands + liked + Math.round(scoring.fairness * unit.lag)
  }

  valueOf(rank: number, points: number): number {
    return rank * this.gap + points
  }
}

/** The one who asks. */
export interface Asking {
  readonly need: EngineNeed
  readonly unit: EngineUnit
  readonly kind: NeedKind
}

/**
 * The distance between two ranks that no sum of smaller worths along one improvement of a flow reaches: the improvement
 * is a simple path, which changes at most two arcs a need.
 */
export const gapOver = (most: number, needs: number): number => most * (2 * needs + 2) + 1

/** 1 for the offer that the school put first, less for a lower place, 0 for one that it did not rank. */
function liking(ranking: readonly string[], offerId: string): number {
  const place = ranking.indexOf(offerId)
  return place < 0 ? 0 : (ranking.length - place) / ranking.length
}

const pairKey = (offerId: string, needId: string): string => `${offerId}\u0000${needId}`

const nearness = { national: 0, authorities: 0.5, municipalities: 1 } as const

/** 1 = exactly what was asked; less the more is offered beyond it. */
function fitOf(offered: readonly number[], asked: readonly number[], rules: NeedKind['rules']): number {
  let [sum, count] = [0, 0]
  for (let at = 0; at < rules.length; at++) {
    const wanted = asked[at] ?? NaN
    if (Number.isNaN(wanted)) continue
    sum += shareUsed(rules[at]?.comparison, offered[at] ?? 0, wanted)
    count++
  }
  return count === 0 ? 1 : sum / count
}

function shareUsed(
  comparison: NeedKind['rules'][number]['comparison'] | undefined,
  offered: number,
  asked: number,
): number {
  if (comparison === 'at-least') return offered > 0 ? asked / offered : 1
  if (comparison === 'at-most') return asked > 0 ? offered / asked : 1
  if (comparison === 'includes-all') return bitCount(asked) / Math.max(1, bitCount(offered))
  return 1
}

function bitCount(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}

/** The least that a scoring must be to be exact. */
export const isWhole = (scoring: Scoring): boolean =>
  pointsIn(scoring).every((points) => Number.isInteger(points) && points >= 0)

const pointsIn = (scoring: Scoring): readonly number[] => [
  scoring.fit,
  scoring.territory,
  scoring.leadTime,
  scoring.standing,
  scoring.ranking,
  scoring.fairness,
]

const sumOf = (scoring: Scoring): number => pointsIn(scoring).reduce((sum, points) => sum + points, 0)
