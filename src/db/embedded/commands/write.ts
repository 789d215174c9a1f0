import { Int32, type Document } from 'bson'
import { compileFilter, type Filter } from '../query/matcher.js'
import { compileUpdate, type Update } from '../query/update.js'
import { numberOf } from '../documents.js'
import type { Changes } from '../engine/engine.js'
import { ServerError } from '../server-error.js'
import { checkCollation, documentField, namespaceOf, type Command, type Operation } from './command.js'
import { Statement } from './statement.js'

const general = 'ordered bypassDocumentValidation let'

export const insert: Command = {
  options: `${general} documents`,
  inTransaction: true,
  writes: true,
  run: (operation) =>
    writeAll(operation, operation.documents, (statement, raw) => {
      statement.documents.insert(raw)
      return { n: 1 }
    }),
}

export const update: Command = {
  options: `${general} updates`,
  inTransaction: true,
  writes: true,
  run: (operation) => writeAll(operation, statements(operation, 'updates'), applyUpdate),
}

export const remove: Command = {
  options: `${general} deletes`,
  inTransaction: true,
  writes: true,
  run: (operation) => writeAll(operation, statements(operation, 'deletes'), applyDelete),
}

/** What one statement of a write command did. */
interface Outcome {
  readonly n: number
  readonly nModified?: number
  readonly upserted?: unknown
}

const statements = ({ body, name }: Operation, field: string): readonly Document[] => {
  const list: unknown = body[field]
  if (Array.isArray(list)) return list as readonly Document[]
  throw new ServerError(40414, `BSON field '${name}.${field}' is missing but a required field`)
}

/** Runs all statements of a command into one commit; a failing statement is left out and reported. */
function writeAll<T>(
  operation: Operation,
  list: readonly T[],
  apply: (statement: Statement, given: T) => Outcome,
): Promise<Document> {
  const { engine, name, transaction, body } = operation
  const namespace = namespaceOf(operation)
  if (list.length === 0 || list.length > 100_000) {
    throw new ServerError(72, `Write batch sizes must be between 1 and 100000. Got ${list.length} operations.`)
  }
  const makes = name === 'insert' || list.some((given) => (given as Document)['upsert'] === true)
  return engine.write(operation, (changes) => {
    const collection = makes ? engine.collectionFor(namespace, transaction) : engine.collection(namespace, transaction)
    const outcomes: (Outcome | undefined)[] = []
    const writeErrors: Document[] = []
    for (const given of list) {
      const part = (inner: Changes): Outcome =>
        collection ? apply(new Statement(operation, inner, collection), given) : { n: 0 }
      const outcome = attempt(changes, operation, part, (error) => {
        writeErrors.push({ index: new Int32(outcomes.length), ...error })
      })
      outcomes.push(outcome)
      if (outcome === undefined && body['ordered'] !== false) break
    }
    return summary(operation, outcomes, writeErrors)
  })
}

function attempt(
  changes: Changes,
  { transaction, name }: Operation,
  part: (changes: Changes) => Outcome,
  fail: (error: Document) => void,
): Outcome | undefined {
  try {
    return name === 'insert' ? part(changes) : changes.attempt(part)
  } catch (error) {
    if (!(error instanceof ServerError) || (transaction && error.labels.length > 0)) throw error
    fail({ code: new Int32(error.code), ...error.details, errmsg: error.message })
    return undefined
  }
}

function summary({ name }: Operation, outcomes: readonly (Outcome | undefined)[], writeErrors: Document[]): Document {
  const sum = (field: 'n' | 'nModified'): Int32 =>
    new Int32(outcomes.reduce((total, outcome) => total + (outcome?.[field] ?? 0), 0))
  const upserted = outcomes.flatMap((outcome, index) =>
    outcome && 'upserted' in outcome ? [{ index: new Int32(index), _id: outcome.upserted }] : [],
  )
  return {
    n: sum('n'),
    ...(name === 'update' ? { nModified: sum('nModified') } : {}),
    ...(upserted.length > 0 ? { upserted } : {}),
    ...(writeErrors.length > 0 ? { writeErrors } : {}),
    ok: 1,
  }
}

function filterOf({ scope }: Operation, given: Document, known: string): Filter {
  const unknown = Object.keys(given).find((field) => !known.split(' ').includes(field))
  if (unknown !== undefined) throw new ServerError(40415, `BSON field '${unknown}' is an unknown field.`)
  checkCollation(given)
  return compileFilter(documentField(given, 'q'), scope)
}

export const updateOf = ({ scope }: Operation, change: unknown, arrayFilters: unknown): Update =>
  compileUpdate(change as Document, { arrayFilters: arrayFilters as Document[] | undefined, ...scope })

function applyUpdate(statement: Statement, given: Document): Outcome {
  const { operation } = statement
  const filter = filterOf(operation, given, 'q u multi upsert arrayFilters hint collation c')
  const change = updateOf(operation, given['u'], given['arrayFilters'])
  const multi = given['multi'] === true
  if (multi && change.isReplacement) {
    throw new ServerError(9, 'multi update is not supported for replacement-style update')
  }
  const rows = statement.select({ filter, hint: given['hint'], limit: multi ? 0 : 1 })
  if (rows.length === 0 && given['upsert'] === true) {
    return { n: 1, upserted: statement.upsert(change, filter)['_id'] as unknown }
  }
  const modified = rows.filter((row) => statement.change(row, change, filter) !== undefined)
  return { n: rows.length, nModified: modified.length }
}

function applyDelete(statement: Statement, given: Document): Outcome {
  const filter = filterOf(statement.operation, given, 'q limit hint collation')
  const rows = statement.select({ filter, hint: given['hint'], limit: numberOf(given['limit']) ?? 0 })
  for (const row of rows) statement.documents.remove(row)
  return { n: rows.length }
}
