import { Int32, type Document } from 'bson'
import { compileFilter } from '../query/matcher.js'
import { compilePipeline, type Pipeline, type PipelineContext } from '../query/pipeline.js'
import { decodeFields } from '../query/raw.js'
import { decode, encode, isObject, numberOf } from '../documents.js'
import { ServerError } from '../server-error.js'
import {
  checkCollation,
  checkedNamespace,
  countField,
  documentField,
  namespaceOf,
  type Command,
  type Operation,
} from './command.js'
import { firstBatchSize, planned } from './find.js'
import { countSelected, planSelection, select, type Planned, type Selection } from './select.js'

/** A pipeline whose first stages the planner takes over. */
interface Split {
  readonly selection: Selection
  readonly rest: readonly Document[]
}

/** Takes `$match`, `$sort`, `$skip` and `$limit` off the front, in this order. */
export function splitPipeline({ body, scope, deadline }: Operation): Split {
  const stages: unknown = body['pipeline']
  if (!Array.isArray(stages)) throw new ServerError(14, `'pipeline' option must be specified as an array`)
  compilePipeline(stages as Document[], scope)
  const rest = [...(stages as Document[])]
  const take = (name: string): unknown => (rest[0] && name in rest[0] ? (rest.shift()?.[name] as unknown) : undefined)
  const matches: Document[] = []
  while (rest[0] && '$match' in rest[0]) matches.push(take('$match') as Document)
  const filter = compileFilter(matches.length > 1 ? { $and: matches } : (matches[0] ?? {}), scope)
  const sort = (take('$sort') ?? {}) as Document
  const skip = numberOf(take('$skip')) ?? 0
  const limit = numberOf(take('$limit')) ?? 0
  return { selection: { filter, sort, hint: body['hint'], skip, limit, deadline }, rest }
}

function* results(operation: Operation, { selection, rest }: Split): Generator<Uint8Array> {
  const plan = planned(operation, selection)
  const counted = selection.limit || selection.skip ? undefined : countedField(rest)
  if (counted) yield* countDocument(plan, counted)
  else if (rest.length === 0) for (const { bytes } of plan ? select(plan) : []) yield bytes
  else {
    const pipeline = compilePipeline(rest, operation.scope)
    for (const document of pipeline.run(documents(plan, pipeline.reads), readerOf(operation))) yield encode(document)
  }
}

function* documents(plan: Planned | undefined, fields?: Pipeline['reads']): Generator<Document> {
  if (plan) for (const { bytes } of select(plan)) yield fields ? decodeFields(bytes, fields) : decode(bytes)
}

/** Reads other collections for `$lookup` and its like, through their indexes. */
const readerOf = ({ engine, transaction, database, deadline, scope }: Operation): PipelineContext => ({
  *find(name, filter) {
    const collection = engine.collection(checkedNamespace(database, name), transaction)
    const selection = { filter: compileFilter(filter, scope), deadline }
    if (collection) yield* documents(planSelection(collection, engine.view(transaction), selection))
  },
})

/** The `$group` that drivers send for countDocuments: the name of its field and the constant `_id`. */
function countedField(rest: readonly Document[]): { readonly field: string; readonly constant: unknown } | undefined {
  const group: unknown = rest.length === 1 ? rest[0]?.['$group'] : undefined
  if (!isObject(group) || Object.keys(group).length !== 2) return undefined
  const { _id: constant, ...fields } = group
  const [field, accumulator] = Object.entries(fields)[0] ?? []
  const ones = isObject(accumulator) && Object.keys(accumulator).length === 1 && numberOf(accumulator['$sum']) === 1
  return field && ones && (constant === null || numberOf(constant) !== undefined) ? { field, constant } : undefined
}

function* countDocument(plan: Planned | undefined, { field, constant }: { field: string; constant: unknown }) {
  const count = plan ? countSelected(plan) : 0
  if (count > 0) yield encode({ _id: constant, [field]: new Int32(count) })
}

export const aggregate: Command = {
  options: 'pipeline cursor allowDiskUse hint collation let bypassDocumentValidation',
  inTransaction: true,
  run(operation) {
    const { body, engine, transaction } = operation
    checkCollation(body)
    if (body['cursor'] === undefined) throw new ServerError(9, `The 'cursor' option is required`)
    const batch = engine.cursors.start({
      namespace: namespaceOf(operation),
      documents: results(operation, splitPipeline(operation)),
      transaction,
      batchSize: countField(documentField(body, 'cursor'), 'batchSize') ?? firstBatchSize,
    })
    return { document: { ok: 1 }, batch }
  },
}
