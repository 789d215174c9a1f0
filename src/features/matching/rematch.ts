import { transfer, type Standing } from './basis-transfer.js'
import { buildAssignment } from './assignment.js'
import { updateCandidates, type UpdateParts } from './candidate-update.js'
import { certify, ExactSum, NetworkSimplex } from '../flow/index.js'
import { Costs } from './costs.js'
import { explainShortfalls, type Shortfall } from './explanations.js'
import { LossAccount } from '../limits/index.js'
import { InputChanges, isComparable } from './input-changes.js'
import { divideTasks, sortById, type Task } from './matching-tasks.js'
import type { MatchingInput } from './matching-input.js'
import type { Objective } from './objective.js'
import { objectiveOf } from './objectives.js'
import { OfferIndex } from './offer-index.js'
import { repairFor } from './objective-repair.js'
import { Standings } from './share-ladders.js'
import { addWorth, record, servedBy, type MatchingPlan, type SolvedTask } from './solve.js'
import { repairFromStanding } from './standing-repair.js'

interface HeldTask {
  readonly solved: SolvedTask
  readonly standing: Standing
}

interface Held {
  readonly input: MatchingInput
  /** By kind of its needs. */
  readonly tasks: ReadonlyMap<number, HeldTask>
}

interface Step extends UpdateParts {
  readonly objective: Objective
  readonly has: Int32Array
  readonly bound: ExactSum
  readonly held: Held | null
}

/**
 * A matching that goes on: it holds its last plan, with equity first, and makes the next one from it when needs and offers
 * change. Each flow goes on from the basis that stands and is proven like a first one, so that the bound is the same as
 * without a memory; of the plan, all that still fits is kept.
 */
export class Rematch {
  private held: Held | null = null

  /** The plan for the whole question as it is by now. The first is made from nothing, and so is one of other kinds, points or days. */
  plan(question: MatchingInput, now: () => number = () => performance.now()): MatchingPlan {
    const input = sortById(question)
    const costs = new Costs(input)
    const held = this.held !== null && isComparable(this.held.input, input) ? this.held : null
    const step: Step = {
      ...{ input, costs, held, index: new OfferIndex(input.offers), bound: new ExactSum() },
      changes: new InputChanges(held?.input ?? { ...input, offers: [], needs: [] }, input),
      objective: objectiveOf('equity-first', { input, costs }),
      has: Int32Array.from(input.units, (unit) => unit.has),
    }
    const started = now()
    const tasks = divideTasks(input).map((task) => {
      const done = advance(step, task)
      record(input, done.solved, step.has, new Standings())
      return done
    })
    this.held = {
      input,
      tasks: new Map(tasks.flatMap((done) => done.solved.task.needs.map((place) => [kindAt(input, place), done]))),
    }
    return planOf(step, tasks, (now() - started) / 1000)
  }
}

const kindAt = ({ needs }: MatchingInput, place: number): number => needs[place]?.kind ?? -1

function advance(step: Step, task: Task): HeldTask {
  const { input, objective, changes, has, bound, held } = step
  const before = held?.tasks.get(kindAt(input, task.needs[0] ?? -1))
  const candidates = updateCandidates(step, { needs: task.needs, has, before: before?.solved.candidates })
  const assignment = buildAssignment(input, candidates, objective)
  const moved = before === undefined ? null : transfer(before.standing, assignment, changes)
  const simplex = new NetworkSimplex(assignment.problem, moved === null ? {} : { start: moved.basis })
  const optimum = simplex.solve()
  const basis = simplex.basis()
  const certificate = certify(assignment.problem, optimum)
  bound.add(-certificate.primal)
  const allotment =
    moved === null
      ? repairFor(objective, input, assignment, { simplex, optimum, account: new LossAccount() })
      : repairFromStanding(input, assignment, moved.units)
  const facts = { task, candidates, assignment, allotment, proven: certificate.proven }
  const shortfalls = lazily(() => explainShortfalls(assignment, optimum))
  const solved: SolvedTask = {
    ...facts,
    optimum: servedBy(assignment, optimum.flow),
    // Reasons take longer than the plan, and not every plan is explained.
    get shortfalls() {
      return shortfalls()
    },
  }
  return { solved, standing: { assignment, basis, units: allotment.units } }
}

function lazily(make: () => readonly Shortfall[]): () => readonly Shortfall[] {
  let made: readonly Shortfall[] | null = null
  return () => (made ??= make())
}

function planOf({ input, costs, bound }: Step, held: readonly HeldTask[], seconds: number): MatchingPlan {
  const tasks = held.map(({ solved }) => solved)
  const [worth, equityWorth] = [new ExactSum(), new ExactSum()]
  for (const solved of tasks) addWorth(input, costs, solved, { worth, equityWorth })
  return {
    ...{ objectiveKey: 'equity-first', input, costs, tasks, seconds: { candidates: 0, solve: seconds, repair: 0 } },
    ...{ objective: worth.value(), bound: bound.value(), equityWorth: equityWorth.value() },
    certified: tasks.every(({ proven }) => proven),
  }
}
