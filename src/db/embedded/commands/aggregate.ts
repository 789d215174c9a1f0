import { Int32, type Document } from 'bson'
import { compileFilter } from '../query/matcher.js'
import { compilePipeline, type PipelineContext } from '../query/pipeline.js'
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
import { countSelected } from './find.js'
import { planSelection, select, type Planned, type Selection } from './select.js'

const firstBatchSize = 101

/** The stages that the planner takes over, and those that are left for the pipeline. */
export interface Split {
  readonly match: Document
  readonly sort?: Document
  readonly skip: number
  readonly limit: number
  readonly rest: readonly Document[]
}

/** Takes `$match`, `$sort`, `$skip` and `$limit` off the front, in this order. */
export function splitPipeline(stages: readonly Document[]): Split {
  const rest = [...stages]
  const matches: Document[] = []
  for (let stage = take(rest, '$match'); stage !== undefined; stage = take(rest, '$match'))
    matches.push(stage as Document)
  const sort = take(rest, '$sort') as Document | undefined
  const skip = numberOf(take(rest, '$skip')) ?? 0
  const limit = numberOf(take(rest, '$limit')) ?? 0
  const match = matches.length > 1 ? { $and: matches } : (matches[0] ?? {})
  return { match, ...(sort === undefined ? {} : { sort }), skip, limit, rest }
}

function take(stages: Document[], name: string): unknown {
  if (!(stages[0] && name in stages[0])) return undefined
  return stages.shift()?.[name] as unknown
}

export function planAggregate(operation: Operation, split: Split): Planned | undefined {
  const { engine, transaction, body, now, deadline } = operation
  const collection = engine.collection(namespaceOf(operation), transaction)
  const selection: Selection = {
    filter: compileFilter(split.match, { let: documentField(body, 'let', 'aggregate'), now }),
    ...(split.sort === undefined ? {} : { sort: split.sort }),
    hint: body['hint'],
    skip: split.skip,
    limit: split.limit,
    deadline,
  }
  return collection && planSelection(collection, engine.view(transaction), selection)
}

function readStages({ body }: Operation): readonly Document[] {
  const stages: unknown = body['pipeline']
  if (!Array.isArray(stages)) throw new ServerError(14, `'pipeline' option must be specified as an array`)
  return stages as readonly Document[]
}

function* results(operation: Operation, stages: readonly Document[]): Generator<Uint8Array> {
  const scope = { let: documentField(operation.body, 'let', 'aggregate'), now: operation.now }
  compilePipeline(stages, scope)
  const split = splitPipeline(stages)
  const planned = planAggregate(operation, split)
  const counted = planned && split.limit === 0 && split.skip === 0 ? countedField(split.rest) : undefined
  if (planned !== undefined && counted !== undefined) yield* countDocument(planned, counted)
  else if (split.rest.length === 0) for (const { bytes } of planned ? select(planned) : []) yield bytes
  else {
    const pipeline = compilePipeline(split.rest, scope)
    for (const document of pipeline(documents(planned), finder(operation))) yield encode(document)
  }
}

function* documents(planned: Planned | undefined): Generator<Document> {
  if (planned !== undefined) for (const { bytes } of select(planned)) yield decode(bytes)
}

/** Reads other collections for `$lookup` and its like, through their indexes. */
const finder = ({ engine, transaction, database, deadline, now }: Operation): PipelineContext => ({
  *find(name, filter) {
    const collection = engine.collection(checkedNamespace(database, name), transaction)
    const selection = { filter: compileFilter(filter, { now }), deadline }
    if (collection) yield* documents(planSelection(collection, engine.view(transaction), selection))
  },
})

/** `$count`, or the `$group` that drivers send for countDocuments: the name of its field and the constant `_id`. */
interface Counted {
  readonly field: string
  readonly constant?: unknown
}

function countedField(rest: readonly Document[]): Counted | undefined {
  const [stage] = rest
  if (rest.length !== 1 || stage === undefined) return undefined
  const group: unknown = stage['$group']
  if (!isObject(group) || Object.keys(group).length !== 2) return undefined
  const { _id, ...fields } = group
  const [field, accumulator] = Object.entries(fields)[0] ?? []
  const constant = _id === null || numberOf(_id) !== undefined
  const ones = isObject(accumulator) && Object.keys(accumulator).length === 1 && numberOf(accumulator['$sum']) === 1
  return field !== undefined && constant && ones ? { field, constant: _id as unknown } : undefined
}

function* countDocument(planned: Planned, { field, constant }: Counted): Generator<Uint8Array> {
  const count = countSelected(planned)
  if (count > 0) yield encode({ _id: constant, [field]: new Int32(count) })
}

export const aggregate: Command = {
  options: ['pipeline', 'cursor', 'allowDiskUse', 'hint', 'collation', 'let', 'bypassDocumentValidation'],
  inTransaction: true,
  run(operation) {
    const { body, engine, transaction } = operation
    checkCollation(body)
    const stages = readStages(operation)
    if (body['cursor'] === undefined)
      throw new ServerError(9, `The 'cursor' option is required, except for aggregate with the explain argument`)
    const namespace = namespaceOf(operation)
    const batch = engine.cursors.start({
      namespace,
      documents: results(operation, stages),
      transaction,
      batchSize: countField(documentField(body, 'cursor', 'aggregate'), 'batchSize') ?? firstBatchSize,
    })
    return { document: { ok: 1 }, batch }
  },
}
