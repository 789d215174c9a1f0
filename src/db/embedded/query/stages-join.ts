import { failedToParse, typeMismatch } from './describe.js'
import { checkVariableName } from './expression-arguments.js'
import { compileExpression, valueAt, withVariables, type Evaluate, type Scope } from './expressions.js'
import { compileStages, type PipelineContext, type Stage } from './pipeline.js'
import { withValue } from './stages-flow.js'
import { isArray, isDocument, type Document } from './values.js'

interface LookupSpec {
  readonly from: string
  readonly as: readonly string[]
  readonly local: readonly string[] | undefined
  readonly foreign: string | undefined
  readonly pipeline: readonly Document[]
  readonly variables: readonly (readonly [string, Evaluate])[]
}

/** Joins by two fields, by a pipeline with variables, or by both. */
export function lookup(spec: unknown, scope: Scope): Stage {
  const parsed = parseLookup(spec, scope)
  const { pipeline, variables } = parsed
  const compileFor = (document: Document): Stage =>
    compileStages(
      pipeline,
      withVariables(scope, Object.fromEntries(variables.map(([name, value]) => [name, value(document)]))),
    )
  const unchanging = compileFor({})
  return function* (input, context) {
    for (const document of input) {
      const stages = variables.length === 0 ? unchanging : compileFor(document)
      yield withValue(document, parsed.as, 0, [...stages(foreignDocuments(parsed, document, context), context)])
    }
  }
}

/** By fields, an array matches what any of its items matches, and a missing value what null does. */
function foreignDocuments(spec: LookupSpec, document: Document, { find }: PipelineContext): Iterable<Document> {
  const { from, local, foreign, pipeline } = spec
  if (local && foreign !== undefined) {
    const value = valueAt(document, local, 0)
    return find(from, { [foreign]: isArray(value) ? { $in: value } : { $eq: value ?? null } })
  }
  const match = pipeline[0]?.['$match']
  return find(from, isDocument(match) && !JSON.stringify(match).includes('"$expr"') ? match : {})
}

function parseLookup(spec: unknown, scope: Scope): LookupSpec {
  if (!isDocument(spec)) throw failedToParse`the $lookup specification must be an Object`
  const { from, as, localField, foreignField, pipeline, let: variables = {}, ...rest } = spec
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw failedToParse`unknown argument to $lookup: ${unknown}`
  if (typeof as !== 'string') throw failedToParse`must specify 'as' field for a $lookup`
  if (typeof from !== 'string') throw failedToParse`must specify 'from' field for a $lookup`
  const byFields = typeof localField === 'string' && typeof foreignField === 'string'
  if ((!byFields && pipeline === undefined) || (localField === undefined) !== (foreignField === undefined))
    throw failedToParse`$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified`
  if (!isDocument(variables)) throw failedToParse`$lookup argument 'let' must be an object`
  return {
    from,
    as: as.split('.'),
    local: byFields ? localField.split('.') : undefined,
    foreign: byFields ? foreignField : undefined,
    pipeline: pipelineOf(pipeline ?? []),
    variables: Object.keys(variables).map((name) => [
      checkVariableName(name),
      compileExpression(variables[name], scope),
    ]),
  }
}

function pipelineOf(pipeline: unknown): readonly Document[] {
  if (isArray(pipeline) && pipeline.every(isDocument)) return pipeline
  throw typeMismatch`'pipeline' must be an array of stages`
}
