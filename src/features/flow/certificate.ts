import { ExactSum } from './exact-sum.js'
import type { FlowProblem, FlowSolution } from './flow-problem.js'

/** What a reader needs to believe that no better flow exists. All of it is computed from the problem and the answer. */
export interface Certificate {
  /** Every capacity and every supply and demand is kept, in whole units. */
  readonly feasible: boolean
  /** No price contradicts an arc: over all arcs, used or not. */
  readonly pricesFeasible: boolean
  /** Cost of the flow, and what the prices prove to be the least possible cost. */
  readonly primal: bigint
  readonly dual: bigint
  /** The three above agree: the flow is an optimum. */
  readonly proven: boolean
}

const nothingProven: Certificate = { feasible: false, pricesFeasible: false, primal: 0n, dual: 0n, proven: false }

/** Checks an answer against its problem, knowing nothing of how it was found; in exact arithmetic, one pass. */
export function certify(problem: FlowProblem, { flow, price }: Pick<FlowSolution, 'flow' | 'price'>): Certificate {
  const complete = price.length === problem.supply.length && flow.length === problem.from.length
  if (!complete || !price.every(Number.isSafeInteger)) return nothingProven
  const net = new Float64Array(problem.supply.length)
  const arcs = checkArcs(problem, flow, price, net)
  const nodes = checkNodes(problem.supply, price, net)
  const primal = arcs.primal.value()
  const dual = -arcs.rent.value() - nodes.rent.value()
  const feasible = arcs.feasible && nodes.feasible
  return {
    feasible,
    pricesFeasible: nodes.pricesFeasible,
    primal,
    dual,
    proven: feasible && nodes.pricesFeasible && primal === dual,
  }
}

/** An arc that would pay (negative reduced cost) is worth that much a unit of its capacity: the prices owe that rent. */
function checkArcs(problem: FlowProblem, flow: Int32Array, price: Float64Array, net: Float64Array) {
  const { from, to, capacity, cost } = problem
  const [primal, rent] = [new ExactSum(), new ExactSum()]
  let feasible = true
  for (let arc = 0; arc < from.length; arc++) {
    const [tail, head] = [from[arc] ?? 0, to[arc] ?? 0]
    const [units, room] = [flow[arc] ?? 0, capacity[arc] ?? 0]
    if (units < 0 || units > room) feasible = false
    if (units !== 0) {
      net[tail] = (net[tail] ?? 0) + units
      net[head] = (net[head] ?? 0) - units
      primal.addProduct(units, cost[arc] ?? 0)
    }
    const reduced = (cost[arc] ?? 0) + (price[tail] ?? 0) - (price[head] ?? 0)
    if (reduced < 0) rent.addProduct(-reduced, room)
  }
  return { primal, rent, feasible }
}

/** What a node leaves unused or unserved is free; so a giver's price may not be negative, nor an asker's positive. */
function checkNodes(supply: Int32Array, price: Float64Array, net: Float64Array) {
  const rent = new ExactSum()
  let [feasible, pricesFeasible] = [true, true]
  for (let node = 0; node < supply.length; node++) {
    const [given, worth] = [supply[node] ?? 0, price[node] ?? 0]
    const left = given - (net[node] ?? 0)
    if (given >= 0 ? left < 0 : left > 0) feasible = false
    if (given >= 0 ? worth < 0 : worth > 0) pricesFeasible = false
    rent.addProduct(worth, given)
  }
  return { rent, feasible, pricesFeasible }
}
