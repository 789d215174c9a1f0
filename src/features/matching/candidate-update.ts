import { elementOf } from '../../shared/element-of.js'
import { ask, exclusionsOf, GrowingIntegers, searchFor, specFor, type Candidates, type Found } from './candidates.js'
import type { Costs } from './costs.js'
import { commonRules, firstFailure, type Question } from './hard-rules.js'
import type { ChangedOffer, InputChanges } from './input-changes.js'
import type { EngineOffer, MatchingInput } from './matching-input.js'
import type { OfferIndex } from './offer-index.js'

export interface UpdateParts {
  readonly input: MatchingInput
  readonly index: OfferIndex
  readonly costs: Costs
  readonly changes: InputChanges
}

/** What was known of the needs of a task, and what is asked now. */
export interface Update {
  /** Places now, and bits of what every unit has by now. */
  readonly needs: readonly number[]
  readonly has: Int32Array
  readonly before: Candidates | undefined
}

/**
 * Finds candidates again after some needs and offers have changed: for a need that is the same, only the changed offers
 * are looked at. The same as a search from nothing, but for the order of a need's candidates.
 */
export function updateCandidates(parts: UpdateParts, { needs, has, before }: Update): Candidates {
  const { input, index, costs, changes } = parts
  const found: Found = { offers: new GrowingIntegers(), points: new GrowingIntegers() }
  const [first, considered] = [new Int32Array(needs.length + 1), new Int32Array(needs.length)]
  const lacking = new Int32Array(needs.length)
  const excluded = exclusionsOf(input)
  const placeOf = new Map(before?.needs.map((place, at) => [place, at]))
  const removed = needs.map((place, at) => {
    const question = ask(input, place, has, excluded)
    considered[at] = index.total(question.need.kind)
    lacking[at] = question.kind.requires & ~question.has
    const known = placeOf.get(elementOf(changes.needBefore, place)) ?? -1
    const isKnown = changes.isSameNeed[place] === 1 && before?.lacking[known] === lacking[at]
    const counts = isKnown
      ? takeOver(question, { before, known, parts }, found)
      : searchFor(question, input.offers, index, costs, found)
    first[at + 1] = found.offers.length
    return counts
  })
  return { needs, first, offer: found.offers.toArray(), points: found.points.toArray(), lacking, considered, removed }
}

interface Known {
  readonly before: Candidates
  readonly known: number
  readonly parts: UpdateParts
}

/** Adds what was found before, without the offers that have changed, and those of them that are candidates now. */
function takeOver(question: Question, { before, known, parts }: Known, found: Found): Int32Array {
  const { input, costs, changes } = parts
  const counts = elementOf(before.removed, known).slice()
  for (let arc = elementOf(before.first, known); arc < elementOf(before.first, known + 1); arc++) {
    const place = changes.sameOfferNow[before.offer[arc] ?? -1] ?? -1
    if (place < 0) continue
    found.offers.push(place)
    found.points.push(before.points[arc] ?? 0)
  }
  for (const change of changes.offers) {
    const offer = nowOf(change, input)
    count(counts, outcomeOf(question, change.before), -1)
    const outcome = outcomeOf(question, offer)
    count(counts, outcome, 1)
    if (outcome !== fits || offer === undefined) continue
    found.offers.push(change.now)
    found.points.push(costs.pointsOf(offer, specFor(offer, question.need.kind), question))
  }
  return counts
}

const nowOf = ({ now }: ChangedOffer, { offers }: MatchingInput): EngineOffer | undefined => offers[now]

const fits = -1
const ofAnotherKind = -2

function count(counts: Int32Array, outcome: number, by: number): void {
  if (outcome >= 0) counts[outcome] = elementOf(counts, outcome) + by
}

/** The place of the rule that removes the offer, or one of the two above. */
function outcomeOf(question: Question, offer: EngineOffer | undefined): number {
  const { need, unit } = question
  if (offer?.serves.some(({ kind }) => kind === need.kind) !== true) return ofAnotherKind
  const { territory } = offer
  const place = territory.scope === 'authorities' ? unit.authority : unit.municipality
  const isNear = territory.scope === 'national' || (place >= 0 && territory.places.includes(place))
  return isNear ? firstFailure(question, offer, specFor(offer, need.kind)) : commonRules.indexOf('territory')
}
