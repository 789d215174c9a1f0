import { Int32, Long, type Document } from 'bson'
import { compileFilter } from '../query/matcher.js'
import { compileProjection } from '../query/projection.js'
import { decode, encode, numberOf } from '../documents.js'
import { countKeys } from '../planner/executor.js'
import { ServerError } from '../server-error.js'
import type { Reply } from '../wire/wire-message.js'
import { checkCollation, countField, documentField, namespaceOf, type Command, type Operation } from './command.js'
import { planSelection, select, type Planned, type Selection } from './select.js'

const firstBatchSize = 101

export function readSelection(operation: Operation, filterField: string): Selection {
  const { body, now, deadline, name } = operation
  checkCollation(body)
  const sort = documentField(body, 'sort', name)
  const variables = documentField(body, 'let', name)
  return {
    filter: compileFilter(documentField(body, filterField, name), { let: variables, now }),
    ...(Object.keys(sort).length > 0 ? { sort } : {}),
    hint: body['hint'],
    skip: countField(body, 'skip') ?? 0,
    limit: Math.abs(numberOf(body['limit']) ?? 0),
    deadline,
  }
}

/** The plan of a find, undefined when there is no such collection. */
export function planFind(operation: Operation): Planned | undefined {
  const collection = operation.engine.collection(namespaceOf(operation), operation.transaction)
  const selection = readSelection(operation, 'filter')
  if ((numberOf(operation.body['limit']) ?? 0) < 0) {
    throw new ServerError(
      51024,
      `BSON field 'limit' value must be >= 0, actual value '${String(operation.body['limit'])}'`,
    )
  }
  return collection && planSelection(collection, operation.engine.view(operation.transaction), selection)
}

function* found(planned: Planned, projection: Document | undefined): Generator<Uint8Array> {
  const { filter } = planned.selection
  const project = projection && compileProjection(projection, filter)
  for (const { bytes } of select(planned)) {
    if (project === undefined) yield bytes
    else {
      const document = decode(bytes)
      yield encode(project(document, filter.match(document)))
    }
  }
}

export const find: Command = {
  options: [
    'filter',
    'sort',
    'projection',
    'hint',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'noCursorTimeout',
    'allowDiskUse',
    'allowPartialResults',
    'collation',
    'let',
  ],
  refused: ['min', 'max', 'returnKey', 'showRecordId', 'tailable', 'awaitData', 'oplogReplay'],
  inTransaction: true,
  run(operation) {
    const { body, engine, transaction } = operation
    const planned = planFind(operation)
    const projection = documentField(body, 'projection', 'find')
    const given = Object.keys(projection).length > 0 ? projection : undefined
    if (given !== undefined) compileProjection(given, planned?.selection.filter)
    const batch = engine.cursors.start({
      namespace: namespaceOf(operation),
      documents: planned === undefined ? [] : found(planned, given),
      transaction,
      batchSize: countField(body, 'batchSize') ?? firstBatchSize,
      singleBatch: body['singleBatch'] === true,
      keepsForever: body['noCursorTimeout'] === true,
    })
    return { document: { ok: 1 }, batch }
  },
}

export const getMore: Command = {
  options: ['collection', 'batchSize'],
  inTransaction: true,
  run({ body, database, engine, transaction }): Reply {
    const id: unknown = body['getMore']
    if (!(id instanceof Long))
      throw new ServerError(14, `BSON field 'getMore.getMore' is the wrong type, expected type 'long'`)
    const namespace = `${database}.${String(body['collection'])}`
    const size = countField(body, 'batchSize') ?? 0
    return { document: { ok: 1 }, batch: engine.cursors.more(id, namespace, size === 0 ? Infinity : size, transaction) }
  },
}

export const killCursors: Command = {
  options: ['cursors'],
  inTransaction: true,
  run({ body, engine }) {
    const ids = body['cursors'] as readonly Long[]
    const cursorsKilled = ids.filter((id) => engine.cursors.kill(id))
    const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id))
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
  },
}

/** The number of selected documents, from the index alone where that is exact. */
export function countSelected(planned: Planned): number {
  const { plan, execution, selection } = planned
  const { skip = 0, limit = 0 } = selection
  const last = limit > 0 ? skip + limit : Infinity
  if (plan.kind === 'index' && plan.exact) {
    const keys = countKeys(execution.view, plan, last)
    execution.work.keys += keys
    return Math.max(0, keys - skip)
  }
  return countRows(planned)
}

export function countRows(planned: Planned): number {
  const rows = select(planned)
  let count = 0
  while (rows.next().done !== true) count++
  return count
}

export const count: Command = {
  options: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  run(operation) {
    const collection = operation.engine.collection(namespaceOf(operation), operation.transaction)
    const selection = readSelection(operation, 'query')
    const n = collection
      ? countSelected(planSelection(collection, operation.engine.view(operation.transaction), selection))
      : 0
    return { n: new Int32(n), ok: 1 }
  },
}
