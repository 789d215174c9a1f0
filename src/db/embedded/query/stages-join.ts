import { ServerError } from '../server-error.js'
import { checkVariableName } from './expression-conditions.js'
import { compileExpression, valueAt, type Scope } from './expressions.js'
import { compileStages, type PipelineContext, type Stage } from './pipeline.js'
import { isArray, isDocument, setField, typeName, type Document } from './values.js'

const FAILED_TO_PARSE = 9

interface LookupSpec {
  readonly from: string
  readonly as: string
  readonly local: readonly string[] | undefined
  readonly foreign: string | undefined
  readonly pipeline: readonly Document[]
  readonly variables: readonly (readonly [string, (document: Document) => unknown])[]
}

export function lookup(spec: unknown, scope: Scope): Stage {
  const parsed = parseLookup(spec, scope)
  const named = new Set(parsed.variables.map(([name]) => name))
  const unchanging = parsed.variables.length === 0 ? compileStages(parsed.pipeline, scope) : undefined
  if (!unchanging)
    compileStages(parsed.pipeline, withVariables(scope, Object.fromEntries([...named].map((name) => [name, null]))))
  return function* (input, context) {
    for (const document of input) {
      const inner = unchanging ?? compileStages(parsed.pipeline, withVariables(scope, variablesFor(parsed, document)))
      const found = [...inner(foreignDocuments(parsed, document, context), context)]
      yield withField(document, parsed.as.split('.'), 0, found) as Document
    }
  }
}

function withVariables(scope: Scope, variables: Readonly<Record<string, unknown>>): Scope {
  return { variables: { ...scope.variables, ...variables }, inner: scope.inner }
}

function variablesFor(spec: LookupSpec, document: Document): Readonly<Record<string, unknown>> {
  return Object.fromEntries(spec.variables.map(([name, value]) => [name, value(document)]))
}

function foreignDocuments(spec: LookupSpec, document: Document, context: PipelineContext): Iterable<Document> {
  const { local, foreign } = spec
  if (!local || foreign === undefined) return leadingMatch(spec, context)
  return context.find(spec.from, { [foreign]: joinCondition(valueAt(document, local, 0)) })
}

/** Without a join on fields everything is looked through, by the pipeline's own `$match` if it starts with one. */
function leadingMatch(spec: LookupSpec, context: PipelineContext): Iterable<Document> {
  const first = spec.pipeline[0]?.['$match']
  const plain = isDocument(first) && !JSON.stringify(first).includes('"$expr"')
  return context.find(spec.from, plain ? first : {})
}

/** An array matches what any of its items matches; a missing value matches what a null does. */
function joinCondition(value: unknown): unknown {
  return isArray(value) ? { $in: value } : { $eq: value ?? null }
}

function parseLookup(spec: unknown, scope: Scope): LookupSpec {
  if (!isDocument(spec)) {
    throw new ServerError(FAILED_TO_PARSE, `the $lookup specification must be an Object`)
  }
  const { from, as, localField, foreignField, pipeline, let: variables, ...rest } = spec
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw new ServerError(FAILED_TO_PARSE, `unknown argument to $lookup: ${unknown}`)
  if (typeof as !== 'string') throw new ServerError(FAILED_TO_PARSE, "must specify 'as' field for a $lookup")
  if (typeof from !== 'string') throw new ServerError(FAILED_TO_PARSE, "must specify 'from' field for a $lookup")
  const hasFields = localField !== undefined && foreignField !== undefined
  if (!hasFields && (pipeline === undefined || localField !== undefined || foreignField !== undefined)) {
    throw new ServerError(
      FAILED_TO_PARSE,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    )
  }
  if (variables !== undefined && (pipeline === undefined || !isDocument(variables))) {
    throw new ServerError(
      FAILED_TO_PARSE,
      `$lookup argument 'let: ${typeName(variables)}' must be an object, with a pipeline`,
    )
  }
  const given = isDocument(variables) ? variables : {}
  return {
    from,
    as,
    local: hasFields ? textField('localField', localField).split('.') : undefined,
    foreign: hasFields ? textField('foreignField', foreignField) : undefined,
    pipeline: pipelineOf('$lookup', pipeline ?? []),
    variables: Object.keys(given).map((name) => [checkVariableName(name), compileExpression(given[name], scope)]),
  }
}

function textField(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw new ServerError(FAILED_TO_PARSE, `$lookup argument '${name}' must be a string, is type ${typeName(value)}`)
}

function pipelineOf(name: string, pipeline: unknown): readonly Document[] {
  if (isArray(pipeline) && pipeline.every(isDocument)) return pipeline
  throw new ServerError(14, `A pipeline of ${name} must be an array of stages`)
}

/** A copy with a field set at a path; what is no document on the way gives place to one. */
function withField(value: unknown, path: readonly string[], at: number, field: unknown): unknown {
  const name = path[at]
  if (name === undefined) return field
  const copy: Document = isDocument(value) ? { ...value } : {}
  setField(copy, name, withField(copy[name], path, at + 1, field))
  return copy
}

export function unionWith(spec: unknown, scope: Scope): Stage {
  const parts = typeof spec === 'string' ? { coll: spec } : spec
  if (!isDocument(parts)) {
    throw new ServerError(
      FAILED_TO_PARSE,
      `the $unionWith stage specification must be an object or string, but found ${typeName(spec)}`,
    )
  }
  const { coll, pipeline = [], ...rest } = parts
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw new ServerError(40415, `BSON field '$unionWith.${unknown}' is an unknown field.`)
  if (typeof coll !== 'string')
    throw new ServerError(40414, "BSON field '$unionWith.coll' is missing but a required field")
  const inner = compileStages(pipelineOf('$unionWith', pipeline), scope)
  return function* (input, context) {
    yield* input
    yield* inner(context.find(coll, {}), context)
  }
}

const NOT_IN_FACET = new Set([
  '$facet',
  '$out',
  '$merge',
  '$geoNear',
  '$indexStats',
  '$collStats',
  '$planCacheStats',
  '$documents',
])

export function facet(spec: unknown, scope: Scope): Stage {
  if (!isDocument(spec) || Object.keys(spec).length === 0) {
    throw new ServerError(40169, 'the $facet specification must be a non-empty object')
  }
  const facets = Object.keys(spec).map((name): [string, Stage] => {
    const stages = pipelineOf('$facet', spec[name])
    const refused = stages.flatMap((stage) => Object.keys(stage)).find((stage) => NOT_IN_FACET.has(stage))
    if (refused !== undefined)
      throw new ServerError(40600, `${refused} is not allowed to be used within a $facet stage`)
    return [name, compileStages(stages, scope)]
  })
  return function* (input, context) {
    const documents = [...input]
    const result: Document = {}
    for (const [name, run] of facets) setField(result, name, [...run(documents, context)])
    yield result
  }
}
