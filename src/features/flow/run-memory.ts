import type { Priced } from './arc-pricing.js'

/** Arcs of a run that are remembered. */
const most = 4

/** The few arcs of every run that paid most, or lacked least, when the run was last looked at; copied, to lie together. */
export class RunMemory {
  private readonly arc: Int32Array
  private readonly from: Int32Array
  private readonly to: Int32Array
  private readonly cost: Float64Array
  /** State when it was looked at; an arc that changed its state since is passed over. */
  private readonly side: Int8Array
  private readonly gains = new Float64Array(most)

  constructor(runs: number) {
    this.arc = new Int32Array(runs * most)
    this.from = new Int32Array(runs * most)
    this.to = new Int32Array(runs * most)
    this.cost = new Float64Array(runs * most)
    this.side = new Int8Array(runs * most)
  }

  forget(): void {
    this.side.fill(0)
  }

  /** Looks at all arcs of a run and remembers the best; the best of all if it pays, or -1. */
  refresh(run: number, { start, end }: { readonly start: number; readonly end: number }, priced: Priced): number {
    const { state, rooted, tree } = priced
    const { from, to, cost } = rooted.problem
    const { price } = tree
    let [held, limit] = [0, Infinity]
    for (let arc = start; arc < end; arc++) {
      const side = state[arc] ?? 0
      const gain = side * ((cost[arc] ?? 0) + (price[from[arc] ?? 0] ?? 0) - (price[to[arc] ?? 0] ?? 0))
      if (gain >= limit || side === 0) continue
      held = this.insert(run, held, arc, gain)
      if (held === most) limit = this.gains[most - 1] ?? 0
    }
    this.copy(run, held, priced)
    return held > 0 && (this.gains[0] ?? 0) < 0 ? (this.arc[run * most] ?? -1) : -1
  }

  /** Keeps the arcs in the order of their gains, the lowest first; returns how many are held. */
  private insert(run: number, held: number, arc: number, gain: number): number {
    const { gains } = this
    const base = run * most
    let at = Math.min(held, most - 1)
    for (; at > 0 && (gains[at - 1] ?? 0) > gain; at--) {
      gains[at] = gains[at - 1] ?? 0
      this.arc[base + at] = this.arc[base + at - 1] ?? 0
    }
    gains[at] = gain
    this.arc[base + at] = arc
    return Math.min(held + 1, most)
  }

  private copy(run: number, held: number, { state, rooted }: Priced): void {
    const base = run * most
    // What is not held costs nothing on its way from a node to itself, and so never pays.
    for (const list of [this.from, this.to, this.side]) list.fill(0, base + held, base + most)
    for (let at = base; at < base + held; at++) {
      const arc = this.arc[at] ?? 0
      this.from[at] = rooted.problem.from[arc] ?? 0
      this.to[at] = rooted.problem.to[arc] ?? 0
      this.cost[at] = rooted.problem.cost[arc] ?? 0
      this.side[at] = state[arc] ?? 0
    }
  }

  /** The remembered arc of a run that pays most by now, or -1. */
  bestOf(run: number, { state, tree }: Priced): number {
    const { from, to, cost, side } = this
    const { price } = tree
    let [best, worst] = [-1, 0]
    for (let at = run * most; at < (run + 1) * most; at++) {
      const reduced = (cost[at] ?? 0) + (price[from[at] ?? 0] ?? 0) - (price[to[at] ?? 0] ?? 0)
      const gain = reduced * (side[at] ?? 0)
      if (gain >= worst || side[at] !== state[this.arc[at] ?? 0]) continue
      worst = gain
      best = this.arc[at] ?? -1
    }
    return best
  }
}
