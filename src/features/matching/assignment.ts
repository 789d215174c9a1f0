import { elementOf } from '../../shared/element-of.js'
import { layOut } from './assignment-layout.js'
import type { Candidates } from './candidates.js'
import type { FlowProblem } from '../flow/index.js'
import type { MatchingInput } from './matching-input.js'
import type { Favour, Objective } from './objective.js'
import type { Ladders, Standings } from './share-ladders.js'

/**
 * The candidates as a flow: offers → needs, one arc a candidate, in the order of the candidates. Nodes and arcs between
 * come last (`assignment-layout.ts`): for what an offer keeps for some, for its maximum for one unit, and for shares of
 * authorities; so a candidate's arc need not begin at the node of its offer.
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
  /** 1 for every candidate whose unit has no part in what the offer keeps for some authorities. */
  readonly outside: Uint8Array
  /** Priority of every need of the candidates, and what a unit is worth on every candidate. */
  readonly ranks: Int32Array
  readonly value: Float64Array
  /** What more a unit is worth by the share of its authority that is served; null = nothing. */
  readonly ladders: Ladders | null
  /** Candidates whose first units are worth more: these flow on an arc of their own besides that of the candidate. */
  readonly favours: readonly Favoured[]
}

export interface Favoured extends Favour {
  readonly candidate: number
  readonly arc: number
}

/** Units on every candidate, out of a flow. */
export function unitsOf({ candidates, favours }: Assignment, flow: Int32Array): Int32Array {
  const units = flow.slice(0, candidates.offer.length)
  for (const { candidate, arc } of favours) units[candidate] = elementOf(units, candidate) + elementOf(flow, arc)
  return units
}

/** `standings` are what authorities have been given in the categories before. */
export function buildAssignment(
  input: MatchingInput,
  candidates: Candidates,
  objective: Objective,
  standings?: Standings,
): Assignment {
  const { needs, offer } = candidates
  const needOf = ownersOf(candidates.first, offer.length)
  const { offers, offerNode } = nodesOf(offer, input.offers.length)
  const groups = groupsOf(input, candidates)
  const lot = new Int32Array(offer.length)
  for (let arc = 0; arc < lot.length; arc++) lot[arc] = arc
  for (const group of groups) for (const arc of group) lot[arc] = elementOf(group, 0)
  const outside = outsidersOf(input, candidates, needOf)
  const ranks = Int32Array.from(needs, (place) => {
    const need = elementOf(input.needs, place)
    return objective.priorityOf(need, elementOf(input.units, need.unit))
  })
  const parts = { candidates, offers, firstNeedNode: offers.length, offerNode, needOf, lot, outside, ranks }
  return layOut(input, parts, { groups, objective, standings })
}

/** Candidates of one offer for several needs of one school unit. */
export type Group = readonly number[]

function ownersOf(first: Int32Array, count: number): Int32Array {
  const owners = new Int32Array(count)
  for (let owner = 0; owner + 1 < first.length; owner++) owners.fill(owner, first[owner], first[owner + 1])
  return owners
}

/** The offers that are candidates, in the order of the input, and the node of its offer for every candidate. */
function nodesOf(offer: Int32Array, count: number): Pick<Assignment, 'offers' | 'offerNode'> {
  const nodeOf = new Int32Array(count).fill(-1)
  for (const place of offer) nodeOf[place] = 0
  const offers = [...nodeOf.keys()].filter((place) => nodeOf[place] === 0)
  offers.forEach((place, node) => (nodeOf[place] = node))
  return { offers, offerNode: offer.map((place) => nodeOf[place] ?? -1) }
}

function outsidersOf(input: MatchingInput, { needs, offer }: Candidates, needOf: Int32Array): Uint8Array {
  const outside = new Uint8Array(offer.length)
  if (input.offers.every(({ kept }) => kept === null)) return outside
  for (let arc = 0; arc < outside.length; arc++) {
    const { kept } = elementOf(input.offers, elementOf(offer, arc))
    if (kept === null) continue
    const { unit } = elementOf(input.needs, elementOf(needs, elementOf(needOf, arc)))
    outside[arc] = Number(!kept.authorities.includes(elementOf(input.units, unit).authority))
  }
  return outside
}

/** All groups of more than one candidate. */
function groupsOf(input: MatchingInput, candidates: Candidates): readonly Group[] {
  const ofUnit = new Map<number, number[]>()
  candidates.needs.forEach((place, at) => {
    const { unit } = elementOf(input.needs, place)
    const list = ofUnit.get(unit)
    if (list === undefined) ofUnit.set(unit, [at])
    else list.push(at)
  })
  return [...ofUnit.values()].flatMap((members) => (members.length < 2 ? [] : sharedBy(members, candidates)))
}

/** The candidates of the offers that could serve several of these needs, offer by offer. */
function sharedBy(members: readonly number[], { first, offer }: Candidates): readonly Group[] {
  const arcsOf = new Map<number, number[]>()
  for (const at of members) {
    for (let arc = elementOf(first, at); arc < elementOf(first, at + 1); arc++) {
      const place = elementOf(offer, arc)
      const arcs = arcsOf.get(place)
      if (arcs === undefined) arcsOf.set(place, [arc])
      else arcs.push(arc)
    }
  }
  return [...arcsOf.values()].filter((arcs) => arcs.length > 1)
}
