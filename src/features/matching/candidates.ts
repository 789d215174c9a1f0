import { elementOf } from '../../shared/element-of.js'
import type { Costs } from './costs.js'
import type { EngineOffer, MatchingInput } from './matching-input.js'
import { commonRules, firstFailure, specificationRules, type Question } from './hard-rules.js'
import type { OfferIndex } from './offer-index.js'

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

/**
 * Finds the candidates of the needs at the places given. `has` are the bits of what each unit has by now: a need whose
 * prerequisite is missing has no candidate.
 */
export function findCandidates(
  input: MatchingInput,
  index: OfferIndex,
  costs: Costs,
  { needs, has, known }: Sought,
): Candidates {
  const found: Found = { offers: new GrowingIntegers(), points: new GrowingIntegers() }
  const first = new Int32Array(needs.length + 1)
  const considered = new Int32Array(needs.length)
  const lacking = new Int32Array(needs.length)
  const excluded = exclusionsOf(input)
  const removed = needs.map((place, at) => {
    const question = ask(input, place, has, excluded)
    considered[at] = index.total(question.need.kind)
    lacking[at] = question.kind.requires & ~question.has
    const counts =
      known?.lacking[at] === lacking[at]
        ? copy(known, at, found)
        : searchFor(question, input.offers, index, costs, found)
    first[at + 1] = found.offers.length
    return counts
  })
  return { needs, first, offer: found.offers.toArray(), points: found.points.toArray(), lacking, considered, removed }
}

interface Sought {
  readonly needs: readonly number[]
  readonly has: Int32Array
  /** Candidates of the same needs under another `has`: where nothing else is lacking, nothing else is found. */
  readonly known?: Candidates | undefined
}

/** Adds what was found for a need before. */
function copy({ first, offer, points, removed }: Candidates, at: number, found: Found): Int32Array {
  for (let arc = elementOf(first, at); arc < elementOf(first, at + 1); arc++) {
    found.offers.push(elementOf(offer, arc))
    found.points.push(elementOf(points, arc))
  }
  return elementOf(removed, at)
}

export interface Found {
  readonly offers: GrowingIntegers
  readonly points: GrowingIntegers
}

/** Adds the candidates of one need; returns how many offers each rule removed. */
export function searchFor(
  question: Question,
  offers: readonly EngineOffer[],
  index: OfferIndex,
  costs: Costs,
  found: Found,
): Int32Array {
  const { need, unit, kind } = question
  const counts = new Int32Array(specificationRules + kind.rules.length)
  let elsewhere = index.total(need.kind)
  for (const list of index.at(need.kind, unit.authority, unit.municipality)) {
    elsewhere -= list.length
    for (const place of list) {
      const offer = elementOf(offers, place)
      const spec = specFor(offer, need.kind)
      const failed = firstFailure(question, offer, spec)
      if (failed >= 0) {
        counts[failed] = elementOf(counts, failed) + 1
        continue
      }
      found.offers.push(place)
      found.points.push(costs.pointsOf(offer, spec, question))
    }
  }
  counts[commonRules.indexOf('territory')] = elsewhere
  return counts
}

/** Most offers serve one kind, and the index has chosen them for it. */
export function specFor({ serves }: EngineOffer, kind: number): readonly number[] {
  const served = serves.length === 1 ? serves[0] : serves.find((one) => one.kind === kind)
  return served?.spec ?? []
}

export type Exclusions = ReadonlyMap<string, ReadonlySet<string>>

/** Ids of the offers that are excluded, by id of the need. */
export function exclusionsOf({ exclusions = [] }: MatchingInput): Exclusions {
  const excluded = new Map<string, Set<string>>()
  for (const { offerId, needId } of exclusions) excluded.set(needId, (excluded.get(needId) ?? new Set()).add(offerId))
  return excluded
}

export function ask(input: MatchingInput, place: number, has: Int32Array, exclusions: Exclusions): Question {
  const need = elementOf(input.needs, place)
  const unit = elementOf(input.units, need.unit)
  const kind = elementOf(input.kinds, need.kind)
  return { need, unit, kind, today: input.today, has: has[need.unit] ?? 0, excluded: exclusions.get(need.id) }
}

/** A list of 32-bit integers whose length is not known before; a number takes four bytes, not an object's eight or more. */
export class GrowingIntegers {
  private held = new Int32Array(1024)
  private count = 0

  get length(): number {
    return this.count
  }

  push(value: number): void {
    if (this.count === this.held.length) {
      const larger = new Int32Array(this.held.length * 2)
      larger.set(this.held)
      this.held = larger
    }
    this.held[this.count++] = value
  }

  /** A copy of the right length. */
  toArray(): Int32Array {
    return this.held.slice(0, this.count)
  }
}
