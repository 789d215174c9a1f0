import type { FlowProblem, FlowSolution } from './flow-problem.js'
import { incidenceOf, type Incidence } from './incidence.js'
import { NodeHeap } from './node-heap.js'

export type Direction = 'from-root' | 'to-root'

export interface Distances {
  /** Cost of moving one unit between the root (what is unused or unserved) and every node; Infinity = impossible. */
  readonly cost: Float64Array
  /** The arc on the way at every node, -1 = directly from or to the root, -2 = not reached. */
  readonly arc: Int32Array
}

/**
 * How an optimal flow could be changed by one unit: shortest paths over arcs with room (at their cost) and arcs in use
 * (undone, at minus their cost). The prices make every step non-negative, so that Dijkstra's method is exact.
 */
export class ResidualGraph {
  private readonly out: Incidence
  private readonly into: Incidence
  private readonly left: Float64Array

  constructor(
    private readonly problem: FlowProblem,
    private readonly solution: Pick<FlowSolution, 'flow' | 'price'>,
  ) {
    const nodes = problem.supply.length
    this.out = incidenceOf(problem.from, nodes)
    this.into = incidenceOf(problem.to, nodes)
    this.left = Float64Array.from(problem.supply)
    solution.flow.forEach((units, arc) => {
      const [from, to] = [problem.from[arc] ?? 0, problem.to[arc] ?? 0]
      this.left[from] = (this.left[from] ?? 0) - units
      this.left[to] = (this.left[to] ?? 0) + units
    })
  }

  /** Units of a giver not used (positive) or of an asker not served (negative). */
  leftAt(node: number): number {
    return this.left[node] ?? 0
  }

  /** Shortest paths between the root and all nodes, none of them through `avoided`. */
  distances(direction: Direction, avoided = -1): Distances {
    const { price } = this.solution
    const nodes = price.length
    const reduced = new Float64Array(nodes).fill(Infinity)
    const search = { reduced, arc: new Int32Array(nodes).fill(-2), heap: new NodeHeap(reduced) }
    this.leaveRoot(direction, avoided, search)
    for (let node = search.heap.pop(); node >= 0; node = search.heap.pop()) {
      this.relax(node, direction, avoided, search)
    }
    const sign = direction === 'from-root' ? 1 : -1
    return { cost: search.reduced.map((reduced, node) => reduced + sign * (price[node] ?? 0)), arc: search.arc }
  }

  private leaveRoot(direction: Direction, avoided: number, search: Search): void {
    const { supply } = this.problem
    for (let node = 0; node < supply.length; node++) {
      const gives = (supply[node] ?? 0) >= 0
      const open = gives === (direction === 'to-root') || this.leftAt(node) !== 0
      if (open && node !== avoided) {
        const price = this.solution.price[node] ?? 0
        reach(search, node, direction === 'from-root' ? -price : price, -1)
      }
    }
  }

  private relax(node: number, direction: Direction, avoided: number, search: Search): void {
    const { from, to, capacity, cost } = this.problem
    const { flow, price } = this.solution
    const start = search.reduced[node] ?? 0
    for (const incidence of [this.out, this.into]) {
      const leaving = incidence === this.out
      const along = leaving === (direction === 'from-root')
      const end = incidence.first[node + 1] ?? 0
      for (let at = incidence.first[node] ?? 0; at < end; at++) {
        const arc = incidence.arcs[at] ?? 0
        const usable = along ? (flow[arc] ?? 0) < (capacity[arc] ?? 0) : (flow[arc] ?? 0) > 0
        const other = (leaving ? to[arc] : from[arc]) ?? 0
        if (!usable || other === avoided) continue
        const reduced = (cost[arc] ?? 0) + (price[from[arc] ?? 0] ?? 0) - (price[to[arc] ?? 0] ?? 0)
        reach(search, other, start + (along ? reduced : -reduced), arc)
      }
    }
  }
}

interface Search {
  readonly reduced: Float64Array
  readonly arc: Int32Array
  readonly heap: NodeHeap
}

function reach({ reduced, arc, heap }: Search, node: number, length: number, by: number): void {
  if (length >= (reduced[node] ?? Infinity)) return
  reduced[node] = length
  arc[node] = by
  heap.push(node, length)
}
