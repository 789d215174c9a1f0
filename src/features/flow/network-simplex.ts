import { ArcPricing, atLower, atUpper, inTree } from './arc-pricing.js'
import { checkProblem, PivotLimitError, type FlowProblem, type FlowSolution } from './flow-problem.js'
import { SpanningTree } from './spanning-tree.js'

/**
 * Primal network simplex on typed arrays: exact, whole-numbered, deterministic. It starts with everything unused and
 * unserved, and keeps the basis strongly feasible (the last blocking arc of the cycle leaves), so it cannot cycle. Costs
 * may be raised between solves; the basis is kept (a warm start).
 */
export class NetworkSimplex {
  private readonly arcs: number
  private readonly tree: SpanningTree
  private readonly state: Int8Array
  private readonly cost: Float64Array
  private readonly prohibitive: number
  private readonly pricing: ArcPricing
  private pivots = 0

  constructor(private readonly problem: FlowProblem) {
    checkProblem(problem)
    const nodes = problem.supply.length
    this.arcs = problem.from.length
    this.cost = problem.cost.slice()
    this.prohibitive = problem.cost.reduce((most, cost) => Math.max(most, Math.abs(cost)), 0) + 1
    this.tree = new SpanningTree(nodes)
    this.state = new Int8Array(this.arcs + nodes).fill(atLower, 0, this.arcs)
    this.pricing = new ArcPricing({ problem, cost: this.cost, state: this.state, tree: this.tree })
    for (let node = 0; node < nodes; node++) {
      const supply = problem.supply[node] ?? 0
      this.tree.arc[node] = this.arcs + node
      this.tree.up[node] = supply >= 0 ? 1 : 0
      this.tree.flow[node] = Math.abs(supply)
    }
    this.tree.plant((arc) => this.costOf(arc))
  }

  /** @throws PivotLimitError */
  solve(): FlowSolution {
    const limit = this.pivots + 1000 + 50 * (this.arcs + this.tree.root)
    while (this.pricing.look()) {
      for (let arc = this.pricing.best(); arc >= 0; arc = this.pricing.best()) {
        if (++this.pivots > limit) throw new PivotLimitError(`No optimum after ${limit} pivots over ${this.arcs} arcs`)
        this.pivot(arc)
      }
    }
    return { flow: this.flows(), price: this.tree.price.slice(0, this.tree.root), pivots: this.pivots }
  }

  /** Gives arcs other costs; the next solve goes on from here. Whole numbers, no further from 0 than those of the problem. */
  reprice(arcs: Iterable<number>, costOf: (arc: number) => number): void {
    for (const arc of arcs) this.cost[arc] = Math.min(costOf(arc), this.prohibitive)
    this.tree.reprice((arc) => this.costOf(arc))
  }

  /** Makes arcs dearer than anything they could lead to over one more arc; the next solve empties them. */
  forbid(arcs: Iterable<number>): void {
    for (const arc of arcs) this.cost[arc] = this.prohibitive
    this.tree.reprice((arc) => this.costOf(arc))
  }

  private costOf(arc: number): number {
    return arc < this.arcs ? (this.cost[arc] ?? 0) : 0
  }

  private tailOf(arc: number): number {
    if (arc < this.arcs) return this.problem.from[arc] ?? 0
    const node = arc - this.arcs
    return (this.problem.supply[node] ?? 0) >= 0 ? node : this.tree.root
  }

  private headOf(arc: number): number {
    if (arc < this.arcs) return this.problem.to[arc] ?? 0
    const node = arc - this.arcs
    return (this.problem.supply[node] ?? 0) >= 0 ? this.tree.root : node
  }

  private capacityOf(arc: number): number {
    return arc < this.arcs ? (this.problem.capacity[arc] ?? 0) : Infinity
  }

  /** Sends as much as fits around the cycle that the arc closes, and swaps it for the last arc that blocks. */
  private pivot(entering: number): void {
    const { tree, state } = this
    const filling = state[entering] === atLower
    const first = filling ? this.tailOf(entering) : this.headOf(entering)
    const second = filling ? this.headOf(entering) : this.tailOf(entering)
    const join = tree.join(first, second)
    const capacity = this.capacityOf(entering)
    const cut = this.findBlocking(first, second, join, capacity)
    if (cut.amount > 0) this.send(first, second, join, cut.amount)
    if (cut.node < 0) {
      state[entering] = filling ? atUpper : atLower
      return
    }
    state[tree.arc[cut.node] ?? 0] = tree.flow[cut.node] === 0 ? atLower : atUpper
    state[entering] = inTree
    const node = cut.onFirst ? first : second
    const parent = cut.onFirst ? second : first
    const up = this.tailOf(entering) === node ? 1 : 0
    tree.rehang(node, cut.node, { parent, arc: entering, up, flow: filling ? cut.amount : capacity - cut.amount })
    const cost = this.costOf(entering)
    tree.shift(node, (tree.price[parent] ?? 0) + (up === 1 ? -cost : cost) - (tree.price[node] ?? 0))
  }

  private findBlocking(first: number, second: number, join: number, capacity: number): Blocking {
    const { parent, arc, up, flow } = this.tree
    const blocking = { node: -1, onFirst: true, amount: capacity }
    for (let node = first; node !== join; node = parent[node] ?? 0) {
      const used = flow[node] ?? 0
      const room = up[node] === 1 ? used : this.capacityOf(arc[node] ?? 0) - used
      if (room < blocking.amount) {
        blocking.amount = room
        blocking.node = node
      }
    }
    for (let node = second; node !== join; node = parent[node] ?? 0) {
      const used = flow[node] ?? 0
      const room = up[node] === 1 ? this.capacityOf(arc[node] ?? 0) - used : used
      if (room <= blocking.amount) {
        blocking.amount = room
        blocking.node = node
        blocking.onFirst = false
      }
    }
    return blocking
  }

  private send(first: number, second: number, join: number, amount: number): void {
    const { parent, up, flow } = this.tree
    for (let node = first; node !== join; node = parent[node] ?? 0) {
      flow[node] = (flow[node] ?? 0) + (up[node] === 1 ? -amount : amount)
    }
    for (let node = second; node !== join; node = parent[node] ?? 0) {
      flow[node] = (flow[node] ?? 0) + (up[node] === 1 ? amount : -amount)
    }
  }

  private flows(): Int32Array {
    const { arcs, state, tree, problem } = this
    const flow = new Int32Array(arcs)
    for (let arc = 0; arc < arcs; arc++) if (state[arc] === atUpper) flow[arc] = problem.capacity[arc] ?? 0
    for (let node = 0; node < tree.root; node++) {
      const arc = tree.arc[node] ?? 0
      if (arc < arcs) flow[arc] = tree.flow[node] ?? 0
    }
    return flow
  }
}

interface Blocking {
  /** Its arc to the parent blocks; -1 = the entering arc itself. */
  readonly node: number
  readonly onFirst: boolean
  readonly amount: number
}
