import type { Comparison, EngineNeed, EngineOffer, EngineUnit, NeedKind } from './matching-input.js'

/** The rules that every kind has, in the order in which they are looked at; then come those of its specification. */
export const commonRules = [
  'territory',
  'level',
  'validity',
  'lead-time',
  'minimum-lot',
  'prerequisite',
  'excluded',
  'refused',
  'kept',
] as const
const [, byLevel, byValidity, byLeadTime, byMinimumLot] = [0, 1, 2, 3, 4] as const
const [byPrerequisite, byExclusion, byRefusal, byWish] = [5, 6, 7, 8] as const
/** Where the rules of the specification begin. */
export const specificationRules = commonRules.length

/** One need with everything that the rules look at. */
export interface Question {
  readonly need: EngineNeed
  readonly unit: EngineUnit
  readonly kind: NeedKind
  readonly today: number
  /** Bits of what the unit has, by the register and by this plan so far. */
  readonly has: number
  /** Offers that are excluded for the need, by id. */
  readonly excluded: ReadonlySet<string> | undefined
}

/** The place of the first rule that the offer breaks, or -1. The territory was kept by the index. */
export function firstFailure(question: Question, offer: EngineOffer, spec: readonly number[]): number {
  const { need, unit, kind, today, has, excluded } = question
  if ((offer.levels & unit.levels) === 0) return byLevel
  const begins = need.deadline === Infinity ? today : need.deadline
  if (offer.validTo < today || offer.validFrom > begins) return byValidity
  if (Math.max(today, offer.validFrom) + offer.leadDays > need.deadline) return byLeadTime
  if (offer.minPerUnit > need.quantity || offer.minPerUnit > Math.min(offer.maxPerUnit, offer.quantity)) {
    return byMinimumLot
  }
  if ((kind.requires & ~has) !== 0) return byPrerequisite
  if (excluded?.has(offer.id) === true) return byExclusion
  if (isRefused(need, offer)) return byRefusal
  if (isKeptFrom(unit, offer)) return byWish
  for (let at = 0; at < kind.rules.length; at++) {
    const asked = need.spec[at] ?? NaN
    if (!Number.isNaN(asked) && !holds(kind.rules[at]?.comparison ?? 'equal', spec[at] ?? NaN, asked)) {
      return specificationRules + at
    }
  }
  return -1
}

/** The offer keeps so much for units of other authorities that no lot is left for this one. */
const isKeptFrom = ({ authority }: EngineUnit, { kept, quantity, minPerUnit }: EngineOffer): boolean =>
  kept !== null && quantity - kept.units < minPerUnit && !kept.authorities.includes(authority)

/** Most schools refuse nothing. */
const isRefused = ({ refusedOffers, refusedPartners }: EngineNeed, { id, partner }: EngineOffer): boolean =>
  (refusedOffers.length > 0 && refusedOffers.includes(id)) ||
  (refusedPartners.length > 0 && refusedPartners.includes(partner))

function holds(comparison: Comparison, offered: number, asked: number): boolean {
  switch (comparison) {
    case 'at-least':
      return offered >= asked
    case 'at-most':
      return offered <= asked
    case 'equal':
      return offered === asked
    case 'includes-all':
      return (offered & asked) === asked
    case 'overlaps':
      return (offered & asked) !== 0
  }
}
