import { RunMemory } from './run-memory.js'
import type { RootedProblem } from './rooted-problem.js'
import type { SpanningTree } from './spanning-tree.js'

/** State of an arc outside of the basis; 0 = in it. Times the reduced cost, it says whether the arc would pay. */
export const atLower = 1
export const inTree = 0
export const atUpper = -1

/** Arcs of one head are looked at together; shorter runs are joined. */
const shortestRun = 16
/** Where runs are this long on average, most of a full look is in vain, and the best arcs of each are remembered. */
const longRun = 64

/** What pricing reads of the simplex, which changes it between looks. */
export interface Priced {
  readonly rooted: RootedProblem
  readonly state: Int8Array
  readonly tree: SpanningTree
}

/**
 * Looks for arcs that would pay. The arcs are divided into runs, one a head where the arcs come so; each look goes over
 * some of the runs in turn and notes the best arc of each. Of long runs it also looks at the few best arcs seen before,
 * far more often than at all: near the optimum prices change little, and what pays next nearly paid before.
 */
export class ArcPricing {
  private readonly starts: Int32Array
  private readonly memory: RunMemory | null
  private readonly found: Int32Array
  private count = 0
  private readonly arcs: number
  private readonly nodes: number
  /** Arcs that one look goes over in full. */
  private readonly share: number
  private readonly next = { run: 0, remembered: 0, node: 0 }

  constructor(private readonly priced: Priced) {
    this.arcs = priced.rooted.arcs
    this.nodes = priced.rooted.root
    this.starts = runsOf(priced.rooted.problem.to)
    const runs = this.starts.length - 1
    this.memory = runs > 0 && this.arcs / runs >= longRun ? new RunMemory(runs) : null
    this.share = Math.ceil(8 * Math.sqrt(this.arcs + this.nodes))
    this.found = new Int32Array(2 * runs + this.nodes + 1)
  }

  /** The arc that pays most of those found by the last look; -1 = none is left. */
  best(): number {
    const { found } = this
    let [best, worst, kept, place] = [-1, 0, 0, -1]
    for (let at = 0; at < this.count; at++) {
      const arc = found[at] ?? 0
      const gain = this.gainOf(arc)
      if (gain >= 0) continue
      if (gain < worst) [best, worst, place] = [arc, gain, kept]
      found[kept++] = arc
    }
    if (place >= 0) found[place] = found[--kept] ?? 0
    this.count = kept
    return best
  }

  /** Finds arcs that would pay; false when there is none in the whole problem. */
  look(): boolean {
    const runs = this.starts.length - 1
    this.count = 0
    for (let [runsSeen, nodesSeen] = [0, 0]; runsSeen < runs || nodesSeen < this.nodes;) {
      runsSeen += this.lookAtRuns(runs)
      nodesSeen += this.lookAtRoot()
      if (this.memory !== null) this.recall(this.memory, runs)
      if (this.count > 0) return true
    }
    return false
  }

  /** Costs have changed: what is remembered of them is of no use. */
  forget(): void {
    this.memory?.forget()
  }

  /** Of an arc that is not of the root. */
  reducedCost(arc: number): number {
    const { rooted, tree } = this.priced
    const { from, to, cost } = rooted.problem
    return (cost[arc] ?? 0) + (tree.price[from[arc] ?? 0] ?? 0) - (tree.price[to[arc] ?? 0] ?? 0)
  }

  private gainOf(arc: number): number {
    if (arc >= this.arcs) return this.rootGain(arc - this.arcs)
    return this.reducedCost(arc) * (this.priced.state[arc] ?? 0)
  }

  /** An arc of the root costs nothing and is never full: it pays only while it is empty. */
  private rootGain(node: number): number {
    const { state, tree, rooted } = this.priced
    const price = (tree.price[node] ?? 0) * (state[this.arcs + node] ?? 0)
    return rooted.gives(node) ? price : -price
  }

  private lookAtRuns(runs: number): number {
    const { starts, memory, next, found } = this
    let run = next.run
    let looked = 0
    for (let seen = 0; seen < this.share && looked < runs; looked++) {
      const [start, end] = [starts[run] ?? 0, starts[run + 1] ?? 0]
      const arc = memory === null ? this.bestOf(start, end) : memory.refresh(run, { start, end }, this.priced)
      if (arc >= 0) found[this.count++] = arc
      seen += end - start
      run = run + 1 === runs ? 0 : run + 1
    }
    next.run = run
    return looked
  }

  private bestOf(start: number, end: number): number {
    const { state, rooted, tree } = this.priced
    const { from, to, cost } = rooted.problem
    const { price } = tree
    let [best, worst] = [-1, 0]
    for (let arc = start; arc < end; arc++) {
      const reduced = (cost[arc] ?? 0) + (price[from[arc] ?? 0] ?? 0) - (price[to[arc] ?? 0] ?? 0)
      const gain = reduced * (state[arc] ?? 0)
      if (gain < worst) {
        worst = gain
        best = arc
      }
    }
    return best
  }

  private lookAtRoot(): number {
    const { next, found, nodes } = this
    const share = Math.min(nodes, Math.ceil(this.share / 64))
    let node = next.node
    for (let seen = 0; seen < share; seen++) {
      if (this.rootGain(node) < 0) found[this.count++] = this.arcs + node
      node = node + 1 === nodes ? 0 : node + 1
    }
    next.node = node
    return share
  }

  private recall(memory: RunMemory, runs: number): void {
    const { next, found } = this
    const share = Math.min(runs, Math.ceil(this.share / 32))
    let run = next.remembered
    for (let seen = 0; seen < share; seen++) {
      const arc = memory.bestOf(run, this.priced)
      if (arc >= 0) found[this.count++] = arc
      run = run + 1 === runs ? 0 : run + 1
    }
    next.remembered = run
  }
}

/** Where the runs begin, and where the last ends. */
function runsOf(to: Int32Array): Int32Array {
  const starts: number[] = []
  let start = -shortestRun
  to.forEach((head, arc) => {
    if (arc - start < shortestRun || (arc > 0 && head === to[arc - 1])) return
    starts.push(arc)
    start = arc
  })
  return Int32Array.from([...starts, to.length])
}
