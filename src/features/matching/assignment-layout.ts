import { elementOf } from '../../shared/element-of.js'
import type { Assignment, Group } from './assignment.js'
import type { Costs } from './costs.js'
import type { FlowProblem } from '../flow/index.js'
import type { MatchingInput } from './matching-input.js'
import type { Objective } from './objective.js'
import { laddersOf, Standings, type Ladders } from './share-ladders.js'

type Parts = Omit<Assignment, 'problem' | 'value' | 'ladders'>

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
  const { candidates, firstNeedNode } = parts
  const binding = groups.filter((group) => isBinding(input, parts, group))
  const draft = new Draft(firstNeedNode + candidates.needs.length)
  const tails = tailsOf(input, parts, binding, draft)
  // Nodes of the ladders are few: one an authority and one for all.
  const valuation = objective.valuation(draft.nodes + (objective.steps === 0 ? 0 : input.units.length + 1))
  const value = valuesOf(input, parts, objective.costs, valuation.worthOf)
  const ladders =
    objective.steps === 0
      ? null
      : laddersOf(input, candidates.needs, {
          steps: objective.steps,
          worthOfStep: valuation.worthOfStep,
          standings: standings ?? new Standings(),
        })
  // A node that passes units on may also drop them: a toll before it, given back after it, keeps that from paying.
  const toll = ladders === null ? 0 : value.reduce((most, worth) => Math.max(most, worth), 0) + 1
  if (ladders !== null) climb(input, parts, { ladders, toll }, draft)
  return { ...parts, value, ladders, problem: problemOf(input, { ...parts, value, ladders }, { tails, toll }, draft) }
}

/** Nodes and arcs besides those of offers, needs and candidates. */
class Draft {
  readonly from: number[] = []
  readonly to: number[] = []
  readonly capacity: number[] = []
  readonly cost: number[] = []

  constructor(public nodes: number) {}

  node(): number {
    return this.nodes++
  }

  arc(from: number, to: number, capacity: number, cost = 0): void {
    this.from.push(from)
    this.to.push(to)
    this.capacity.push(capacity)
    this.cost.push(cost)
  }
}

function isBinding(input: MatchingInput, { candidates: { needs, offer }, needOf }: Parts, group: Group): boolean {
  const asked = group.map((arc) => elementOf(input.needs, elementOf(needs, elementOf(needOf, arc))).quantity)
  const { maxPerUnit } = elementOf(input.offers, elementOf(offer, elementOf(group, 0)))
  return maxPerUnit < asked.reduce((sum, units) => sum + units, 0)
}

/** Where every candidate's arc begins. */
function tailsOf(input: MatchingInput, parts: Parts, binding: readonly Group[], draft: Draft): Int32Array {
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

function valuesOf(
  input: MatchingInput,
  { candidates, needOf }: Parts,
  costs: Costs,
  worthOf: ReturnType<Objective['valuation']>['worthOf'],
): Float64Array {
  const ranks = Int32Array.from(candidates.needs, (place) => {
    const need = elementOf(input.needs, place)
    return costs.rankOf(need, elementOf(input.units, need.unit))
  })
  return Float64Array.from(candidates.offer, (place, arc) => {
    const at = elementOf(needOf, arc)
    const need = elementOf(input.needs, elementOf(candidates.needs, at))
    return worthOf({
      need,
      unit: elementOf(input.units, need.unit),
      offer: elementOf(input.offers, place),
      rank: elementOf(ranks, at),
      points: elementOf(candidates.points, arc),
    })
  })
}

interface Tolled {
  readonly ladders: Ladders
  readonly toll: number
}

function climb(
  input: MatchingInput,
  { candidates, firstNeedNode }: Parts,
  { ladders, toll }: Tolled,
  draft: Draft,
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

function problemOf(
  input: MatchingInput,
  parts: Omit<Assignment, 'problem'>,
  { tails, toll }: { readonly tails: Int32Array; readonly toll: number },
  draft: Draft,
): FlowProblem {
  const { candidates, offers, firstNeedNode, needOf, value, ladders } = parts
  const { needs, offer } = candidates
  const quantityOf = (at: number): number => elementOf(input.needs, elementOf(needs, at)).quantity
  const supply = new Int32Array(draft.nodes)
  offers.forEach((place, node) => (supply[node] = elementOf(input.offers, place).quantity))
  if (ladders === null) needs.forEach((_, at) => (supply[firstNeedNode + at] = -quantityOf(at)))
  else supply[draft.nodes - 1] = -needs.reduce((sum, _, at) => sum + quantityOf(at), 0)
  const arcs = offer.length
  const [from, to] = [new Int32Array(arcs + draft.to.length), new Int32Array(arcs + draft.to.length)]
  const [capacity, cost] = [new Int32Array(from.length), new Float64Array(from.length)]
  from.set(tails)
  for (let arc = 0; arc < arcs; arc++) {
    const { quantity, maxPerUnit } = elementOf(input.offers, elementOf(offer, arc))
    to[arc] = firstNeedNode + elementOf(needOf, arc)
    capacity[arc] = Math.min(quantity, maxPerUnit, quantityOf(elementOf(needOf, arc)))
    cost[arc] = toll - elementOf(value, arc)
  }
  from.set(draft.from, arcs)
  to.set(draft.to, arcs)
  capacity.set(draft.capacity, arcs)
  cost.set(draft.cost, arcs)
  return { supply, from, to, capacity, cost }
}
