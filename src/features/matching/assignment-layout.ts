import { elementOf } from '../../shared/element-of.js'
import type { Assignment, Favoured, Group } from './assignment.js'
import type { Costs } from './costs.js'
import { FlowDraft, problemOf } from './flow-draft.js'
import type { MatchingInput } from './matching-input.js'
import type { CandidateFacts, Favour, Objective } from './objective.js'
import { laddersOf, Standings, type Ladders } from './share-ladders.js'

type Parts = Omit<Assignment, 'problem' | 'value' | 'ladders' | 'favours'>

interface Wanted {
  readonly groups: readonly Group[]
  readonly objective: Objective
  readonly standings: Standings | undefined
}

/**
 * Lays out the flow of some candidates. Between an offer and its needs there may be, in this order: a node for all units
 * outside the authorities that the offer keeps a part for, fed by what it does not keep; and a node for the needs of one
 * unit, fed by the maximum for a unit, where they could get more together. Where shares count, a need passes its units
 * on to a node of its authority, which has an arc for every rung of its ladder.
 */
export function layOut(input: MatchingInput, parts: Parts, { groups, objective, standings }: Wanted): Assignment {
  const binding = groups.filter((group) => isBinding(input, parts, group))
  const draft = new FlowDraft(parts.firstNeedNode + parts.candidates.needs.length)
  const tails = tailsOf(input, parts, binding, draft)
  // Nodes of the ladders are few: one an authority and one for all.
  const { candidates } = parts
  const valuation = objective.valuation(draft.nodes + (objective.steps === 0 ? 0 : input.units.length + 1))
  const before = standings ?? new Standings()
  const facts = factsOf(input, parts, objective.costs, before)
  const value = new Float64Array(candidates.offer.length)
  for (let arc = 0; arc < value.length; arc++) value[arc] = valuation.worthOf(facts(arc))
  const steps = { steps: objective.steps, worthOfStep: valuation.worthOfStep, standings: before }
  const ladders = objective.steps === 0 ? null : laddersOf(input, candidates.needs, steps)
  // A node that passes units on may also drop them: a toll before it, given back after it, keeps that from paying.
  const toll = ladders === null ? 0 : value.reduce((most, worth) => Math.max(most, worth), 0) + 1
  const whole = { ...parts, value, ladders, favours: [] }
  const capacity = capacitiesOf(input, whole)
  const { favourOf } = valuation
  const favours =
    favourOf === null ? [] : favour(whole, { favourOf: (arc) => favourOf(facts(arc)), capacity, tails }, draft)
  if (ladders !== null) climb(input, parts, { ladders, toll }, draft)
  return { ...whole, favours, problem: problemOf(input, whole, { tails, capacity, toll }, draft) }
}

function isBinding(input: MatchingInput, { candidates: { needs, offer }, needOf }: Parts, group: Group): boolean {
  const asked = group.map((arc) => elementOf(input.needs, elementOf(needs, elementOf(needOf, arc))).quantity)
  const { maxPerUnit } = elementOf(input.offers, elementOf(offer, elementOf(group, 0)))
  return maxPerUnit < asked.reduce((sum, units) => sum + units, 0)
}

/** Where every candidate's arc begins. */
function tailsOf(input: MatchingInput, parts: Parts, binding: readonly Group[], draft: FlowDraft): Int32Array {
  const { offerNode, outside, candidates } = parts
  const nodes = new Map<number, number>()
  const tails = offerNode.map((offer, arc) => {
    if (outside[arc] !== 1) return offer
    const known = nodes.get(offer)
    if (known !== undefined) return known
    const { quantity, kept } = elementOf(input.offers, elementOf(candidates.offer, arc))
    const node = draft.node()
    nodes.set(offer, node)
    draft.arc(offer, node, Math.max(0, quantity - (kept?.units ?? 0)))
    return node
  })
  for (const group of binding) {
    const first = elementOf(group, 0)
    const node = draft.node()
    draft.arc(elementOf(tails, first), node, elementOf(input.offers, elementOf(candidates.offer, first)).maxPerUnit)
    for (const arc of group) tails[arc] = node
  }
  return tails
}

type Facts = (arc: number) => CandidateFacts

function factsOf(input: MatchingInput, parts: Parts, costs: Costs, before: Standings): Facts {
  const { candidates, needOf, offerNode } = parts
  const needs = candidates.needs.map((place) => elementOf(input.needs, place))
  const units = needs.map(({ unit }) => elementOf(input.units, unit))
  const offers = parts.offers.map((place) => elementOf(input.offers, place))
  const ranks = Int32Array.from(candidates.needs, (place) => {
    const need = elementOf(input.needs, place)
    return costs.rankOf(need, elementOf(input.units, need.unit))
  })
  return (arc) => {
    const at = needOf[arc] ?? -1
    const need = elementOf(needs, at)
    const offer = elementOf(offers, offerNode[arc] ?? -1)
    return {
      need,
      unit: elementOf(units, at),
      offer,
      rank: ranks[at] ?? 0,
      points: candidates.points[arc] ?? 0,
      isKnown: before.isServing(need.unit, offer.partner),
    }
  }
}

function capacitiesOf(input: MatchingInput, { candidates, needOf, offerNode, offers }: Parts): Int32Array {
  const most = Int32Array.from(offers, (place) => {
    const { quantity, maxPerUnit } = elementOf(input.offers, place)
    return Math.min(quantity, maxPerUnit)
  })
  const asked = Int32Array.from(candidates.needs, (place) => elementOf(input.needs, place).quantity)
  return offerNode.map((offer, arc) => Math.min(most[offer] ?? 0, asked[needOf[arc] ?? -1] ?? 0))
}

interface Laid {
  readonly favourOf: (candidate: number) => Favour | null
  readonly capacity: Int32Array
  readonly tails: Int32Array
}

/** Gives the first units of some candidates an arc of their own, out of the capacity of the candidate's. */
function favour(
  { candidates, firstNeedNode, needOf, value }: Parts & { readonly value: Float64Array },
  { favourOf, capacity, tails }: Laid,
  draft: FlowDraft,
): readonly Favoured[] {
  const favours: Favoured[] = []
  for (let candidate = 0; candidate < candidates.offer.length; candidate++) {
    const given = favourOf(candidate)
    if (given === null) continue
    const room = elementOf(capacity, candidate)
    const units = Math.min(given.units, room)
    const worth = elementOf(value, candidate) + given.worth
    const arc = candidates.offer.length + draft.to.length
    draft.arc(elementOf(tails, candidate), firstNeedNode + elementOf(needOf, candidate), units, -worth)
    capacity[candidate] = room - units
    favours.push({ candidate, arc, units, worth: given.worth })
  }
  return favours
}

interface Tolled {
  readonly ladders: Ladders
  readonly toll: number
}

function climb(
  input: MatchingInput,
  { candidates, firstNeedNode }: Parts,
  { ladders, toll }: Tolled,
  draft: FlowDraft,
): void {
  const tops = ladders.rungs.map(() => draft.node())
  const end = draft.node()
  candidates.needs.forEach((place, at) => {
    draft.arc(
      firstNeedNode + at,
      elementOf(tops, elementOf(ladders.ofNeed, at)),
      elementOf(input.needs, place).quantity,
    )
  })
  ladders.rungs.forEach((rungs, at) => {
    for (const { units, worth } of rungs) draft.arc(elementOf(tops, at), end, units, -worth - toll)
  })
}
