import { refusal, typeMismatch } from './describe.js'
import { createScope, type Scope, type Variables } from './expressions.js'
import * as flow from './stages-flow.js'
import { group } from './stages-group.js'
import { lookup } from './stages-join.js'
import { compileReshaping, RESHAPING_STAGES } from './stages-reshape.js'
import { isDocument, type Document } from './values.js'

/** What a pipeline reads other collections through. */
export interface PipelineContext {
  readonly find: (collection: string, filter: Document) => Iterable<Document>
}

/** A compiled stage, or several in a row: documents in, documents out, each only when it is asked for. */
export type Stage = (input: Iterable<Document>, context: PipelineContext) => Iterable<Document>

export interface PipelineOptions {
  /** Values of the variables given with the command, without the dollars. */
  readonly let?: Variables | undefined
  readonly now?: Date | undefined
}

const STAGES = new Map<string, (spec: unknown, scope: Scope) => Stage>([
  ['$match', flow.match],
  ['$sort', (spec) => flow.sort(spec)],
  ['$limit', flow.limit],
  ['$skip', flow.skip],
  ['$count', flow.count],
  ['$unwind', flow.unwind],
  ['$group', group],
  ['$lookup', lookup],
])

/** MongoDB has these too, this database does not. */
const LEFT_OUT = new Set(
  '$bucket $bucketAuto $changeStream $collStats $currentOp $densify $documents $facet $fill $geoNear $graphLookup $indexStats $listSessions $merge $out $planCacheStats $redact $sample $search $setWindowFields $sortByCount $unionWith $vectorSearch'.split(
    ' ',
  ),
)

export interface Pipeline {
  readonly run: Stage
  /** The only fields of its documents that it reads, with their names in bytes, where that is known. */
  readonly reads?: ReadonlyMap<string, Uint8Array>
}

/** Compiles a pipeline; all of its stages are checked before any of them runs. */
export function compilePipeline(stages: readonly Document[], options: PipelineOptions = {}): Pipeline {
  const scope = createScope(options.let, options.now)
  const [first, ...rest] = stages
  if (!first || !('$group' in first)) return { run: compileStages(stages, scope) }
  const reads = new Set<string>()
  const grouping = compileStages([first], { ...scope, reads })
  const following = compileStages(rest, scope)
  const run: Stage = (input, context) => following(grouping(input, context), context)
  return reads.has('*') ? { run } : { run, reads: new Map([...reads].map((name) => [name, Buffer.from(name)])) }
}

export function compileStages(stages: readonly Document[], scope: Scope): Stage {
  const compiled = stages.map((stage, index) => {
    const name = stageName(stage)
    const next = stages[index + 1]
    if (name === '$sort' && next && '$limit' in next) return flow.sort(stage[name], flow.limitOf(next['$limit']))
    return (STAGES.get(name) ?? reshaping(name))(stage[name], scope)
  })
  return (input, context) => compiled.reduce((documents, stage) => stage(documents, context), input)
}

function stageName(stage: Document): string {
  if (!isDocument(stage)) throw typeMismatch`Each element of the 'pipeline' array must be an object`
  const [name = '', ...others] = Object.keys(stage)
  if (name !== '' && others.length === 0) return name
  throw refusal(40323)`A pipeline stage specification object must contain exactly one field.`
}

function reshaping(name: string): (spec: unknown, scope: Scope) => Stage {
  if (LEFT_OUT.has(name)) throw refusal(115)`${name} is not supported`
  if (!RESHAPING_STAGES.has(name)) throw refusal(40324)`Unrecognized pipeline stage name: '${name}'`
  return (spec, scope) => {
    const reshape = compileReshaping(name, spec, scope)
    return function* (input) {
      for (const document of input) yield reshape(document)
    }
  }
}

/** An update that is a pipeline: only stages that make one document out of one. */
export function compileUpdatePipeline(stages: readonly Document[], scope: Scope): (document: Document) => Document {
  const steps = stages.map((stage) => {
    const name = stageName(stage)
    if (RESHAPING_STAGES.has(name)) return compileReshaping(name, stage[name], scope)
    if (!STAGES.has(name)) reshaping(name)
    throw refusal(72)`${name} is not allowed to be used within an update`
  })
  return (document) => steps.reduce((result, step) => step(result), document)
}
