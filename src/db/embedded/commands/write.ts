import { Int32, ObjectId, type Document } from 'bson'
import { compileFilter, type Filter } from '../query/matcher.js'
import { compileUpdate, type Update } from '../query/update.js'
import { decode, numberOf } from '../documents.js'
import type { Changes } from '../engine/engine.js'
import { ServerError } from '../server-error.js'
import type { Collection } from '../storage/catalogue.js'
import { LockHeld } from '../storage/locks.js'
import { checkCollation, documentField, namespaceOf, type Command, type Operation } from './command.js'
import { planSelection, select } from './select.js'

const general = ['ordered', 'bypassDocumentValidation', 'let', 'maxTimeMS']

export const insert: Command = {
  options: [...general, 'documents'],
  inTransaction: true,
  writes: true,
  run: (operation) =>
    writeAll(operation, operation.documents, (changes, collection, raw) => {
      changes.collection(collection).insert(raw)
      return { n: 1 }
    }),
}

export const update: Command = {
  options: [...general, 'updates'],
  inTransaction: true,
  writes: true,
  run: (operation) =>
    writeAll(operation, statements(operation, 'updates'), (changes, collection, statement) =>
      applyUpdate(operation, changes, collection, statement),
    ),
}

export const remove: Command = {
  options: [...general, 'deletes'],
  inTransaction: true,
  writes: true,
  run: (operation) =>
    writeAll(operation, statements(operation, 'deletes'), (changes, collection, statement) =>
      applyDelete(operation, changes, collection, statement),
    ),
}

/** What one statement of a write command did. */
interface Outcome {
  readonly n: number
  readonly nModified?: number
  readonly upserted?: unknown
}

const statements = ({ body, name }: Operation, field: string): readonly Document[] => {
  const list: unknown = body[field]
  if (!Array.isArray(list))
    throw new ServerError(40414, `BSON field '${name}.${field}' is missing but a required field`)
  return list as readonly Document[]
}

/** Runs all statements of a command into one commit; a failing statement is left out and reported. */
function writeAll<T>(
  operation: Operation,
  list: readonly T[],
  apply: (changes: Changes, collection: Collection, statement: T) => Outcome,
): Promise<Document> {
  const namespace = namespaceOf(operation)
  if (list.length === 0 || list.length > 100_000) {
    throw new ServerError(72, `Write batch sizes must be between 1 and 100000. Got ${list.length} operations.`)
  }
  return operation.engine.write(operation, (changes) => {
    const collection = collectionToWrite(operation, namespace, list)
    const outcomes: Outcome[] = []
    const upserted: Document[] = []
    const writeErrors: Document[] = []
    for (const [index, statement] of list.entries()) {
      const outcome = attempt(changes, operation, index, writeErrors, (inner) =>
        collection === undefined ? { n: 0 } : apply(inner, collection, statement),
      )
      if (outcome !== undefined) outcomes.push(outcome)
      if (outcome && 'upserted' in outcome) upserted.push({ index: new Int32(index), _id: outcome.upserted })
      if (outcome === undefined && operation.body['ordered'] !== false) break
    }
    return summary(operation, outcomes, upserted, writeErrors)
  })
}

/** Only what can insert makes a collection. */
function collectionToWrite(
  { engine, name, transaction }: Operation,
  namespace: string,
  list: readonly unknown[],
): Collection | undefined {
  const inserts = name === 'insert' || list.some((statement) => (statement as Document)['upsert'] === true)
  return inserts ? engine.collectionFor(namespace, transaction) : engine.collection(namespace, transaction)
}

function attempt(
  changes: Changes,
  { transaction }: Operation,
  index: number,
  writeErrors: Document[],
  part: (changes: Changes) => Outcome,
): Outcome | undefined {
  try {
    return changes.attempt(part)
  } catch (error) {
    if (error instanceof LockHeld || !(error instanceof ServerError) || (transaction && error.labels.length > 0))
      throw error
    writeErrors.push({ index: new Int32(index), code: new Int32(error.code), ...error.details, errmsg: error.message })
    return undefined
  }
}

function summary(
  { name }: Operation,
  outcomes: readonly Outcome[],
  upserted: Document[],
  writeErrors: Document[],
): Document {
  const n = outcomes.reduce((sum, outcome) => sum + outcome.n, 0)
  const modified = outcomes.reduce((sum, outcome) => sum + (outcome.nModified ?? 0), 0)
  return {
    n: new Int32(n),
    ...(name === 'update' ? { nModified: new Int32(modified) } : {}),
    ...(upserted.length > 0 ? { upserted } : {}),
    ...(writeErrors.length > 0 ? { writeErrors } : {}),
    ok: 1,
  }
}

function filterOf(operation: Operation, statement: Document): Filter {
  checkCollation(statement)
  return compileFilter(documentField(statement, 'q', operation.name), {
    let: documentField(operation.body, 'let', operation.name),
    now: operation.now,
  })
}

function refuseUnknown(statement: Document, known: readonly string[], name: string): void {
  const unknown = Object.keys(statement).find((field) => !known.includes(field))
  if (unknown !== undefined) throw new ServerError(40415, `BSON field '${name}.${unknown}' is an unknown field.`)
}

function applyUpdate(operation: Operation, changes: Changes, collection: Collection, statement: Document): Outcome {
  refuseUnknown(
    statement,
    ['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation', 'c', 'sort'],
    'update.updates',
  )
  const filter = filterOf(operation, statement)
  const change = compileUpdate(statement['u'] as Document, {
    arrayFilters: statement['arrayFilters'] as Document[] | undefined,
    let: documentField(operation.body, 'let', 'update'),
    now: operation.now,
  })
  const multi = statement['multi'] === true
  if (multi && change.isReplacement)
    throw new ServerError(9, 'multi update is not supported for replacement-style update')
  const rows = selectForWrite(operation, changes, collection, {
    filter,
    hint: statement['hint'],
    sort: statement['sort'] as Document | undefined,
    limit: multi ? 0 : 1,
  })
  if (rows.length === 0 && statement['upsert'] === true)
    return { n: 1, upserted: upsert(changes, collection, change, filter)['_id'] as unknown }
  const modified = rows.filter((row) => applyTo(changes, collection, change, filter, row) !== undefined).length
  return { n: rows.length, nModified: modified }
}

function applyDelete(operation: Operation, changes: Changes, collection: Collection, statement: Document): Outcome {
  refuseUnknown(statement, ['q', 'limit', 'hint', 'collation'], 'delete.deletes')
  const filter = filterOf(operation, statement)
  const rows = selectForWrite(operation, changes, collection, {
    filter,
    hint: statement['hint'],
    limit: numberOf(statement['limit']) ?? 0,
  })
  const writer = changes.collection(collection)
  for (const row of rows) writer.remove(row)
  return { n: rows.length }
}

export interface Target {
  readonly record: number
  readonly document: Document
}

interface WriteSelection {
  readonly filter: Filter
  readonly hint?: unknown
  readonly sort?: Document | undefined
  readonly limit: number
}

/** All documents of a statement, read before the first of them changes. */
export function selectForWrite(
  operation: Operation,
  changes: Changes,
  collection: Collection,
  selection: WriteSelection,
): Target[] {
  const { sort, ...rest } = selection
  const sorted = sort !== undefined && Object.keys(sort).length > 0 ? { ...rest, sort } : rest
  const planned = planSelection(collection, changes.view, { ...sorted, deadline: operation.deadline })
  return [...select(planned)].map(({ record, bytes }) => ({ record, document: decode(bytes) }))
}

/** The changed document, undefined when the update leaves it as it was. */
export function applyTo(
  changes: Changes,
  collection: Collection,
  change: Update,
  filter: Filter,
  target: Target,
): Document | undefined {
  const { doc, changed } = change.apply(target.document, filter.match(target.document))
  if (!changed) return undefined
  changes.collection(collection).replace(target, doc)
  return doc
}

export function upsert(changes: Changes, collection: Collection, change: Update, filter: Filter): Document {
  const made = change.forUpsert(filter)
  const { _id = new ObjectId(), ...rest } = made
  return changes.collection(collection).insertDocument({ _id: _id, ...rest })
}
