import type { Costs } from './costs.js'
import { GrowingIntegers } from './growing-integers.js'
import type { Comparison, EngineNeed, EngineOffer, EngineUnit, MatchingInput, NeedKind } from './matching-input.js'
import type { OfferIndex } from './offer-index.js'

/** The rules that every kind has, in the order in which they are looked at; then come those of its specification. */
export const commonRules = [
  'territory',
  'level',
  'validity',
  'lead-time',
  'minimum-lot',
  'prerequisite',
  'excluded',
] as const
const [byTerritory, byLevel, byValidity, byLeadTime, byMinimumLot, byPrerequisite, byExclusion] = [
  0, 1, 2, 3, 4, 5, 6,
] as const
const specification = commonRules.length

/** All pairs of some needs with the offers that keep every hard rule, need by need. */
export interface Candidates {
  /** Places of the needs in the input. */
  readonly needs: readonly number[]
  /** Candidates of the need at place n are those from first[n] up to first[n + 1]. */
  readonly first: Int32Array
  /** Place of the offer in the input, and its points for the need. */
  readonly offer: Int32Array
  readonly points: Int32Array
  /** Bits of what the unit lacks for it; without them every offer is removed. */
  readonly lacking: Int32Array
  /** Offers of the kind, and how many each rule removed: the first that fails counts. */
  readonly considered: Int32Array
  readonly removed: readonly Int32Array[]
}

interface Question {
  readonly need: EngineNeed
  readonly unit: EngineUnit
  readonly kind: NeedKind
  readonly today: number
  /** Bits of what the unit has, by the register and by this plan so far. */
  readonly has: number
  /** Offers that are excluded for the need, by id. */
  readonly excluded: ReadonlySet<string> | undefined
}

/**
 * Finds the candidates of the needs at the places given. `has` are the bits of what each unit has by now: a need whose
 * prerequisite is missing has no candidate.
 */
export function findCandidates(
  input: MatchingInput,
  index: OfferIndex,
  costs: Costs,
  { needs, has }: { readonly needs: readonly number[]; readonly has: Int32Array },
): Candidates {
  const [offers, points] = [new GrowingIntegers(), new GrowingIntegers()]
  const first = new Int32Array(needs.length + 1)
  const considered = new Int32Array(needs.length)
  const lacking = new Int32Array(needs.length)
  const excluded = exclusionsOf(input)
  const removed = needs.map((place, at) => {
    const question = ask(input, place, has, excluded)
    const { need, unit, kind } = question
    const counts = new Int32Array(specification + kind.rules.length)
    considered[at] = index.total(need.kind)
    lacking[at] = kind.requires & ~question.has
    let reached = 0
    for (const list of index.at(need.kind, unit.authority, unit.municipality)) {
      reached += list.length
      for (const candidate of list) {
        const offer = elementOf(input.offers, candidate)
        const spec = offer.serves.length === 1 ? offer.serves[0]?.spec : specFor(offer, need.kind)
        const failed = firstFailure(question, offer, spec ?? [])
        if (failed >= 0) {
          counts[failed] = (counts[failed] ?? 0) + 1
          continue
        }
        offers.push(candidate)
        points.push(costs.pointsOf(offer, spec ?? [], need, kind.rules))
      }
    }
    counts[byTerritory] = (considered[at] ?? 0) - reached
    first[at + 1] = offers.length
    return counts
  })
  return { needs, first, offer: offers.toArray(), points: points.toArray(), lacking, considered, removed }
}

const specFor = (offer: EngineOffer, kind: number): readonly number[] | undefined =>
  offer.serves.find((served) => served.kind === kind)?.spec

type Exclusions = ReadonlyMap<string, ReadonlySet<string>>

/** Ids of the offers that are excluded, by id of the need. */
function exclusionsOf({ exclusions = [] }: MatchingInput): Exclusions {
  const excluded = new Map<string, Set<string>>()
  for (const { offerId, needId } of exclusions) excluded.set(needId, (excluded.get(needId) ?? new Set()).add(offerId))
  return excluded
}

function ask(input: MatchingInput, place: number, has: Int32Array, exclusions: Exclusions): Question {
  const need = elementOf(input.needs, place)
  const unit = elementOf(input.units, need.unit)
  const kind = elementOf(input.kinds, need.kind)
  return { need, unit, kind, today: input.today, has: has[need.unit] ?? 0, excluded: exclusions.get(need.id) }
}

/** The place of the first rule that the offer breaks, or -1. The territory was kept by the index. */
function firstFailure(question: Question, offer: EngineOffer, spec: readonly number[]): number {
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
  for (let at = 0; at < kind.rules.length; at++) {
    const asked = need.spec[at] ?? NaN
    if (!Number.isNaN(asked) && !holds(kind.rules[at]?.comparison ?? 'equal', spec[at] ?? NaN, asked)) {
      return specification + at
    }
  }
  return -1
}

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

/** For places that the engine itself made: a miss is a defect of the caller. */
export function elementOf<Item>(items: ArrayLike<Item>, place: number): Item {
  const item = items[place]
  if (item === undefined) throw new RangeError(`No element ${place} among ${items.length}`)
  return item
}
