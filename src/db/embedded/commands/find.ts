import { Int32, Long, type Document } from 'bson'
import { compileFilter } from '../query/matcher.js'
import { compileProjection } from '../query/projection.js'
import { decode, encode, numberOf } from '../documents.js'
import { ServerError } from '../server-error.js'
import {
  checkCollation,
  collectionOf,
  countField,
  documentField,
  namespaceOf,
  type Command,
  type Operation,
} from './command.js'
import { countSelected, planSelection, select, type Planned, type Selection } from './select.js'

export const firstBatchSize = 101

/** What find, count and distinct have in common. */
export function readSelection({ body, scope, deadline }: Operation, filterField: string): Selection {
  checkCollation(body)
  return {
    filter: compileFilter(documentField(body, filterField), scope),
    sort: documentField(body, 'sort'),
    hint: body['hint'],
    skip: countField(body, 'skip') ?? 0,
    limit: Math.abs(numberOf(body['limit']) ?? 0),
    deadline,
  }
}

/** The way to what is selected, undefined when there is no such collection. */
export function planned(operation: Operation, selection: Selection): Planned | undefined {
  const collection = collectionOf(operation)
  return collection && planSelection(collection, operation.engine.view(operation.transaction), selection)
}

function* found(plan: Planned | undefined, { selection, fields }: { selection: Selection; fields: Document }) {
  const { filter } = selection
  const project = Object.keys(fields).length > 0 ? compileProjection(fields, filter) : undefined
  for (const { bytes } of plan ? select(plan) : []) {
    if (project === undefined) yield bytes
    else {
      const document = decode(bytes)
      yield encode(project(document, filter.match(document)))
    }
  }
}

export const find: Command = {
  options:
    'filter sort projection hint skip limit batchSize singleBatch noCursorTimeout allowDiskUse allowPartialResults collation let',
  refused: 'min max returnKey showRecordId tailable awaitData oplogReplay',
  inTransaction: true,
  run(operation) {
    const { body, engine, transaction } = operation
    countField(body, 'limit')
    const selection = readSelection(operation, 'filter')
    const fields = documentField(body, 'projection')
    const batch = engine.cursors.start({
      namespace: namespaceOf(operation),
      documents: found(planned(operation, selection), { selection, fields }),
      transaction,
      batchSize: countField(body, 'batchSize') ?? firstBatchSize,
      singleBatch: body['singleBatch'] === true,
      keepsForever: body['noCursorTimeout'] === true,
    })
    return { document: { ok: 1 }, batch }
  },
}

export const getMore: Command = {
  options: 'collection batchSize',
  inTransaction: true,
  run({ body, database, engine, transaction }) {
    const id: unknown = body['getMore']
    if (!(id instanceof Long)) throw new ServerError(14, `BSON field 'getMore' is the wrong type, expected type 'long'`)
    const namespace = `${database}.${String(body['collection'])}`
    const size = countField(body, 'batchSize') ?? 0
    return { document: { ok: 1 }, batch: engine.cursors.more(id, namespace, size === 0 ? Infinity : size, transaction) }
  },
}

export const killCursors: Command = {
  options: 'cursors',
  inTransaction: true,
  run({ body, engine }) {
    const ids = body['cursors'] as readonly Long[]
    const cursorsKilled = ids.filter((id) => engine.cursors.kill(id))
    const cursorsNotFound = ids.filter((id) => !cursorsKilled.includes(id))
    return { cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
  },
}

export const count: Command = {
  options: 'query limit skip hint collation',
  run(operation) {
    const plan = planned(operation, readSelection(operation, 'query'))
    return { n: new Int32(plan ? countSelected(plan) : 0), ok: 1 }
  },
}
