import { NetworkSimplex, type FlowProblem, type FlowSolution } from '../flow/index.js'
import type { Shortfall } from './explanations.js'
import type { MatchingPlan, SolvedTask } from './solve.js'

export interface Confirmations {
  readonly asked: number
  readonly confirmed: number
}

/**
 * Solves again for a sample of the needs that are short, spread over all of them: at its threshold (and below it) a unit
 * for the need gains nothing, one above it the optimum gains. Where no worth would help, none does. About the flow, as
 * the thresholds are; at most `sample` needs, each solved for twice.
 */
export function confirmExplanations({ tasks }: MatchingPlan, sample: number): Confirmations {
  const count = tasks.reduce((sum, { shortfalls }) => sum + shortfalls.length, 0)
  const every = Math.max(1, count / Math.max(1, sample))
  let [seen, asked, confirmed] = [0, 0, 0]
  for (const task of tasks) {
    const chosen = task.shortfalls.filter(() => Math.floor(seen / every) !== Math.floor(++seen / every))
    if (chosen.length === 0) continue
    const optimum = new NetworkSimplex(task.assignment.problem).solve()
    asked += chosen.length
    confirmed += chosen.filter((shortfall) => isConfirmed(shortfall, task, optimum)).length
  }
  return { asked, confirmed }
}

function isConfirmed({ need, threshold }: Shortfall, task: SolvedTask, { flow }: FlowSolution): boolean {
  const { problem, needOf } = task.assignment
  const served = needOf.reduce((sum, owner, arc) => (owner === need ? sum + (flow[arc] ?? 0) : sum), 0)
  const before = costOf(problem, flow)
  /** What the optimum gains beyond the units that the need has anyway, when its units are worth so much more. */
  const gainOf = (more: number): bigint => {
    const dearer = withWorth(task, need, more)
    return before - BigInt(served) * BigInt(more) - costOf(dearer, new NetworkSimplex(dearer).solve().flow)
  }
  if (threshold === null) return gainOf(problem.cost.reduce((most, cost) => Math.max(most, -cost), 0)) === 0n
  return gainOf(threshold) === 0n && gainOf(threshold + 1) > 0n
}

/** The problem of the task, every unit for this need worth so much more. */
function withWorth(
  { assignment: { problem }, candidates: { first } }: SolvedTask,
  need: number,
  more: number,
): FlowProblem {
  const cost = problem.cost.slice()
  for (let arc = first[need] ?? 0; arc < (first[need + 1] ?? 0); arc++) cost[arc] = (cost[arc] ?? 0) - more
  return { ...problem, cost }
}

const costOf = ({ cost }: FlowProblem, flow: Int32Array): bigint =>
  flow.reduce((sum, units, arc) => (units === 0 ? sum : sum + BigInt(units) * BigInt(cost[arc] ?? 0)), 0n)
