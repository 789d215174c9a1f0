import { elementOf } from '../../shared/element-of.js'
import type { Candidates } from './candidates.js'
import type { Costs } from './costs.js'
import type { FlowProblem } from '../flow/index.js'
import type { MatchingInput } from './matching-input.js'

/**
 * The candidates as a flow: offers → needs, one arc a candidate, in the order of the candidates. Where several needs of
 * one unit could together get more of an offer than its maximum for a unit, their arcs start at a node of their own that
 * the offer feeds by an arc of that capacity; those feeding arcs come last.
 */
export interface Assignment {
  readonly problem: FlowProblem
  readonly candidates: Candidates
  /** Place in the input of every node that is an offer; nodes of needs come after, then the nodes between. */
  readonly offers: readonly number[]
  readonly firstNeedNode: number
  /** For every candidate: the node of its offer, and the place of its need among the needs of the candidates. */
  readonly offerNode: Int32Array
  readonly needOf: Int32Array
  /** For every candidate, the first candidate of the same offer and the same school unit: together they make one lot. */
  readonly lot: Int32Array
  /** Rank of every need of the candidates, and what a unit is worth on every candidate. */
  readonly ranks: Int32Array
  readonly value: Float64Array
}

export function buildAssignment(input: MatchingInput, candidates: Candidates, costs: Costs): Assignment {
  const { needs, offer } = candidates
  const offers = [...new Set(offer)].sort((one, other) => one - other)
  const needOf = ownersOf(candidates.first, offer.length)
  const ranks = Int32Array.from(needs, (place) => {
    const need = elementOf(input.needs, place)
    return costs.rankOf(need, elementOf(input.units, need.unit))
  })
  const value = Float64Array.from(offer, (_, arc) =>
    costs.valueOf(elementOf(ranks, elementOf(needOf, arc)), elementOf(candidates.points, arc)),
  )
  const nodeOf = new Map(offers.map((place, node) => [place, node]))
  const offerNode = offer.map((place) => nodeOf.get(place) ?? -1)
  const groups = groupsOf(input, candidates)
  const lot = Int32Array.from(offer, (_, arc) => arc)
  for (const group of groups) for (const arc of group) lot[arc] = elementOf(group, 0)
  const parts = { candidates, offers, firstNeedNode: offers.length, offerNode, needOf, lot, ranks, value }
  return { ...parts, problem: layOut(input, parts, groups.filter(isBinding(input, candidates, needOf))) }
}

/** Candidates of one offer for several needs of one school unit. */
type Group = readonly number[]

const isBinding =
  (input: MatchingInput, { offer, needs }: Candidates, needOf: Int32Array) =>
  (group: Group): boolean => {
    const asked = group.map((arc) => elementOf(input.needs, elementOf(needs, elementOf(needOf, arc))).quantity)
    const { maxPerUnit } = elementOf(input.offers, elementOf(offer, elementOf(group, 0)))
    return maxPerUnit < asked.reduce((sum, units) => sum + units, 0)
  }

function layOut(input: MatchingInput, parts: Omit<Assignment, 'problem'>, shared: readonly Group[]): FlowProblem {
  const { candidates, offers, firstNeedNode, offerNode, needOf, value } = parts
  const { needs, offer } = candidates
  const [arcs, nodes] = [offer.length, firstNeedNode + needs.length]
  const [from, to] = [new Int32Array(arcs + shared.length), new Int32Array(arcs + shared.length)]
  const [capacity, cost] = [new Int32Array(arcs + shared.length), new Float64Array(arcs + shared.length)]
  const supply = new Int32Array(nodes + shared.length)
  offers.forEach((place, node) => (supply[node] = elementOf(input.offers, place).quantity))
  needs.forEach((place, at) => (supply[firstNeedNode + at] = -elementOf(input.needs, place).quantity))
  for (let arc = 0; arc < arcs; arc++) {
    const need = elementOf(needOf, arc)
    const { quantity, maxPerUnit } = elementOf(input.offers, elementOf(offer, arc))
    from[arc] = elementOf(offerNode, arc)
    to[arc] = firstNeedNode + need
    capacity[arc] = Math.min(quantity, maxPerUnit, elementOf(input.needs, elementOf(needs, need)).quantity)
    cost[arc] = -elementOf(value, arc)
  }
  shared.forEach((group, at) => {
    const first = elementOf(group, 0)
    from[arcs + at] = elementOf(offerNode, first)
    to[arcs + at] = nodes + at
    capacity[arcs + at] = elementOf(input.offers, elementOf(offer, first)).maxPerUnit
    for (const arc of group) from[arc] = nodes + at
  })
  return { supply, from, to, capacity, cost }
}

function ownersOf(first: Int32Array, count: number): Int32Array {
  const owners = new Int32Array(count)
  for (let owner = 0; owner + 1 < first.length; owner++) owners.fill(owner, first[owner], first[owner + 1])
  return owners
}

/** All groups of more than one candidate. */
function groupsOf(input: MatchingInput, { needs, first, offer }: Candidates): readonly Group[] {
  const ofUnit = new Map<number, number[]>()
  needs.forEach((place, at) => {
    const { unit } = elementOf(input.needs, place)
    const list = ofUnit.get(unit)
    if (list === undefined) ofUnit.set(unit, [at])
    else list.push(at)
  })
  return [...ofUnit.values()].flatMap((members) => {
    if (members.length < 2) return []
    const arcsOf = new Map<number, number[]>()
    for (const at of members) {
      for (let arc = elementOf(first, at); arc < elementOf(first, at + 1); arc++) {
        const place = elementOf(offer, arc)
        arcsOf.set(place, [...(arcsOf.get(place) ?? []), arc])
      }
    }
    return [...arcsOf.values()].filter((arcs) => arcs.length > 1)
  })
}
