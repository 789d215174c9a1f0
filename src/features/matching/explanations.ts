import type { Assignment } from './assignment.js'
import { ResidualGraph, type Distances, type FlowSolution } from '../flow/index.js'

/** Why the optimum leaves a need short, and what would change it. Exact for the flow, before limits and lots. */
export interface Shortfall {
  /** Place among the needs of the candidates. */
  readonly need: number
  /**
   * By how much one unit for this need would have to be worth more before the plan changes: the cheapest way to free a
   * unit of any of its offers, less what the unit is worth here. null: no offer has a unit that it may still take (the
   * maximum for one unit is reached everywhere), so no worth would help.
   */
  readonly threshold: number | null
  /** The exchange behind the threshold, nearest first: the candidates whose units would move on. */
  readonly holders: readonly number[]
}

/** Explains every need that the optimum does not serve in full and that has a candidate at all. */
export function explainShortfalls(assignment: Assignment, solution: FlowSolution): readonly Shortfall[] {
  const { candidates, firstNeedNode, needOf, problem } = assignment
  const graph = new ResidualGraph(problem, solution)
  const common = lazily(() => graph.distances('from-root'))
  const served = new Float64Array(candidates.needs.length)
  needOf.forEach((need, arc) => (served[need] = (served[need] ?? 0) + (solution.flow[arc] ?? 0)))
  return candidates.needs.flatMap((_, need) => {
    const node = firstNeedNode + need
    if (graph.leftAt(node) === 0 || candidates.first[need] === candidates.first[need + 1]) return []
    // A path to this need may not take from this need: one that has something needs a search of its own.
    const distances = served[need] === 0 ? common() : graph.distances('from-root', node)
    return [shortfallOf(need, assignment, solution, distances)]
  })
}

function shortfallOf(need: number, assignment: Assignment, { flow }: FlowSolution, distances: Distances): Shortfall {
  const { candidates, problem } = assignment
  let [threshold, start] = [Infinity, -1]
  for (let arc = candidates.first[need] ?? 0; arc < (candidates.first[need + 1] ?? 0); arc++) {
    if ((flow[arc] ?? 0) >= (problem.capacity[arc] ?? 0)) continue
    const tail = problem.from[arc] ?? 0
    const loss = (distances.cost[tail] ?? Infinity) + (problem.cost[arc] ?? 0)
    if (loss < threshold) [threshold, start] = [loss, tail]
  }
  if (start < 0) return { need, threshold: null, holders: [] }
  return { need, threshold, holders: holdersFrom(start, assignment, distances) }
}

/** Follows the path back to the root; a step from a need to where its unit came from is a unit that moves on. */
function holdersFrom(
  start: number,
  { problem, firstNeedNode, candidates }: Assignment,
  distances: Distances,
): number[] {
  const holders: number[] = []
  let node = start
  for (let arc = distances.arc[node] ?? -1; arc >= 0; arc = distances.arc[node] ?? -1) {
    const before = problem.from[arc] === node ? (problem.to[arc] ?? 0) : (problem.from[arc] ?? 0)
    const isUndone = problem.from[arc] === node
    if (isUndone && before >= firstNeedNode && arc < candidates.offer.length) holders.push(arc)
    node = before
  }
  return holders
}

/**
 * What one more unit of each offer would be worth to the plan, by node; the demand signal for companies. Exact: the
 * cheapest way of putting it to use.
 */
export function pricesOfOneMore(assignment: Assignment, solution: FlowSolution): Float64Array {
  const { cost } = new ResidualGraph(assignment.problem, solution).distances('to-root')
  return cost.slice(0, assignment.offers.length).map((distance) => -distance)
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null
  return () => (made ??= { value: make() }).value
}
