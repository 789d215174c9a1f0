import type { Level } from '../../shared/level.js'
import type { Message } from '../../shared/message.js'
import { covers, type Place, type Territory } from '../../shared/territory.js'
import { dayNumber, encodeValue, holds } from './comparison.js'
import type { Dimension } from './dimension.js'
import { isKindCode, type Kind, type KindCode, type Prerequisite } from './kind.js'
import { kindOf } from './kinds.js'
import * as words from './verdict-words.js'

/** What an offer promises, as far as the rules look at it. */
export interface OfferTerms {
  /** Code of the catalogue. */
  readonly kind: string
  readonly spec: Readonly<Record<string, unknown>>
  readonly territory: Territory
  /** Empty = every level. */
  readonly levels: readonly Level[]
  /** ISO dates, inclusive; null = no limit. */
  readonly validFrom: string | null
  readonly validTo: string | null
  /** Days from the first day it is valid to the delivery; null = at once. */
  readonly leadDays: number | null
  /** Minimum lot for one school unit. */
  readonly minPerSchool: number | null
}

export interface SchoolTerms extends Place {
  /** Null: not stated, or both levels; then an offer for either is for this unit too. */
  readonly level: Level | null
  /** By the register, by an approved match, or by a match of the same plan. */
  readonly has: Readonly<Record<Prerequisite, boolean>>
}

export interface NeedTerms {
  /** Code of the catalogue. */
  readonly kind: string
  readonly spec: Readonly<Record<string, unknown>>
  /** Units still asked for. */
  readonly quantity: number
  /** ISO date, inclusive. */
  readonly deadline: string | null
  readonly school: SchoolTerms
}

/** The hard rules, in the order in which they are looked at. */
export const rules = [
  'kind',
  'refurbished',
  'territory',
  'level',
  'validity',
  'lead-time',
  'minimum-lot',
  'prerequisite',
  'specification',
] as const
export type RuleName = (typeof rules)[number]

export interface Failure {
  readonly rule: RuleName
  /** Name of the dimension for `specification`, of what is missing for `prerequisite`. */
  readonly about?: string
  readonly words: Message
}

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly failed: readonly Failure[] }

/** Kinds of need that this very offer can meet: a refurbished laptop is no desktop computer. */
export function servedKinds(offer: Pick<OfferTerms, 'kind' | 'spec'>): readonly KindCode[] {
  if (!isKindCode(offer.kind)) return []
  if (offer.kind !== 'DEV-USED') return kindOf(offer.kind).serves
  const type = offer.spec['usedType']
  return type === 'laptop' ? ['DEV-LAPTOP'] : type === 'desktop' ? ['DEV-DESKTOP'] : []
}

const isRefurbished = (offer: OfferTerms): boolean => offer.kind === 'DEV-USED'

/** First day on which the offer could be delivered, in days since 1970. */
function earliestDelivery(offer: OfferTerms, today: number): number {
  return Math.max(today, dayNumber(offer.validFrom) ?? today) + (offer.leadDays ?? 0)
}

function* dateFailures(offer: OfferTerms, need: NeedTerms, today: string): Generator<Failure> {
  const now = dayNumber(today)
  if (now === null) return
  const deadline = dayNumber(need.deadline)
  const from = dayNumber(offer.validFrom)
  const to = dayNumber(offer.validTo)
  if (to !== null && to < now) yield { rule: 'validity', words: words.ended(offer.validTo ?? '') }
  if (from !== null && from > (deadline ?? now))
    yield { rule: 'validity', words: words.notBegun(offer.validFrom ?? '') }
  if (deadline !== null && earliestDelivery(offer, now) > deadline) {
    yield { rule: 'lead-time', words: words.tooSlow(offer.leadDays ?? 0, need.deadline ?? '') }
  }
}

function* schoolFailures(offer: OfferTerms, { quantity, school }: NeedTerms, kind: Kind): Generator<Failure> {
  if (!covers(offer.territory, school)) yield { rule: 'territory', words: words.elsewhere(offer.territory) }
  if (school.level !== null && offer.levels.length > 0 && !offer.levels.includes(school.level)) {
    yield { rule: 'level', words: words.otherLevel(offer.levels) }
  }
  const lot = offer.minPerSchool ?? 1
  if (lot > quantity) yield { rule: 'minimum-lot', words: words.lotTooLarge(lot, quantity) }
  for (const thing of kind.requires) {
    if (!school.has[thing]) yield { rule: 'prerequisite', about: thing, words: words.lacks(thing) }
  }
}

function specificationFailure(dimension: Dimension, offer: OfferTerms, need: NeedTerms): Failure | null {
  if (dimension.need === 'absent') return null
  const offered = offer.spec[dimension.name]
  const asked = need.spec[dimension.name]
  if (holds(dimension.rule, encodeValue(dimension, offered), encodeValue(dimension, asked))) return null
  return { rule: 'specification', about: dimension.name, words: words.falls(dimension, offered, asked) }
}

/**
 * Whether an offer can serve a need: every hard rule, the same ones that a matching round compiles. `today` is the ISO
 * date of the question. Quantities are not compared beyond the minimum lot: half a need served is half a need served.
 *
 * - validity: the offer has not ended today, and it begins by the deadline (without a deadline: it has begun);
 * - lead time: from today, or from the first day of the offer if that is later, the lead days end by the deadline;
 * - prerequisites are those of the need's kind.
 *
 * Never throws: values of a wrong type count as not stated, an unknown kind serves nothing.
 */
export function satisfies(offer: OfferTerms, need: NeedTerms, today: string): Verdict {
  if (!isKindCode(need.kind) || !servedKinds(offer).includes(need.kind)) {
    return { ok: false, failed: [{ rule: 'kind', words: words.otherKind(offer.kind, need.kind) }] }
  }
  const kind = kindOf(need.kind)
  const failed: Failure[] = []
  if (isRefurbished(offer) && need.spec['refurbished'] !== true)
    failed.push({ rule: 'refurbished', words: words.wantsNew })
  failed.push(...schoolFailures(offer, need, kind), ...dateFailures(offer, need, today))
  for (const dimension of kind.dimensions) {
    const failure = specificationFailure(dimension, offer, need)
    if (failure !== null) failed.push(failure)
  }
  return failed.length === 0 ? { ok: true } : { ok: false, failed }
}
