import { elementOf } from '../../shared/element-of.js'
import type { EngineNeed, EngineOffer, EngineUnit, MatchingInput } from './matching-input.js'

/** An offer that has come, gone or changed, as it was and as it is. */
export interface ChangedOffer {
  readonly before: EngineOffer | undefined
  /** Place in the input as it is now; -1 = gone. */
  readonly now: number
}

/** What differs between two questions about the same kinds, by place; both in the order of ids. */
export class InputChanges {
  /** For every place before: the place now of the same offer; -1 = gone. */
  readonly offerNow: Int32Array
  /** The same, but -1 for an offer that has changed, too. */
  readonly sameOfferNow: Int32Array
  readonly offers: readonly ChangedOffer[]
  /** For every place now: the place before of the same need, -1 = new; and whether it and all about it is unchanged. */
  readonly needBefore: Int32Array
  readonly isSameNeed: Uint8Array

  constructor(before: MatchingInput, now: MatchingInput) {
    this.offerNow = placesIn(before.offers, now.offers)
    this.sameOfferNow = this.offerNow.map((place, at) =>
      place >= 0 && alike(before.offers[at], now.offers[place]) ? place : -1,
    )
    const isKnown = new Uint8Array(now.offers.length)
    for (const place of this.offerNow) if (place >= 0) isKnown[place] = 1
    this.offers = [
      ...before.offers.flatMap((offer, at) => {
        return elementOf(this.sameOfferNow, at) < 0 ? [{ before: offer, now: elementOf(this.offerNow, at) }] : []
      }),
      ...[...isKnown.keys()]
        .filter((place) => isKnown[place] === 0)
        .map((place) => ({ before: undefined, now: place })),
    ]
    this.needBefore = placesIn(now.needs, before.needs)
    const touched = touchedNeeds(before, now)
    this.isSameNeed = Uint8Array.from(this.needBefore, (place, at) => {
      const need = elementOf(now.needs, at)
      return Number(place >= 0 && !touched.has(need.id) && isSame(before, now, elementOf(before.needs, place), need))
    })
  }
}

/** Whether candidates found for one question say anything about the other. */
export const isComparable = (before: MatchingInput, now: MatchingInput): boolean =>
  before.today === now.today &&
  alike(before.kinds, now.kinds) &&
  alike(before.scoring, now.scoring) &&
  alike(before.limits, now.limits)

interface Named {
  readonly id: string
}

/** For every item of the first list the place of its namesake in the second, or -1. */
function placesIn(items: readonly Named[], others: readonly Named[]): Int32Array {
  const placeOf = new Map(others.map(({ id }, place) => [id, place]))
  return Int32Array.from(items, ({ id }) => placeOf.get(id) ?? -1)
}

function isSame(before: MatchingInput, now: MatchingInput, one: EngineNeed, other: EngineNeed): boolean {
  const units: readonly [EngineUnit, EngineUnit] = [elementOf(before.units, one.unit), elementOf(now.units, other.unit)]
  return alike(units[0], units[1]) && alike({ ...one, unit: 0 }, { ...other, unit: 0 })
}

/** Ids of the needs whose pairs are proposed or excluded in one question and not in the other. */
function touchedNeeds(before: MatchingInput, now: MatchingInput): ReadonlySet<string> {
  const pairs = ({ standing, exclusions = [] }: MatchingInput): Map<string, string> =>
    new Map([
      ...standing.map((pair) => [`s ${pair.offerId}\u0000${pair.needId}`, pair.needId] as const),
      ...exclusions.map((pair) => [`x ${pair.offerId}\u0000${pair.needId}`, pair.needId] as const),
    ])
  const [old, fresh] = [pairs(before), pairs(now)]
  const onlyIn = (some: Map<string, string>, others: Map<string, string>): string[] =>
    [...some].filter(([pair]) => !others.has(pair)).map(([, needId]) => needId)
  return new Set([...onlyIn(old, fresh), ...onlyIn(fresh, old)])
}

/** Equal in every part; NaN equals NaN. */
function alike(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const [mine, theirs] = [one as Readonly<Record<string, unknown>>, other as Readonly<Record<string, unknown>>]
  const keys = Object.keys(mine)
  return keys.length === Object.keys(theirs).length && keys.every((key) => alike(mine[key], theirs[key]))
}
