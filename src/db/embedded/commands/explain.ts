import { Int32, type Document } from 'bson'
import { isObject } from '../documents.js'
import type { IndexScan } from '../planner/index-scan.js'
import type { Plan } from '../planner/planner.js'
import { ServerError } from '../server-error.js'
import { planAggregate, splitPipeline } from './aggregate.js'
import { namespaceOf, type Command, type Operation } from './command.js'
import { countRows, planFind, readSelection } from './find.js'
import { planSelection, type Planned } from './select.js'

export const explain: Command = {
  options: ['verbosity'],
  run(operation) {
    const inner = readExplained(operation)
    const planned = planExplained(inner)
    const verbosity = (operation.body['verbosity'] as string | undefined) ?? 'allPlansExecution'
    const namespace = namespaceOf(inner)
    const winningPlan = planned ? describe(planned) : { stage: 'EOF' }
    return {
      explainVersion: '1',
      queryPlanner: { namespace, indexFilterSet: false, winningPlan, rejectedPlans: [] },
      ...(verbosity === 'queryPlanner' ? {} : { executionStats: statistics(planned, winningPlan) }),
      ok: 1,
    }
  },
}

function readExplained(operation: Operation): Operation {
  const command: unknown = operation.body['explain']
  if (!isObject(command))
    throw new ServerError(14, `BSON field 'explain.explain' is the wrong type, expected type 'object'`)
  return { ...operation, body: command, name: Object.keys(command)[0] ?? '' }
}

function planExplained(operation: Operation): Planned | undefined {
  const { body, engine, transaction, name } = operation
  if (name === 'find') return planFind(operation)
  if (name === 'aggregate') return planAggregate(operation, splitPipeline(body['pipeline'] as Document[]))
  const filterField = { count: 'query', distinct: 'query', findAndModify: 'query' }[name]
  const statement = ((body['updates'] ?? body['deletes'] ?? []) as Document[])[0]
  if (filterField === undefined && statement === undefined)
    throw new ServerError(59, `Explain failed due to unknown command: ${name}`)
  const collection = engine.collection(namespaceOf(operation), transaction)
  const selection = statement
    ? readSelection({ ...operation, body: statement }, 'q')
    : readSelection(operation, filterField ?? 'query')
  return collection && planSelection(collection, engine.view(transaction), { ...selection, limit: 0 })
}

function describe({ plan, selection }: Planned): Document {
  let stage = planStage(plan)
  if (!plan.sorted && selection.sort) stage = { stage: 'SORT', sortPattern: selection.sort, inputStage: stage }
  if (selection.skip) stage = { stage: 'SKIP', skipAmount: new Int32(selection.skip), inputStage: stage }
  return selection.limit ? { stage: 'LIMIT', limitAmount: new Int32(selection.limit), inputStage: stage } : stage
}

function planStage(plan: Plan): Document {
  if (plan.kind === 'collection') return { stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' }
  if (plan.kind === 'union')
    return { stage: 'FETCH', inputStage: { stage: 'OR', inputStages: plan.scans.map(scanStage) } }
  return { stage: 'FETCH', inputStage: scanStage(plan) }
}

function scanStage(plan: IndexScan | Extract<Plan, { kind: 'union' }>): Document {
  if (plan.kind === 'union') return { stage: 'OR', inputStages: plan.scans.map(scanStage) }
  const { index, bounds, reverse } = plan
  return {
    stage: 'IXSCAN',
    keyPattern: index.spec['key'] as Document,
    indexName: index.name,
    isMultiKey: index.arrayPaths.size > 0,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    direction: reverse ? 'backward' : 'forward',
    indexBounds: Object.fromEntries(
      index.fields.map(({ path }, position) => [path, (bounds[position] ?? []).map(boundText)]),
    ),
  }
}

/** The encoded ends of an interval: type and value bytes in hexadecimal, open ends as MinKey and MaxKey. */
const boundText = ({ from, to }: { from: { bytes: Buffer }; to: { bytes: Buffer } }): string =>
  `[${from.bytes.length === 0 ? 'MinKey' : from.bytes.toString('hex')}, ${to.bytes.length === 0 ? 'MaxKey' : to.bytes.toString('hex')}]`

function statistics(planned: Planned | undefined, executionStages: Document): Document {
  const started = Date.now()
  const returned = planned ? countRows(planned) : 0
  return {
    executionSuccess: true,
    nReturned: new Int32(returned),
    executionTimeMillis: new Int32(Date.now() - started),
    totalKeysExamined: new Int32(planned?.execution.work.keys ?? 0),
    totalDocsExamined: new Int32(planned?.execution.work.documents ?? 0),
    executionStages,
  }
}
