import { checkProblem, UnsoundProblemError, type FlowProblem } from './flow-problem.js'

type Part = 'supply' | 'capacity' | 'cost'

/**
 * A problem with the arcs of the root: one for every node, after all others, free and never full, from a giver (what it
 * keeps) or to an asker (what it lacks). Its numbers may be changed; the arrays it was made of are copied before.
 */
export class RootedProblem {
  readonly arcs: number
  readonly root: number
  /** What no arc could earn back. */
  prohibitive: number
  private readonly own = new Set<Part>()

  constructor(public problem: FlowProblem) {
    checkProblem(problem)
    this.arcs = problem.from.length
    this.root = problem.supply.length
    this.prohibitive = problem.cost.reduce((most, cost) => Math.max(most, Math.abs(cost)), 0) + 1
  }

  setSupply(node: number, units: number): void {
    this.change('supply')[node] = whole(units, -(2 ** 31))
  }

  setCapacity(arc: number, units: number): void {
    this.change('capacity')[arc] = whole(units, 0)
  }

  setCost(arc: number, cost: number): void {
    const most = Number.MAX_SAFE_INTEGER / (this.root + 1)
    if (!Number.isInteger(cost) || Math.abs(cost) > most)
      throw new UnsoundProblemError(`Arc ${arc} cannot cost ${cost}`)
    this.prohibitive = Math.max(this.prohibitive, 1 - cost)
    this.change('cost')[arc] = cost
  }

  private change<Changed extends Part>(part: Changed): FlowProblem[Changed] {
    if (!this.own.has(part)) {
      this.own.add(part)
      this.problem = { ...this.problem, [part]: this.problem[part].slice() }
    }
    return this.problem[part]
  }

  gives(node: number): boolean {
    return (this.problem.supply[node] ?? 0) >= 0
  }

  tailOf(arc: number): number {
    if (arc < this.arcs) return this.problem.from[arc] ?? 0
    return this.gives(arc - this.arcs) ? arc - this.arcs : this.root
  }

  headOf(arc: number): number {
    if (arc < this.arcs) return this.problem.to[arc] ?? 0
    return this.gives(arc - this.arcs) ? this.root : arc - this.arcs
  }

  capacityOf(arc: number): number {
    return arc < this.arcs ? (this.problem.capacity[arc] ?? 0) : Infinity
  }

  costOf(arc: number): number {
    return arc < this.arcs ? (this.problem.cost[arc] ?? 0) : 0
  }
}

function whole(units: number, least: number): number {
  if (!Number.isInteger(units) || units < least || units >= 2 ** 31) {
    throw new UnsoundProblemError(`${units} is no number of units`)
  }
  return units
}
