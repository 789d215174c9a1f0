import type { Assignment } from './assignment.js'
import type { Basis } from '../flow/index.js'
import { elementOf } from '../../shared/element-of.js'
import type { InputChanges } from './input-changes.js'

/** Where the flow of a task stood, and what its plan gave. */
export interface Standing {
  readonly assignment: Assignment
  readonly basis: Basis
  readonly units: Int32Array
}

/** The same in terms of an assignment of the changed question: what is gone is left out, what is new is empty. */
export function transfer(
  before: Standing,
  assignment: Assignment,
  changes: InputChanges,
): Pick<Standing, 'basis' | 'units'> {
  const arcBefore = arcsBefore(before.assignment, assignment, changes)
  const nodeBefore = nodesBefore(before.assignment, assignment, changes, arcBefore)
  matchFeeds(before.assignment, assignment, nodeBefore, arcBefore)
  const arcNow = new Int32Array(before.basis.flow.length).fill(-1)
  arcBefore.forEach((old, arc) => {
    if (old >= 0) arcNow[old] = arc
  })
  const { from, to } = assignment.problem
  const arc = nodeBefore.map((old, node) => {
    const by = arcNow[before.basis.arc[old] ?? -1] ?? -1
    return from[by] === node || to[by] === node ? by : -1
  })
  const ofBefore = (amounts: Int32Array) => arcBefore.map((old) => amounts[old] ?? 0)
  return {
    basis: { flow: ofBefore(before.basis.flow), arc },
    units: ofBefore(before.units).subarray(0, assignment.candidates.offer.length),
  }
}

/** For every arc of a candidate the arc of the same pair before; -1 = none, as for all other arcs. */
function arcsBefore(before: Assignment, { candidates, problem }: Assignment, changes: InputChanges): Int32Array {
  const arcs = new Int32Array(problem.from.length).fill(-1)
  const placeOf = new Map(before.candidates.needs.map((place, at) => [place, at]))
  const seen = new Int32Array(changes.offerNow.reduce((most, place) => Math.max(most, place), -1) + 1)
  candidates.needs.forEach((place, at) => {
    const old = placeOf.get(elementOf(changes.needBefore, place))
    if (old === undefined) return
    // The candidates of the need before, by offer; all others are cleared again.
    const [start, end] = [elementOf(before.candidates.first, old), elementOf(before.candidates.first, old + 1)]
    const mark = (value: (arc: number) => number): void => {
      for (let arc = start; arc < end; arc++) {
        const offer = changes.offerNow[before.candidates.offer[arc] ?? -1] ?? -1
        if (offer >= 0) seen[offer] = value(arc)
      }
    }
    mark((arc) => arc + 1)
    for (let arc = elementOf(candidates.first, at); arc < elementOf(candidates.first, at + 1); arc++) {
      arcs[arc] = (seen[candidates.offer[arc] ?? -1] ?? 0) - 1
    }
    mark(() => 0)
  })
  return arcs
}

/** For every node the same node before, or -1: needs and offers by what they are, nodes between by the arcs they feed. */
function nodesBefore(
  before: Assignment,
  { candidates, offers, firstNeedNode, problem }: Assignment,
  { needBefore, offerNow }: InputChanges,
  arcBefore: Int32Array,
): Int32Array {
  const nodes = new Int32Array(problem.supply.length).fill(-1)
  const places = new Map(before.candidates.needs.map((place, at) => [place, before.firstNeedNode + at]))
  candidates.needs.forEach((place, at) => {
    nodes[firstNeedNode + at] = places.get(elementOf(needBefore, place)) ?? -1
  })
  const offerNodes = new Map(before.offers.map((place, node) => [elementOf(offerNow, place), node]))
  offers.forEach((place, node) => (nodes[node] = offerNodes.get(place) ?? -1))
  const lastNeed = firstNeedNode + candidates.needs.length
  const lastNeedBefore = before.firstNeedNode + before.candidates.needs.length
  for (let arc = 0; arc < candidates.offer.length; arc++) {
    const tail = problem.from[arc] ?? 0
    const old = before.problem.from[arcBefore[arc] ?? -1] ?? -1
    if (tail >= lastNeed && old >= lastNeedBefore) nodes[tail] = old
  }
  return nodes
}

/** The arc that feeds a node between was the one that fed it before. */
function matchFeeds(before: Assignment, now: Assignment, nodeBefore: Int32Array, arcBefore: Int32Array): void {
  const feeds = new Map<number, number>()
  for (let arc = before.candidates.offer.length; arc < before.problem.to.length; arc++) {
    feeds.set(before.problem.to[arc] ?? 0, arc)
  }
  for (let arc = now.candidates.offer.length; arc < now.problem.to.length; arc++) {
    arcBefore[arc] = feeds.get(nodeBefore[now.problem.to[arc] ?? 0] ?? -1) ?? -1
  }
}
