import { ArcPricing, atLower, atUpper, inTree } from './arc-pricing.js'
import { PivotLimitError, type FlowProblem, type FlowSolution } from './flow-problem.js'
import { RootedProblem } from './rooted-problem.js'
import { SpanningTree } from './spanning-tree.js'
import { settle, type Basis } from './warm-basis.js'

export interface SimplexOptions {
  /** Where another simplex stood, brought to the arcs and nodes of this problem. It need not fit its numbers. */
  readonly start?: Basis
  /** A limit that only a defect can reach, unless told. */
  readonly mostPivots?: number
}

/**
 * Primal network simplex on typed arrays: exact, whole-numbered, deterministic. It starts with everything unused and
 * unserved, and keeps the basis strongly feasible (the last blocking arc of the cycle leaves), so it cannot cycle.
 * Between solves numbers may be changed in place; the next solve then goes on from the basis that stands (a warm start).
 */
export class NetworkSimplex {
  private readonly rooted: RootedProblem
  private readonly tree: SpanningTree
  private readonly state: Int8Array
  private readonly pricing: ArcPricing
  private readonly mostPivots: number
  /** The basis before units were changed that it might not fit any more; null = it fits. */
  private before: Basis | null
  private isPriced = true
  private pivots = 0

  /** @throws UnsoundProblemError */
  constructor(problem: FlowProblem, { start, mostPivots }: SimplexOptions = {}) {
    this.rooted = new RootedProblem(problem)
    const { arcs, root } = this.rooted
    this.tree = new SpanningTree(root)
    this.state = new Int8Array(arcs + root)
    this.pricing = new ArcPricing({ rooted: this.rooted, state: this.state, tree: this.tree })
    this.mostPivots = mostPivots ?? 1000 + 50 * (arcs + root)
    this.before = start ?? null
    if (start === undefined) this.startCold()
  }

  /** The problem as it is by now, for a certificate. */
  get problem(): FlowProblem {
    return this.rooted.problem
  }

  /** Units that a node gives (positive) or asks for (negative). */
  setSupply(node: number, units: number): void {
    this.before ??= this.basis()
    this.rooted.setSupply(node, units)
  }

  setCapacity(arc: number, units: number): void {
    this.before ??= this.basis()
    this.rooted.setCapacity(arc, units)
  }

  /** @throws UnsoundProblemError where prices might not be exact any more */
  setCost(arc: number, cost: number): void {
    this.rooted.setCost(arc, cost)
    this.isPriced = false
  }

  /** Gives arcs other costs; what is dearer than a forbidden arc costs as much as one. */
  reprice(arcs: Iterable<number>, costOf: (arc: number) => number): void {
    for (const arc of arcs) this.setCost(arc, Math.min(costOf(arc), this.rooted.prohibitive))
  }

  /** Makes arcs dearer than anything they could lead to over one more arc; the next solve empties them. */
  forbid(arcs: Iterable<number>): void {
    for (const arc of arcs) this.setCost(arc, this.rooted.prohibitive)
  }

  /** @throws PivotLimitError */
  solve(): FlowSolution {
    this.settle()
    const limit = this.pivots + this.mostPivots
    while (this.pricing.look()) {
      for (let arc = this.pricing.best(); arc >= 0; arc = this.pricing.best()) {
        if (++this.pivots > limit) {
          throw new PivotLimitError(`No optimum after ${this.mostPivots} pivots over ${this.rooted.arcs} arcs`)
        }
        const filling = this.state[arc] === atLower
        this.pivot(arc, filling, filling ? 0 : this.rooted.capacityOf(arc))
      }
    }
    return { flow: this.flows(), price: this.tree.price.slice(0, this.tree.root), pivots: this.pivots }
  }

  /** Where it stands, for a later start. */
  basis(): Basis {
    if (this.before !== null) return this.before
    const { arcs, root } = this.rooted
    return { flow: this.flows(), arc: this.tree.arc.slice(0, root).map((arc) => (arc < arcs ? arc : -1)) }
  }

  /** Makes the basis fit the numbers as they are by now. */
  private settle(): void {
    if (this.before !== null) this.startFrom(this.before)
    else if (!this.isPriced) this.tree.reprice((arc) => this.rooted.costOf(arc))
    if (!this.isPriced) this.pricing.forget()
    this.before = null
    this.isPriced = true
  }

  private startCold(): void {
    const { arcs, problem } = this.rooted
    this.state.fill(atLower, 0, arcs).fill(inTree, arcs)
    problem.supply.forEach((supply, node) => {
      this.hang(node, arcs + node, Math.abs(supply))
    })
    this.tree.plant((arc) => this.rooted.costOf(arc))
  }

  private startFrom(basis: Basis): void {
    const settled = settle(this.problem, basis)
    if (settled === null) {
      this.startCold()
      return
    }
    const { state, tree, rooted } = this
    const { flow, arc, left, loose } = settled
    for (let one = 0; one < rooted.arcs; one++) state[one] = (flow[one] ?? 0) > 0 ? atUpper : atLower
    state.fill(atLower, rooted.arcs)
    arc.forEach((by, node) => {
      if (by < 0) this.hang(node, rooted.arcs + node, Math.abs(left[node] ?? 0))
      else this.hang(node, by, flow[by] ?? 0)
      state[tree.arc[node] ?? 0] = inTree
    })
    tree.plant((one) => rooted.costOf(one))
    for (const one of loose) this.pivot(one, this.pricing.reducedCost(one) < 0, flow[one] ?? 0)
  }

  private hang(node: number, by: number, units: number): void {
    const { tree, rooted } = this
    const up = rooted.tailOf(by) === node
    tree.parent[node] = up ? rooted.headOf(by) : rooted.tailOf(by)
    tree.arc[node] = by
    tree.up[node] = up ? 1 : 0
    tree.flow[node] = units
  }

  /**
   * Fills or empties an arc outside of the tree that carries `used` units: sends as much as fits around the cycle that it
   * closes, and swaps it for the last arc that blocks.
   */
  private pivot(entering: number, filling: boolean, used: number): void {
    const { tree, state, rooted } = this
    const first = filling ? rooted.tailOf(entering) : rooted.headOf(entering)
    const second = filling ? rooted.headOf(entering) : rooted.tailOf(entering)
    const join = tree.join(first, second)
    const cut = this.findBlocking(first, second, join, filling ? rooted.capacityOf(entering) - used : used)
    if (cut.amount > 0) this.send(first, second, join, cut.amount)
    if (cut.node < 0) {
      state[entering] = filling ? atUpper : atLower
      return
    }
    state[tree.arc[cut.node] ?? 0] = tree.flow[cut.node] === 0 ? atLower : atUpper
    state[entering] = inTree
    const node = cut.onFirst ? first : second
    const parent = cut.onFirst ? second : first
    const up = rooted.tailOf(entering) === node ? 1 : 0
    tree.rehang(node, cut.node, { parent, arc: entering, up, flow: filling ? used + cut.amount : used - cut.amount })
    const cost = rooted.costOf(entering)
    tree.shift(node, (tree.price[parent] ?? 0) + (up === 1 ? -cost : cost) - (tree.price[node] ?? 0))
  }

  private findBlocking(first: number, second: number, join: number, capacity: number): Blocking {
    const { parent, arc, up, flow } = this.tree
    const blocking = { node: -1, onFirst: true, amount: capacity }
    for (let node = first; node !== join; node = parent[node] ?? 0) {
      const used = flow[node] ?? 0
      const room = up[node] === 1 ? used : this.rooted.capacityOf(arc[node] ?? 0) - used
      if (room < blocking.amount) {
        blocking.amount = room
        blocking.node = node
      }
    }
    for (let node = second; node !== join; node = parent[node] ?? 0) {
      const used = flow[node] ?? 0
      const room = up[node] === 1 ? this.rooted.capacityOf(arc[node] ?? 0) - used : used
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
    const { state, tree, rooted } = this
    const flow = new Int32Array(rooted.arcs)
    for (let arc = 0; arc < rooted.arcs; arc++)
      if (state[arc] === atUpper) flow[arc] = rooted.problem.capacity[arc] ?? 0
    for (let node = 0; node < tree.root; node++) {
      const arc = tree.arc[node] ?? 0
      if (arc < rooted.arcs) flow[arc] = tree.flow[node] ?? 0
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
