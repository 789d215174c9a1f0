import { ServerError } from '../server-error.js'
import type { Scope } from './expressions.js'
import { REFUSED_STAGES } from './stages-flow.js'
import { compileReshaping } from './stages-reshape.js'
import { isDocument, type Document } from './values.js'

const STAGES = new Set(['$addFields', '$set', '$unset', '$project', '$replaceRoot', '$replaceWith'])

const OTHER_STAGES = new Set([
  '$bucket',
  '$bucketAuto',
  '$count',
  '$documents',
  '$facet',
  '$group',
  '$limit',
  '$lookup',
  '$match',
  '$sample',
  '$skip',
  '$sort',
  '$sortByCount',
  '$unionWith',
  '$unwind',
])

/** An update that is a pipeline: only stages that make one document out of one. */
export function compileUpdatePipeline(stages: readonly Document[], scope: Scope): (document: Document) => Document {
  const steps = stages.map((stage) => {
    if (!isDocument(stage)) throw new ServerError(14, "Each element of the 'pipeline' array must be an object")
    const [name = ''] = Object.keys(stage)
    if (Object.keys(stage).length !== 1) {
      throw new ServerError(40323, 'A pipeline stage specification object must contain exactly one field.')
    }
    if (!STAGES.has(name)) throw refused(name)
    return compileReshaping(name, stage[name], scope)
  })
  return (document) => steps.reduce((result, step) => step(result), document)
}

function refused(name: string): ServerError {
  return OTHER_STAGES.has(name) || REFUSED_STAGES.has(name)
    ? new ServerError(72, `${name} is not allowed to be used within an update`)
    : new ServerError(40324, `Unrecognized pipeline stage name: '${name}'`)
}
