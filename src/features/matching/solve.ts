import { certify, ExactSum, NetworkSimplex, UnsoundProblemError } from '../flow/index.js'
import type { Allotment } from './allotment.js'
import { buildAssignment, type Assignment } from './assignment.js'
import { elementOf } from '../../shared/element-of.js'
import { findCandidates, type Candidates } from './candidates.js'
import { Costs, isWhole } from './costs.js'
import { explainShortfalls, type Shortfall } from './explanations.js'
import { divideTasks, sortById, type Task } from './matching-tasks.js'
import type { MatchingInput } from './matching-input.js'
import { OfferIndex } from './offer-index.js'
import { repair } from './repair.js'

/** One part of the question, solved: everything in it is by place in `input` of the plan. */
export interface SolvedTask {
  readonly task: Task
  readonly candidates: Candidates
  readonly assignment: Assignment
  readonly allotment: Allotment
  readonly shortfalls: readonly Shortfall[]
  /** Units of the optimum before lots and limits, by place of the need among the candidates' needs. */
  readonly optimum: Int32Array
  readonly proven: boolean
}

export interface MatchingPlan {
  /** The input in the order of ids; the places in the tasks are places here. */
  readonly input: MatchingInput
  readonly costs: Costs
  readonly tasks: readonly SolvedTask[]
  /** Worth of the plan, and of the proven optimum before partner limits and minimum lots. */
  readonly objective: bigint
  readonly bound: bigint
  /** Every optimum was proven in this run. */
  readonly certified: boolean
  readonly seconds: { readonly candidates: number; readonly solve: number }
}

export interface SolveOptions {
  /** Called before each category is solved, with its number. */
  readonly onCategory?: (category: number) => void
  /** Milliseconds that only go forward. */
  readonly now?: () => number
}

/**
 * Matches all needs with all offers: category by category in the order in which a unit can use things, each an exact flow
 * that is proven, then repaired for lots and partner limits. The same question gives the same plan, whatever its order.
 */
export function solveMatching(
  question: MatchingInput,
  { onCategory, now = () => performance.now() }: SolveOptions = {},
): MatchingPlan {
  if (!isWhole(question.scoring)) throw new UnsoundProblemError('The points of a scoring are whole numbers from 0')
  const input = sortById(question)
  const costs = new Costs(input)
  const index = new OfferIndex(input.offers)
  const has = Int32Array.from(input.units, (unit) => unit.has)
  const [objective, bound] = [new ExactSum(), new ExactSum()]
  const seconds = { candidates: 0, solve: 0 }
  let category = -1
  const tasks = divideTasks(input).map((task) => {
    if (task.category !== category) onCategory?.(task.category)
    category = task.category
    const started = now()
    const candidates = findCandidates(input, index, costs, { needs: task.needs, has })
    const found = now()
    const solved = solveTask(input, task, candidates, costs, bound)
    solved.allotment.units.forEach((units, arc) => {
      objective.addProduct(units, elementOf(solved.assignment.value, arc))
    })
    equip(has, input, solved)
    seconds.candidates += (found - started) / 1000
    seconds.solve += (now() - found) / 1000
    return solved
  })
  const certified = tasks.every((task) => task.proven)
  return { input, costs, tasks, objective: objective.value(), bound: bound.value(), certified, seconds }
}

function solveTask(
  input: MatchingInput,
  task: Task,
  candidates: Candidates,
  costs: Costs,
  bound: ExactSum,
): SolvedTask {
  const assignment = buildAssignment(input, candidates, costs)
  const simplex = new NetworkSimplex(assignment.problem)
  const optimum = simplex.solve()
  const certificate = certify(assignment.problem, optimum)
  bound.add(-certificate.primal)
  const shortfalls = explainShortfalls(assignment, optimum)
  const allotment = repair(input, assignment, simplex, optimum.flow)
  const proven = certificate.proven
  return { task, candidates, assignment, allotment, shortfalls, optimum: servedBy(assignment, optimum.flow), proven }
}

function servedBy({ candidates, needOf }: Assignment, flow: Int32Array): Int32Array {
  const served = new Int32Array(candidates.needs.length)
  needOf.forEach((need, arc) => (served[need] = elementOf(served, need) + elementOf(flow, arc)))
  return served
}

/** What a unit is given in this plan counts for what it needs next. */
function equip(has: Int32Array, input: MatchingInput, { candidates, assignment, allotment }: SolvedTask): void {
  allotment.units.forEach((units, arc) => {
    if (units === 0) return
    const need = elementOf(input.needs, elementOf(candidates.needs, elementOf(assignment.needOf, arc)))
    has[need.unit] = (has[need.unit] ?? 0) | elementOf(input.kinds, need.kind).provides
  })
}
