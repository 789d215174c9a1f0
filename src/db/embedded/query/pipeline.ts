import { ServerError } from '../server-error.js'
import { createScope, type Scope, type Variables } from './expressions.js'
import * as flow from './stages-flow.js'
import { bucket, bucketAuto, group, sortByCount } from './stages-group.js'
import { facet, lookup, unionWith } from './stages-join.js'
import { compileReshaping } from './stages-reshape.js'
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

/** Compiles a pipeline; all of its stages are checked before any of them runs. */
export function compilePipeline(stages: readonly Document[], options: PipelineOptions = {}): Stage {
  return compileStages(stages, createScope(options.let, options.now))
}

export function compileStages(stages: readonly Document[], scope: Scope): Stage {
  const compiled = stages.map((stage, index) => compileStage(stage, stages[index + 1], index, scope))
  return (input, context) => compiled.reduce((documents, stage) => stage(documents, context), input)
}

function compileStage(stage: Document, next: Document | undefined, index: number, scope: Scope): Stage {
  if (!isDocument(stage)) throw new ServerError(14, "Each element of the 'pipeline' array must be an object")
  const [name = '', ...others] = Object.keys(stage)
  if (name === '' || others.length > 0) {
    throw new ServerError(40323, 'A pipeline stage specification object must contain exactly one field.')
  }
  if (name === '$documents' && index > 0) {
    throw new ServerError(40602, '$documents is only valid as the first stage in a pipeline.')
  }
  if (name === '$sort' && next && '$limit' in next) return flow.sort(stage[name], flow.limitOf(next['$limit']))
  return stageNamed(name, stage[name], scope)
}

function stageNamed(name: string, spec: unknown, scope: Scope): Stage {
  switch (name) {
    case '$match':
      return flow.match(spec, scope)
    case '$sort':
      return flow.sort(spec)
    case '$limit':
      return flow.limit(spec)
    case '$skip':
      return flow.skip(spec)
    case '$count':
      return flow.count(spec)
    case '$unwind':
      return flow.unwind(spec)
    case '$sample':
      return flow.sample(spec)
    case '$documents':
      return flow.documents(spec, scope)
    default:
      return rarerStageNamed(name, spec, scope)
  }
}

function rarerStageNamed(name: string, spec: unknown, scope: Scope): Stage {
  switch (name) {
    case '$group':
      return group(spec, scope)
    case '$bucket':
      return bucket(spec, scope)
    case '$bucketAuto':
      return bucketAuto(spec, scope)
    case '$sortByCount':
      return sortByCount(spec, scope)
    case '$lookup':
      return lookup(spec, scope)
    case '$unionWith':
      return unionWith(spec, scope)
    case '$facet':
      return facet(spec, scope)
    default:
      if (flow.REFUSED_STAGES.has(name)) throw new ServerError(115, `${name} is not supported`)
      return reshaping(name, spec, scope)
  }
}

function reshaping(name: string, spec: unknown, scope: Scope): Stage {
  const reshape = compileReshaping(name, spec, scope)
  return function* (input) {
    for (const document of input) yield reshape(document)
  }
}
