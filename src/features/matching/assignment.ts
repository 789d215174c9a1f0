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
  const offers = [...new Set(offer)].sort((one, other) => one - other)
  const needOf = ownersOf(candidates.first, offer.length)
  const nodeOf = new Map(offers.map((place, node) => [place, node]))
  const offerNode = offer.map((place) => nodeOf.get(place) ?? -1)
  const groups = groupsOf(input, candidates)
  const lot = Int32Array.from(offer, (_, arc) => arc)
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

function outsidersOf(input: MatchingInput, { needs, offer }: Candidates, needOf: Int32Array): Uint8Array {
  return Uint8Array.from(offer, (place, arc) => {
    const { kept } = elementOf(input.offers, place)
    if (kept === null) return 0
    const { unit } = elementOf(input.needs, elementOf(needs, elementOf(needOf, arc)))
    return Number(!kept.authorities.includes(elementOf(input.units, unit).authority))
  })
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
