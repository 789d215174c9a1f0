import { ExactSum, type FlowProblem } from '../flow/index.js'
import { UnreadableProblemError, type StatedProblem } from './stated-problem.js'

/** A published problem as one in which nothing is forced, but every unit that arrives earns more than any way costs. */
export interface ForcedFlow {
  readonly problem: FlowProblem
  /** The last arcs lead to what is asked for: one for every node that takes. */
  readonly firstReward: number
  readonly reward: number
  /** Units that must leave and must arrive, lower bounds shifted away. */
  readonly supplied: number
  readonly asked: number
  /** Cost of the lower bounds. */
  readonly fixed: bigint
}

/** @throws UnreadableProblemError when lower bounds add up to more units at a node than can be counted */
export function forcedFlow(stated: StatedProblem): ForcedFlow {
  const { from, to, lower, cost } = stated
  const [supply, fixed] = [Float64Array.from(stated.supply), new ExactSum()]
  lower.forEach((units, arc) => {
    if (units === 0) return
    const [tail, head] = [from[arc] ?? 0, to[arc] ?? 0]
    supply[tail] = (supply[tail] ?? 0) - units
    supply[head] = (supply[head] ?? 0) + units
    fixed.addProduct(units, cost[arc] ?? 0)
  })
  if (supply.some((units) => Math.abs(units) >= 2 ** 31)) {
    throw new UnreadableProblemError('The lower bounds of the arcs at one node add up to too many units.')
  }
  const takers = [...supply.keys()].filter((node) => (supply[node] ?? 0) < 0)
  const reward = rewardFor(cost, supply.length + takers.length)
  return {
    problem: problemOf(stated, { supply, takers, reward }),
    firstReward: from.length,
    reward,
    supplied: supply.reduce((sum, units) => sum + Math.max(0, units), 0),
    asked: supply.reduce((sum, units) => sum + Math.max(0, -units), 0),
    fixed: fixed.value(),
  }
}

interface Shifted {
  readonly supply: Float64Array
  readonly takers: readonly number[]
  readonly reward: number
}

/** A node that takes passes its units on to a node of its own, which asks for them. */
function problemOf({ from, to, lower, upper, cost }: StatedProblem, { supply, takers, reward }: Shifted): FlowProblem {
  const asked = takers.map((node) => -(supply[node] ?? 0))
  const gives = supply.map((units) => Math.max(0, units))
  return {
    supply: Int32Array.from([...gives, ...asked.map((units) => -units)]),
    from: joined(from, takers),
    to: joined(
      to,
      takers.map((_, at) => supply.length + at),
    ),
    capacity: joined(
      upper.map((units, arc) => units - (lower[arc] ?? 0)),
      asked,
    ),
    cost: Float64Array.from([...cost, ...takers.map(() => -reward)]),
  }
}

function joined(first: Int32Array, rest: readonly number[]): Int32Array {
  const all = new Int32Array(first.length + rest.length)
  all.set(first)
  all.set(rest, first.length)
  return all
}

/** More than any way through all nodes could cost. */
const rewardFor = (cost: Float64Array, nodes: number): number =>
  (cost.reduce((most, one) => Math.max(most, Math.abs(one)), 0) + 1) * (nodes + 1)
