import { ExactSum, NetworkSimplex, type FlowProblem } from '../flow/index.js'
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
    const again = new TaskAgain(task)
    asked += chosen.length
    confirmed += chosen.filter((shortfall) => again.confirms(shortfall)).length
  }
  return { asked, confirmed }
}

/** A task that is solved again and again with one need worth more; each time it goes on from where it stood. */
class TaskAgain {
  private readonly simplex: NetworkSimplex
  private readonly optimum: Int32Array

  constructor(private readonly task: SolvedTask) {
    this.simplex = new NetworkSimplex(task.assignment.problem)
    this.optimum = this.simplex.solve().flow
  }

  confirms({ need, threshold }: Shortfall): boolean {
    const { cost } = this.task.assignment.problem
    if (threshold !== null) return this.gain(need, threshold) === 0n && this.gain(need, threshold + 1) > 0n
    return (
      this.gain(
        need,
        cost.reduce((most, one) => Math.max(most, -one), 0),
      ) === 0n
    )
  }

  /** What the optimum gains when the units of the need are worth so much more, beyond those that it has anyway. */
  private gain(need: number, more: number): bigint {
    const { candidates, assignment } = this.task
    const { problem } = assignment
    const arcs: number[] = []
    for (let arc = candidates.first[need] ?? 0; arc < (candidates.first[need + 1] ?? 0); arc++) arcs.push(arc)
    const costOf = (arc: number): number => problem.cost[arc] ?? 0
    for (const arc of arcs) this.simplex.setCost(arc, costOf(arc) - more)
    const { flow } = this.simplex.solve()
    const gained = worthOf(this.simplex.problem, flow) - worthOf(this.simplex.problem, this.optimum)
    for (const arc of arcs) this.simplex.setCost(arc, costOf(arc))
    return gained
  }
}

function worthOf({ cost }: FlowProblem, flow: Int32Array): bigint {
  const sum = new ExactSum()
  for (let arc = 0; arc < flow.length; arc++) {
    const units = flow[arc] ?? 0
    if (units > 0) sum.addProduct(units, -(cost[arc] ?? 0))
  }
  return sum.value()
}
