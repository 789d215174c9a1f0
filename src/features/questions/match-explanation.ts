import { dayNumber, satisfies, servedKinds } from '../catalogue/index.js'
import type { Tier } from '../../shared/tier.js'
import type { Territory } from '../../shared/territory.js'
import type { RoundInput, RoundNeed, RoundOffer, RoundPair, RoundPiece, RoundSchool } from '../planning/index.js'
import { inRound, NotInRoundError } from './need-explanation.js'
import type { EffectSchool, PlanEffect } from './plan-effect.js'
import { givenTo, type PlanOutcome } from './plan-outcome.js'
import { relatedInput } from './related-input.js'
import { Trial } from './trial.js'

/** What spoke for a match; each is in the published policy, or is a hard rule. */
export interface MatchFactors {
  readonly tier: Tier
  readonly equityIndex: number
  readonly urgency: 1 | 2 | 3
  readonly deadline: string | null
  readonly scope: Territory['scope']
  /** Days until it can be there. */
  readonly days: number
  /** 1 = what the school likes most; null = the school said nothing about it. */
  readonly ranked: number | null
  /** It was proposed before. */
  readonly stood: boolean
  /** How many other needs the offer fits. */
  readonly rivals: number
  /** How many of those are of a school unit in a tier that comes first, the same, or a later one. */
  readonly rivalsByTier: { readonly before: number; readonly same: number; readonly after: number }
}

/** What kept the match from being larger: the need has all; the offer has nothing left; its maximum; or the rest. */
export const bindings = ['need', 'offer', 'maximum', 'other'] as const
export type Binding = (typeof bindings)[number]

/** Why this school, and what would happen without this match: found by solving again. */
export interface MatchExplanation extends RoundPair {
  readonly type: 'match'
  readonly kind: string
  /** Units of the match in the plan. */
  readonly quantity: number
  readonly factors: MatchFactors
  readonly binding: Binding
  readonly without: {
    /** What the need would get all the same, from others. */
    readonly instead: readonly { readonly company: string; readonly units: number }[]
    readonly missing: number
    /** Who would gain and lose. */
    readonly others: PlanEffect
  }
  readonly solved: number
}

/** @throws NotInRoundError */
export function explainMatch(input: RoundInput, { offerId, needId }: RoundPair, plan: PlanOutcome): MatchExplanation {
  const about = inRound(input, needId)
  const offer = input.offers.find(({ id }) => id === offerId)
  const piece = plan.pieces.find((one) => one.offerId === offerId && one.needId === needId)
  if (offer === undefined || piece === undefined)
    throw new NotInRoundError(`${offerId} for ${needId} is not in the plan`)
  const { need } = about
  const related = relatedInput(input, need.kind, plan.pieces)
  return {
    ...{ type: 'match', offerId, needId, kind: need.kind, quantity: piece.quantity },
    factors: factorsOf(input, offer, about),
    binding: bindingOf(input, plan, { offer, need }),
    ...withoutPair(related, piece, plan),
  }
}

/** The question solved again with the pair excluded. */
function withoutPair(
  related: RoundInput,
  { offerId, needId }: RoundPiece,
  plan: PlanOutcome,
): Pick<MatchExplanation, 'without' | 'solved'> {
  const pieces = plan.pieces.filter((piece) => piece.offerId !== offerId || piece.needId !== needId)
  const trial = new Trial(related, plan, needId)
  const exclusions = [...(related.exclusions ?? []), { offerId, needId }]
  const { outcome, others } = trial.solve({ ...related, standing: pieces, exclusions })
  const companies = new Map(related.offers.map(({ id, company }) => [id, company]))
  const instead = outcome.pieces.filter((piece) => piece.needId === needId)
  const asked = related.needs.find(({ id }) => id === needId)?.quantity ?? 0
  return {
    without: {
      instead: instead.map((piece) => ({ company: companies.get(piece.offerId) ?? '', units: piece.quantity })),
      missing: asked - givenTo(outcome, needId),
      others,
    },
    solved: trial.solved,
  }
}

interface About {
  readonly need: RoundNeed
  readonly school: RoundSchool
}

function factorsOf(input: RoundInput, offer: RoundOffer, { need, school }: About): MatchFactors {
  const ranked = need.ranking.indexOf(offer.id)
  const today = dayNumber(input.today) ?? 0
  const tiers = rivalTiers(input, offer, need)
  const count = (isMeant: (tier: Tier) => boolean): number => tiers.filter(isMeant).length
  return {
    tier: school.tier,
    equityIndex: school.equityIndex,
    urgency: need.urgency,
    deadline: need.deadline,
    scope: offer.territory.scope,
    days: Math.max(today, dayNumber(offer.validFrom) ?? today) - today + (offer.leadDays ?? 0),
    ranked: ranked < 0 ? null : ranked + 1,
    stood: input.standing.some((pair) => pair.offerId === offer.id && pair.needId === need.id),
    rivals: tiers.length,
    rivalsByTier: {
      before: count((tier) => tier < school.tier),
      same: count((tier) => tier === school.tier),
      after: count((tier) => tier > school.tier),
    },
  }
}

/** Tiers of the other needs that the offer fits. */
function rivalTiers(input: RoundInput, offer: RoundOffer, need: RoundNeed): readonly Tier[] {
  const schools = new Map(input.schools.map((school) => [school.id, school]))
  const kinds = new Set<string>(servedKinds(offer))
  return input.needs.flatMap((other) => {
    const school = schools.get(other.schoolId)
    if (other.id === need.id || school === undefined || !kinds.has(other.kind)) return []
    return satisfies(offer, { ...other, school }, input.today).ok ? [school.tier] : []
  })
}

function bindingOf(
  input: RoundInput,
  plan: PlanOutcome,
  { offer, need }: { offer: RoundOffer; need: RoundNeed },
): Binding {
  if (givenTo(plan, need.id) >= need.quantity) return 'need'
  const used = plan.pieces.filter(({ offerId }) => offerId === offer.id)
  const sum = (pieces: readonly RoundPiece[]): number => pieces.reduce((total, { quantity }) => total + quantity, 0)
  if (sum(used) >= offer.quantity) return 'offer'
  const mine = new Set(input.needs.flatMap(({ id, schoolId }) => (schoolId === need.schoolId ? id : [])))
  const lot = sum(used.filter(({ needId }) => mine.has(needId)))
  return lot >= (offer.maxPerSchool ?? Infinity) ? 'maximum' : 'other'
}

/** The same for whoever may not know which schools gain or lose. */
export const withoutNames = (effect: PlanEffect): PlanEffect => ({ ...effect, schools: [] as EffectSchool[] })
