import { certify, ExactSum, NetworkSimplex, UnsoundProblemError } from '../flow/index.js'
import type { Allotment } from './allotment.js'
import { buildAssignment, unitsOf, type Assignment } from './assignment.js'
import { LossAccount } from '../limits/index.js'
import { elementOf } from '../../shared/element-of.js'
import { findCandidates, type Candidates } from './candidates.js'
import { Costs, isWhole } from './costs.js'
import { explainShortfalls, type Shortfall } from './explanations.js'
import { divideTasks, sortById, type Task } from './matching-tasks.js'
import type { MatchingInput } from './matching-input.js'
import type { Objective, ObjectiveKey } from './objective.js'
import { objectiveOf } from './objectives.js'
import { OfferIndex } from './offer-index.js'
import { repairFor } from './objective-repair.js'
import { addLadderWorth, Standings } from './share-ladders.js'

/** One part of the question, solved: everything in it is by place in `input` of the plan. */
export interface SolvedTask {
  readonly task: Task
  readonly candidates: Candidates
  readonly assignment: Assignment
  readonly allotment: Allotment
  /** Of the plan that puts equity first; another plan has no ranks that a reason could name. */
  readonly shortfalls: readonly Shortfall[]
  /** Units of the optimum before lots and limits, by place of the need among the candidates' needs. */
  readonly optimum: Int32Array
  readonly proven: boolean
}

export interface MatchingPlan {
  readonly objectiveKey: ObjectiveKey
  /** The input in the order of ids; the places in the tasks are places here. */
  readonly input: MatchingInput
  readonly costs: Costs
  readonly tasks: readonly SolvedTask[]
  /** Worth of the plan, and of the proven optimum before partner limits and minimum lots. */
  readonly objective: bigint
  readonly bound: bigint
  /** Worth of the plan with equity first, whatever it strives for. */
  readonly equityWorth: bigint
  /** Every optimum was proven in this run. */
  readonly certified: boolean
  /** To a proven optimum, and from there to a plan with its reasons. */
  readonly seconds: { readonly candidates: number; readonly solve: number; readonly repair: number }
}

export interface SolveOptions {
  /** Equity first unless told. */
  readonly objective?: ObjectiveKey
  /** False: nobody asks why the others get nothing, and no time is spent on it. */
  readonly withReasons?: boolean
  /** Called before each category is solved, with its number. */
  readonly onCategory?: (category: number) => void
  /** Milliseconds that only go forward. */
  readonly now?: () => number
}

/** A question made ready for several plans, which share what they can of the search for candidates. */
export class Matching {
  readonly input: MatchingInput
  readonly costs: Costs
  private readonly index: OfferIndex
  private readonly tasks: readonly Task[]
  private readonly known = new Map<Task, Candidates>()

  /** @throws UnsoundProblemError when the points are no whole numbers from 0 */
  constructor(question: MatchingInput) {
    if (!isWhole(question.scoring)) throw new UnsoundProblemError('The points of a scoring are whole numbers from 0')
    this.input = sortById(question)
    this.costs = new Costs(this.input)
    this.index = new OfferIndex(this.input.offers)
    this.tasks = divideTasks(this.input)
  }

  /**
   * Matches all needs with all offers: category by category in the order in which a unit can use things, each an exact
   * flow that is proven, then repaired for lots and partner limits. The same question gives the same plan, whatever its
   * order.
   */
  solve({
    objective: key = 'equity-first',
    withReasons = true,
    onCategory,
    now = () => performance.now(),
  }: SolveOptions = {}): MatchingPlan {
    const { input, costs } = this
    const objective = objectiveOf(key, { input, costs })
    const has = Int32Array.from(input.units, (unit) => unit.has)
    const [worth, bound, equityWorth] = [new ExactSum(), new ExactSum(), new ExactSum()]
    const standings = new Standings()
    const account = new LossAccount()
    const seconds = { candidates: 0, solve: 0, repair: 0 }
    let category = -1
    const tasks = this.tasks.map((task) => {
      if (task.category !== category) onCategory?.(task.category)
      category = task.category
      const started = now()
      const candidates = this.candidatesOf(task, has)
      const found = now()
      let proven = found
      const onProven = (): void => {
        proven = now()
      }
      const purpose = { objective, withReasons, standings, bound, account, onProven }
      const solved = solveTask(input, task, candidates, purpose)
      addWorth(input, costs, solved, { worth, equityWorth })
      record(input, solved, has, standings)
      seconds.candidates += (found - started) / 1000
      seconds.solve += (proven - found) / 1000
      seconds.repair += (now() - proven) / 1000
      return solved
    })
    const certified = tasks.every((task) => task.proven)
    const worths = { objective: worth.value(), bound: bound.value(), equityWorth: equityWorth.value() }
    return { objectiveKey: key, input, costs, tasks, ...worths, certified, seconds }
  }

  private candidatesOf(task: Task, has: Int32Array): Candidates {
    const known = this.known.get(task)
    const found = findCandidates(this.input, this.index, this.costs, { needs: task.needs, has, known })
    if (known === undefined) this.known.set(task, found)
    return found
  }
}

/** One plan of one question. */
export const solveMatching = (question: MatchingInput, options?: SolveOptions): MatchingPlan =>
  new Matching(question).solve(options)

interface Purpose {
  readonly objective: Objective
  readonly withReasons: boolean
  readonly standings: Standings
  readonly bound: ExactSum
  readonly account: LossAccount
  readonly onProven: () => void
}

function solveTask(
  input: MatchingInput,
  task: Task,
  candidates: Candidates,
  { objective, withReasons, standings, bound, account, onProven }: Purpose,
): SolvedTask {
  const assignment = buildAssignment(input, candidates, objective, standings)
  const simplex = new NetworkSimplex(assignment.problem)
  const optimum = simplex.solve()
  const certificate = certify(assignment.problem, optimum)
  bound.add(-certificate.primal)
  onProven()
  const shortfalls = withReasons && objective.key === 'equity-first' ? explainShortfalls(assignment, optimum) : []
  const allotment = repairFor(objective, input, assignment, { simplex, optimum, account })
  const served = servedBy(assignment, unitsOf(assignment, optimum.flow))
  return { task, candidates, assignment, allotment, shortfalls, optimum: served, proven: certificate.proven }
}

/** Units for every need of some candidates. */
export function servedBy({ candidates, needOf }: Assignment, units: Int32Array): Int32Array {
  const served = new Int32Array(candidates.needs.length)
  needOf.forEach((need, arc) => (served[need] = (served[need] ?? 0) + (units[arc] ?? 0)))
  return served
}

interface Worths {
  readonly worth: ExactSum
  readonly equityWorth: ExactSum
}

export function addWorth(
  input: MatchingInput,
  costs: Costs,
  { assignment, allotment: { units }, candidates }: SolvedTask,
  { worth, equityWorth }: Worths,
): void {
  const ranks = candidates.needs.map((place) => {
    const need = elementOf(input.needs, place)
    return costs.rankOf(need, elementOf(input.units, need.unit))
  })
  units.forEach((count, arc) => {
    if (count === 0) return
    worth.addProduct(count, elementOf(assignment.value, arc))
    const rank = elementOf(ranks, elementOf(assignment.needOf, arc))
    equityWorth.addProduct(count, costs.valueOf(rank, elementOf(candidates.points, arc)))
  })
  for (const { candidate, units: favoured, worth: more } of assignment.favours) {
    worth.addProduct(Math.min(favoured, elementOf(units, candidate)), more)
  }
  if (assignment.ladders !== null) addLadderWorth(assignment.ladders, servedBy(assignment, units), worth)
}

/** What a unit is given in this plan counts for what it needs next, and for the share of its authority. */
export function record(
  input: MatchingInput,
  { candidates, assignment, allotment }: SolvedTask,
  has: Int32Array,
  standings: Standings,
): void {
  const served = servedBy(assignment, allotment.units)
  allotment.units.forEach((units, arc) => {
    const need = elementOf(input.needs, elementOf(candidates.needs, elementOf(assignment.needOf, arc)))
    if (units > 0) standings.serve(need.unit, allotment.partnerOf(arc))
  })
  candidates.needs.forEach((place, at) => {
    const { unit, kind, quantity } = elementOf(input.needs, place)
    const given = elementOf(served, at)
    standings.add(elementOf(input.units, unit).authority, { asked: quantity, given })
    if (given > 0) has[unit] = (has[unit] ?? 0) | elementOf(input.kinds, kind).provides
  })
}
