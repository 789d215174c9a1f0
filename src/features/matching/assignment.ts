import { elementOf, type Candidates } from './candidates.js'
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
  /** Place among the needs of the candidates, for every candidate. */
  readonly needOf: Int32Array
  /** Rank of every need of the candidates, and what a unit is worth on every candidate. */
  readonly ranks: Int32Array
  readonly value: Float64Array
}

interface Shared {
  readonly offer: number
  readonly arcs: readonly number[]
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
  const shared = findShared(input, candidates)
  const problem = layOut(input, candidates, { offers, needOf, value, shared })
  return { problem, candidates, offers, firstNeedNode: offers.length, needOf, ranks, value }
}

interface Parts extends Pick<Assignment, 'offers' | 'needOf' | 'value'> {
  readonly shared: readonly Shared[]
}

function layOut(input: MatchingInput, candidates: Candidates, { offers, needOf, value, shared }: Parts): FlowProblem {
  const { needs, offer } = candidates
  const nodeOf = new Map(offers.map((place, node) => [place, node]))
  const [arcs, nodes] = [offer.length, offers.length + needs.length + shared.length]
  const [from, to] = [new Int32Array(arcs + shared.length), new Int32Array(arcs + shared.length)]
  const [capacity, cost] = [new Int32Array(arcs + shared.length), new Float64Array(arcs + shared.length)]
  const supply = new Int32Array(nodes)
  offers.forEach((place, node) => (supply[node] = elementOf(input.offers, place).quantity))
  needs.forEach((place, at) => (supply[offers.length + at] = -elementOf(input.needs, place).quantity))
  for (let arc = 0; arc < arcs; arc++) {
    const place = elementOf(offer, arc)
    const need = elementOf(needOf, arc)
    const { quantity, maxPerUnit } = elementOf(input.offers, place)
    from[arc] = nodeOf.get(place) ?? -1
    to[arc] = offers.length + need
    capacity[arc] = Math.min(quantity, maxPerUnit, elementOf(input.needs, elementOf(needs, need)).quantity)
    cost[arc] = -elementOf(value, arc)
  }
  shared.forEach(({ offer: place, arcs: members }, at) => {
    const between = offers.length + needs.length + at
    from[arcs + at] = nodeOf.get(place) ?? -1
    to[arcs + at] = between
    capacity[arcs + at] = elementOf(input.offers, place).maxPerUnit
    for (const arc of members) from[arc] = between
  })
  return { supply, from, to, capacity, cost }
}

function ownersOf(first: Int32Array, count: number): Int32Array {
  const owners = new Int32Array(count)
  for (let owner = 0; owner + 1 < first.length; owner++) owners.fill(owner, first[owner], first[owner + 1])
  return owners
}

/** Offers whose maximum for a unit binds several needs of it at once, with the arcs of those needs. */
function findShared(input: MatchingInput, { needs, first, offer }: Candidates): readonly Shared[] {
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
      for (let arc = first[at] ?? 0; arc < (first[at + 1] ?? 0); arc++) {
        arcsOf.set(offer[arc] ?? -1, [...(arcsOf.get(offer[arc] ?? -1) ?? []), arc])
      }
    }
    const asked = members.reduce((sum, at) => sum + elementOf(input.needs, needs[at] ?? -1).quantity, 0)
    return [...arcsOf]
      .filter(([place, arcs]) => arcs.length > 1 && elementOf(input.offers, place).maxPerUnit < asked)
      .map(([place, arcs]) => ({ offer: place, arcs }))
  })
}
