import { Int32, type Document } from 'bson'
import { isObject } from '../documents.js'
import type { Interval } from '../planner/intervals.js'
import type { Plan } from '../planner/planner.js'
import { ServerError } from '../server-error.js'
import { splitPipeline } from './aggregate.js'
import { namespaceOf, type Command, type Operation } from './command.js'
import { planned, readSelection } from './find.js'
import { countRows, sorts, type Planned, type Selection } from './select.js'

export const explain: Command = {
  options: 'verbosity',
  run(operation) {
    const command: unknown = operation.body['explain']
    if (!isObject(command)) throw new ServerError(14, `BSON field 'explain' is the wrong type, expected type 'object'`)
    const inner = { ...operation, body: command, name: Object.keys(command)[0] ?? '' }
    const plan = planned(inner, selectionOf(inner))
    const winningPlan = plan ? describe(plan) : { stage: 'EOF' }
    const planner = { namespace: namespaceOf(inner), indexFilterSet: false, winningPlan, rejectedPlans: [] }
    const runs = operation.body['verbosity'] !== 'queryPlanner'
    return {
      explainVersion: '1',
      queryPlanner: planner,
      ...(runs ? { executionStats: statistics(plan, winningPlan) } : {}),
      ok: 1,
    }
  },
}

function selectionOf(operation: Operation): Selection {
  const { body, name } = operation
  if (name === 'find') return readSelection(operation, 'filter')
  if (name === 'aggregate') return splitPipeline(operation).selection
  const statement = ((body['updates'] ?? body['deletes'] ?? []) as Document[])[0]
  if (statement) return { ...readSelection({ ...operation, body: statement }, 'q'), limit: 0 }
  if (/^(count|distinct|findAndModify)$/.test(name)) return readSelection(operation, 'query')
  throw new ServerError(59, `Explain failed due to unknown command: ${name}`)
}

function describe({ plan, selection: { sort, skip, limit } }: Planned): Document {
  let stage = planStage(plan)
  if (!plan.sorted && sorts(sort)) stage = { stage: 'SORT', sortPattern: sort, inputStage: stage }
  if (skip) stage = { stage: 'SKIP', skipAmount: new Int32(skip), inputStage: stage }
  return limit ? { stage: 'LIMIT', limitAmount: new Int32(limit), inputStage: stage } : stage
}

const planStage = (plan: Plan): Document =>
  plan.kind === 'collection'
    ? { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' }
    : { stage: 'FETCH', inputStage: scanStage(plan) }

function scanStage(plan: Exclude<Plan, { kind: 'collection' }>): Document {
  if (plan.kind === 'union') return { stage: 'OR', inputStages: plan.scans.map(scanStage) }
  const { index, bounds, reverse } = plan
  return {
    stage: 'IXSCAN',
    keyPattern: index.spec['key'] as Document,
    indexName: index.name,
    isMultiKey: index.arrayPaths.size > 0,
    isUnique: index.unique,
    direction: reverse ? 'backward' : 'forward',
    indexBounds: Object.fromEntries(index.fields.map(({ path }, at) => [path, (bounds[at] ?? []).map(boundText)])),
  }
}

/** The encoded ends of an interval in hexadecimal: its type's byte, then the value. */
const boundText = ({ from, to }: Interval): string =>
  `[${from.bytes.toString('hex') || 'MinKey'}, ${to.bytes.toString('hex') || 'MaxKey'}]`

function statistics(plan: Planned | undefined, executionStages: Document): Document {
  const started = Date.now()
  const returned = plan ? countRows(plan) : 0
  return {
    executionSuccess: true,
    nReturned: new Int32(returned),
    executionTimeMillis: new Int32(Date.now() - started),
    totalKeysExamined: new Int32(plan?.execution.work.keys ?? 0),
    totalDocsExamined: new Int32(plan?.execution.work.documents ?? 0),
    executionStages,
  }
}
