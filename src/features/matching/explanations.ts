import type { Assignment } from './assignment.js'
import { ReleaseSearch, ResidualGraph, type Distances, type FlowSolution, type Release } from '../flow/index.js'

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

/**
 * Explains every need that the optimum does not serve in full and that has a candidate at all. The ways to all nodes at
 * once do for the needs that get nothing; but a way may not take from the need itself, so that one which has something
 * needs a search of its own.
 */
export function explainShortfalls(assignment: Assignment, solution: FlowSolution): readonly Shortfall[] {
  const { candidates, firstNeedNode, problem } = assignment
  const search = new ReleaseSearch(problem, solution)
  const common = lazily(() => new ResidualGraph(problem, solution).distances('from-root'))
  return candidates.needs.flatMap((_, need): readonly Shortfall[] => {
    const node = firstNeedNode + need
    const missing = search.leftAt(node)
    if (missing === 0 || candidates.first[need] === candidates.first[need + 1]) return []
    const isUnserved = missing === problem.supply[node]
    const release = isUnserved ? commonRelease(need, assignment, solution, common()) : search.cheapestFor(node)
    if (release === null) return [{ need, threshold: null, holders: [] }]
    return [{ need, threshold: release.cost, holders: holdersOf(release, assignment) }]
  })
}

function commonRelease(
  need: number,
  { candidates: { first }, problem }: Assignment,
  { flow }: FlowSolution,
  distances: Distances,
): Release | null {
  let [cost, best] = [Infinity, -1]
  for (let arc = first[need] ?? 0; arc < (first[need + 1] ?? 0); arc++) {
    if ((flow[arc] ?? 0) >= (problem.capacity[arc] ?? 0)) continue
    const loss = (distances.cost[problem.from[arc] ?? 0] ?? Infinity) + (problem.cost[arc] ?? 0)
    if (loss < cost) [cost, best] = [loss, arc]
  }
  if (best < 0) return null
  const arcs = [best]
  let node = problem.from[best] ?? 0
  for (let arc = distances.arc[node] ?? -1; arc >= 0; arc = distances.arc[node] ?? -1) {
    arcs.push(arc)
    node = (problem.from[arc] === node ? problem.to[arc] : problem.from[arc]) ?? 0
  }
  return { cost, arcs }
}

/** After the arc into the need, every second arc of a candidate is undone: a unit that moves on. */
function holdersOf({ arcs }: Release, { problem, candidates }: Assignment): number[] {
  let node = problem.from[arcs[0] ?? 0]
  return arcs.slice(1).filter((arc) => {
    const isUndone = problem.from[arc] === node
    node = isUndone ? problem.to[arc] : problem.from[arc]
    return isUndone && arc < candidates.offer.length
  })
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
