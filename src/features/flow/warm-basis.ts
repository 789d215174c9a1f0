import { UnsoundProblemError, type FlowProblem } from './flow-problem.js'
import { incidenceOf } from './incidence.js'

/** Where a simplex stands, in terms that also fit a problem that has changed since. */
export interface Basis {
  /** Units on every arc. */
  readonly flow: Int32Array
  /** For every node the arc by which it hangs in the tree; -1 = directly from the root. */
  readonly arc: Int32Array
}

/** A basis that fits its problem again and is strongly feasible, except for arcs that stand half full outside the tree. */
export interface Settled extends Basis {
  /** Units of givers not used (positive) and of askers not served (negative). */
  readonly left: Float64Array
  readonly loose: readonly number[]
}

/**
 * Fits a basis to a problem whose numbers have changed: units that no longer fit are taken back, the dearest first, and
 * the tree is kept wherever a unit could still be sent from a node to its parent (which is what strongly feasible means).
 * A basis that merely is feasible could cycle. null: there is no simple way, and a cold start is the better one.
 * @throws UnsoundProblemError when it has other nodes or arcs
 */
export function settle(problem: FlowProblem, basis: Basis): Settled | null {
  if (basis.flow.length !== problem.from.length || basis.arc.length !== problem.supply.length) {
    throw new UnsoundProblemError('The basis is of another problem')
  }
  const { capacity } = problem
  const flow = basis.flow.map((units, arc) => Math.max(0, Math.min(units, capacity[arc] ?? 0)))
  const left = leftAfter(problem, flow)
  if (isOverdrawn(problem, left)) takeBack(problem, flow, left)
  const arc = basis.arc.slice()
  cutCircles(problem, arc)
  if (!hang(problem, { flow, left, arc })) return null
  const inTree = new Uint8Array(flow.length)
  for (const one of arc) if (one >= 0) inTree[one] = 1
  const loose: number[] = []
  for (let one = 0; one < flow.length; one++) {
    const units = flow[one] ?? 0
    if (units > 0 && units < (problem.capacity[one] ?? 0) && inTree[one] === 0) loose.push(one)
  }
  return { flow, left, arc, loose }
}

/** Arcs of another problem's tree may close a circle here: a node of each then hangs from the root. */
function cutCircles({ from, to }: FlowProblem, arc: Int32Array): void {
  const seen = new Int32Array(arc.length)
  for (let start = 0; start < arc.length; start++) {
    for (let node = start; seen[node] !== start + 1;) {
      if (seen[node] !== 0) break
      seen[node] = start + 1
      const by = arc[node] ?? -1
      const above = by < 0 ? -1 : ((from[by] === node ? to[by] : from[by]) ?? -1)
      if (above < 0) break
      if (seen[above] === start + 1) arc[node] = -1
      node = above
    }
  }
}

function leftAfter({ supply, from, to }: FlowProblem, flow: Int32Array): Float64Array {
  const left = Float64Array.from(supply)
  for (let arc = 0; arc < flow.length; arc++) {
    const units = flow[arc] ?? 0
    if (units === 0) continue
    const [tail, head] = [from[arc] ?? 0, to[arc] ?? 0]
    left[tail] = (left[tail] ?? 0) - units
    left[head] = (left[head] ?? 0) + units
  }
  return left
}

const excess = (supply: number, left: number): number => (supply >= 0 ? Math.max(0, -left) : Math.max(0, left))

const isOverdrawn = ({ supply }: FlowProblem, left: Float64Array): boolean =>
  supply.some((units, node) => excess(units, left[node] ?? 0) > 0)

/** A giver that gives too much takes back from where it goes, an asker that gets too much gives back; on to the ends. */
function takeBack({ supply, from, to, cost }: FlowProblem, flow: Int32Array, left: Float64Array): void {
  const isUsed = (arc: number): boolean => (flow[arc] ?? 0) > 0
  const [out, into] = [incidenceOf(from, supply.length, isUsed), incidenceOf(to, supply.length, isUsed)]
  const waiting = [...supply.keys()]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const given = supply[node] ?? 0
    if (excess(given, left[node] ?? 0) === 0) continue
    const { first, arcs } = given >= 0 ? out : into
    const dearest = arcs
      .subarray(first[node], first[node + 1])
      .toSorted((one, other) => (cost[other] ?? 0) - (cost[one] ?? 0))
    for (const arc of dearest) {
      const units = Math.min(excess(given, left[node] ?? 0), flow[arc] ?? 0)
      if (units === 0) continue
      const [tail, head] = [from[arc] ?? 0, to[arc] ?? 0]
      flow[arc] = (flow[arc] ?? 0) - units
      left[tail] = (left[tail] ?? 0) + units
      left[head] = (left[head] ?? 0) - units
      waiting.push(given >= 0 ? head : tail)
    }
  }
}

interface Draft extends Basis {
  readonly left: Float64Array
}

/** Drops the arcs of the tree that could not carry a unit towards the root; false when a node then has no place. */
function hang(problem: FlowProblem, { flow, left, arc }: Draft): boolean {
  const { supply, from, capacity } = problem
  const homeless: number[] = []
  for (let node = 0; node < supply.length; node++) {
    const by = arc[node] ?? -1
    const units = flow[by] ?? 0
    const carries = by >= 0 && (from[by] === node ? units < (capacity[by] ?? 0) : units > 0)
    if (left[node] === 0 && carries) continue
    arc[node] = -1
    // What is left at a node is on its arc of the root; a giver with nothing left may give the root nothing.
    if (left[node] === 0 && (supply[node] ?? 0) < 0) homeless.push(node)
  }
  return homeless.length === 0 || adopt(problem, homeless, { flow, left, arc })
}

/** An asker that is served in full hangs from a giver that serves it, and that giver from the root. */
function adopt({ supply, from, to }: FlowProblem, homeless: readonly number[], { flow, arc }: Draft): boolean {
  const { first, arcs } = incidenceOf(to, supply.length, (one) => (flow[one] ?? 0) > 0)
  return homeless.every((node) => {
    const by = arcs.subarray(first[node], first[node + 1]).find((one) => (supply[from[one] ?? 0] ?? 0) >= 0)
    if (by === undefined) return false
    arc[node] = by
    arc[from[by] ?? 0] = -1
    return true
  })
}
