import highsModule from 'highs'
import { elementOf } from '../../src/shared/element-of.js'
import type { MatchingPlan, SolvedTask } from '../../src/features/matching/index.js'

const loadHighs = highsModule as unknown as typeof highsModule.default

/** What HiGHS knows of the best plan that keeps lots and partner limits, in the worth of the plan. */
export interface PlanOptimum {
  /** No plan is worth more; equal to the best plan where `isProven`. */
  readonly bound: number
  readonly isProven: boolean
  readonly seconds: number
}

/** The columns and rows of a mixed-integer programme, grown as it is written down. */
class Programme {
  readonly cost: number[] = []
  readonly upper: number[] = []
  readonly integer: number[] = []
  readonly least: number[] = []
  readonly most: number[] = []
  private readonly entries: { readonly row: number; readonly column: number; readonly value: number }[] = []

  column(cost: number, upper: number, isInteger: boolean): number {
    this.integer.push(Number(isInteger))
    this.upper.push(upper)
    return this.cost.push(cost) - 1
  }

  row(least: number, most: number): number {
    this.least.push(least)
    return this.most.push(most) - 1
  }

  enter(row: number, column: number, value: number): void {
    this.entries.push({ row, column, value })
  }

  matrix() {
    const sorted = this.entries.toSorted((one, other) => one.column - other.column || one.row - other.row)
    const starts = new Int32Array(this.cost.length + 1)
    for (const { column } of sorted) starts[column + 1] = elementOf(starts, column + 1) + 1
    for (let at = 0; at < this.cost.length; at++) starts[at + 1] = elementOf(starts, at + 1) + elementOf(starts, at)
    return {
      format: 'csc' as const,
      numRows: this.least.length,
      numCols: this.cost.length,
      starts,
      indices: Int32Array.from(sorted, ({ row }) => row),
      values: Float64Array.from(sorted, ({ value }) => value),
    }
  }
}

/**
 * A second opinion on a whole plan: the same candidates with minimum lots and partner limits as a mixed-integer programme
 * for HiGHS, one a task, `seconds` for each at most. What is not solved in time still has a proven bound.
 */
export async function createPlanOracle(seconds: number): Promise<(plan: MatchingPlan) => PlanOptimum> {
  const highs = await loadHighs()
  const solve = (programme: Programme) =>
    highs.withModel(
      {
        numCols: programme.cost.length,
        numRows: programme.least.length,
        colCost: Float64Array.from(programme.cost),
        colLower: new Float64Array(programme.cost.length),
        colUpper: Float64Array.from(programme.upper),
        rowLower: Float64Array.from(programme.least, (value) => (value === -Infinity ? -highs.infinity : value)),
        rowUpper: Float64Array.from(programme.most, (value) => (value === Infinity ? highs.infinity : value)),
        integrality: Int32Array.from(programme.integer),
        matrix: programme.matrix(),
      },
      (model) => {
        model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 1e-6 })
        model.run()
        const isProven = model.getModelStatus() === highs.constants.modelStatus.optimal
        return { isProven, bound: -Number(isProven ? model.getObjectiveValue() : model.info.get('mip_dual_bound')) }
      },
    )
  return (plan) => {
    const started = performance.now()
    const { gap } = plan.costs
    const answers = plan.tasks
      .filter(({ candidates }) => candidates.offer.length > 0)
      .map((task) => solve(programmeOf(plan, task, gap)))
    return {
      bound: gap * answers.reduce((sum, { bound }) => sum + bound, 0),
      isProven: answers.every(({ isProven }) => isProven),
      seconds: (performance.now() - started) / 1000,
    }
  }
}

function programmeOf(plan: MatchingPlan, task: SolvedTask, scale: number): Programme {
  const programme = new Programme()
  const { problem } = task.assignment
  for (const units of problem.supply) programme.row(units < 0 ? units : -Infinity, units < 0 ? Infinity : units)
  problem.from.forEach((from, arc) => {
    const column = programme.column(elementOf(problem.cost, arc) / scale, elementOf(problem.capacity, arc), false)
    programme.enter(from, column, 1)
    programme.enter(elementOf(problem.to, arc), column, -1)
  })
  limitPartners(programme, plan, task)
  keepLots(programme, plan, task)
  return programme
}

const groupedBy = (arcs: readonly number[], keyOf: (arc: number) => number): readonly number[][] => {
  const groups = new Map<number, number[]>()
  for (const arc of arcs) groups.set(keyOf(arc), [...(groups.get(keyOf(arc)) ?? []), arc])
  return [...groups.values()]
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Switches on a company for a need; so many at most. */
function limitPartners(programme: Programme, plan: MatchingPlan, { candidates, assignment }: SolvedTask): void {
  const { mostPartners } = plan.input.limits
  candidates.needs.forEach((place, need) => {
    const first = elementOf(candidates.first, need)
    const arcs = Array.from({ length: elementOf(candidates.first, need + 1) - first }, (_, at) => first + at)
    const companies = groupedBy(arcs, (arc) => elementOf(plan.input.offers, elementOf(candidates.offer, arc)).partner)
    if (companies.length <= mostPartners) return
    const few = programme.row(-Infinity, mostPartners)
    for (const company of companies) {
      const isOn = programme.column(0, 1, true)
      programme.enter(few, isOn, 1)
      const all = sum(company.map((arc) => elementOf(assignment.problem.capacity, arc)))
      const onlyThen = programme.row(-Infinity, 0)
      for (const arc of company) programme.enter(onlyThen, arc, 1)
      programme.enter(onlyThen, isOn, -Math.min(all, elementOf(plan.input.needs, place).quantity))
    }
  })
}

/** A lot is nothing, or no less than its minimum. */
function keepLots(programme: Programme, plan: MatchingPlan, { candidates, assignment }: SolvedTask): void {
  const offerOf = (arc: number) => elementOf(plan.input.offers, elementOf(candidates.offer, arc))
  const limited = [...candidates.offer.keys()].filter((arc) => offerOf(arc).minPerUnit > 1)
  for (const lot of groupedBy(limited, (arc) => elementOf(assignment.lot, arc))) {
    const { minPerUnit, maxPerUnit } = offerOf(elementOf(lot, 0))
    const isOn = programme.column(0, 1, true)
    const [least, most] = [programme.row(0, Infinity), programme.row(-Infinity, 0)]
    for (const arc of lot) for (const row of [least, most]) programme.enter(row, arc, 1)
    programme.enter(least, isOn, -minPerUnit)
    programme.enter(
      most,
      isOn,
      -Math.min(maxPerUnit, sum(lot.map((arc) => elementOf(assignment.problem.capacity, arc)))),
    )
  }
}
