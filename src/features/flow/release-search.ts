import type { FlowProblem, FlowSolution } from './flow-problem.js'
import { incidenceOf, type Incidence } from './incidence.js'
import { NodeHeap } from './node-heap.js'

/** The cheapest way of bringing one more unit to a node. */
export interface Release {
  /** What the flow would cost more; negative only if the flow is no optimum. */
  readonly cost: number
  /** The arcs that change by a unit, the one into the node first, the one at the root last. */
  readonly arcs: readonly number[]
}

/**
 * Finds how one more unit could be freed for a node, by shortest paths backwards from it: over arcs with room at their
 * cost, and arcs in use, undone, at minus their cost, until a unit that is unused, or unserved from then on, is reached.
 * The prices of the optimum make every step non-negative, so that the search (Dijkstra's) is exact and ends early.
 */
export class ReleaseSearch {
  private readonly into: Incidence
  private readonly usedFrom: Incidence
  private readonly left: Float64Array
  private readonly reduced: Float64Array
  /** The arc by which a node that was reached leads on. */
  private readonly onward: Int32Array
  private readonly reached: number[] = []

  constructor(
    private readonly problem: FlowProblem,
    private readonly solution: Pick<FlowSolution, 'flow' | 'price'>,
  ) {
    const nodes = problem.supply.length
    const { flow } = solution
    this.into = incidenceOf(problem.to, nodes)
    this.usedFrom = incidenceOf(problem.from, nodes, (arc) => (flow[arc] ?? 0) > 0)
    this.left = Float64Array.from(problem.supply)
    this.reduced = new Float64Array(nodes).fill(Infinity)
    this.onward = new Int32Array(nodes)
    for (const arc of this.usedFrom.arcs) {
      const [from, to, units] = [problem.from[arc] ?? 0, problem.to[arc] ?? 0, flow[arc] ?? 0]
      this.left[from] = (this.left[from] ?? 0) - units
      this.left[to] = (this.left[to] ?? 0) + units
    }
  }

  /** Units of a giver not used (positive) or of an asker not served (negative). */
  leftAt(node: number): number {
    return this.left[node] ?? 0
  }

  /** null: every arc into the node is full, or nothing leads to it. */
  cheapestFor(node: number): Release | null {
    const heap = new NodeHeap(this.reduced)
    const search: Search = { node, heap, least: Infinity, start: -1 }
    this.reachTails(node, 0, search)
    for (let at = heap.pop(); at >= 0; at = heap.pop()) {
      const length = this.reduced[at] ?? 0
      if (length >= search.least) break
      this.reachTails(at, length, search)
      this.reachHolders(at, length, search)
    }
    const { start, least } = search
    const arcs = start < 0 ? [] : this.pathFrom(start, node)
    for (const at of this.reached) this.reduced[at] = Infinity
    this.reached.length = 0
    return start < 0 ? null : { cost: least + (this.solution.price[node] ?? 0), arcs }
  }

  /** Reduced cost of taking a unit from the root: what a giver has left, or what an asker has. */
  private entryAt(node: number): number {
    const price = this.solution.price[node] ?? 0
    const gives = (this.problem.supply[node] ?? 0) >= 0
    return gives && this.leftAt(node) === 0 ? Infinity : -price
  }

  /** Nodes that could send another unit over an arc with room. */
  private reachTails(head: number, length: number, search: Search): void {
    const { from, capacity } = this.problem
    const { flow } = this.solution
    const end = this.into.first[head + 1] ?? 0
    for (let at = this.into.first[head] ?? 0; at < end; at++) {
      const arc = this.into.arcs[at] ?? 0
      if ((flow[arc] ?? 0) < (capacity[arc] ?? 0)) {
        this.reach(from[arc] ?? 0, length + this.reducedCost(arc), arc, search)
      }
    }
  }

  /** Nodes that hold a unit of this one and could give it back. */
  private reachHolders(tail: number, length: number, search: Search): void {
    const end = this.usedFrom.first[tail + 1] ?? 0
    for (let at = this.usedFrom.first[tail] ?? 0; at < end; at++) {
      const arc = this.usedFrom.arcs[at] ?? 0
      this.reach(this.problem.to[arc] ?? 0, length - this.reducedCost(arc), arc, search)
    }
  }

  private reducedCost(arc: number): number {
    const { from, to, cost } = this.problem
    const { price } = this.solution
    return (cost[arc] ?? 0) + (price[from[arc] ?? 0] ?? 0) - (price[to[arc] ?? 0] ?? 0)
  }

  /** What is no shorter than a way that is known already leads nowhere. */
  private reach(at: number, length: number, arc: number, search: Search): void {
    const known = this.reduced[at] ?? 0
    if (at === search.node || length >= known || length >= search.least) return
    if (known === Infinity) this.reached.push(at)
    this.reduced[at] = length
    this.onward[at] = arc
    search.heap.push(at, length)
    const entry = length + this.entryAt(at)
    if (entry >= search.least) return
    search.least = entry
    search.start = at
  }

  private pathFrom(start: number, node: number): readonly number[] {
    const { from, to } = this.problem
    const arcs: number[] = []
    for (let at = start; at !== node;) {
      const arc = this.onward[at] ?? 0
      arcs.push(arc)
      at = (from[arc] === at ? to[arc] : from[arc]) ?? node
    }
    return arcs.reverse()
  }
}

interface Search {
  /** For which a unit is looked for; no path leads through it. */
  readonly node: number
  readonly heap: NodeHeap
  /** Reduced cost of the shortest way found so far, and where it leaves the root. */
  least: number
  start: number
}
