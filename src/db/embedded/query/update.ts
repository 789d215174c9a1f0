import { equalValues, sameValue } from './compare.js'
import { badValue, describeElement, failedToParse, refusal } from './describe.js'
import { createScope, type Variables } from './expressions.js'
import type { Filter, MatchInfo } from './matcher.js'
import { compileUpdatePipeline } from './pipeline.js'
import { set, unset } from './update-modifiers.js'
import { dollarField, parseUpdate, type ParsedUpdate, type Step } from './update-parser.js'
import { applyChange, type ChangeContext } from './update-path.js'
import { documentFromFilter } from './upsert.js'
import { cloneValue, getField, isArray, isDocument, type Document } from './values.js'

export interface UpdateOptions {
  readonly arrayFilters?: readonly Document[] | undefined
  /** Variables of an update pipeline, and what `$$NOW` and `$currentDate` are. */
  readonly let?: Variables | undefined
  readonly now?: Date | undefined
}

export interface UpdateResult {
  readonly doc: Document
  /** Whether the document is stored with other bytes than before. */
  readonly changed: boolean
}

export interface Update {
  readonly isReplacement: boolean
  /** The document after the update; the one given stays as it is. */
  apply(document: Document, info: MatchInfo | null): UpdateResult
  /** The document an upsert inserts when nothing matches; `_id` comes first, if the filter or the update gives one. */
  forUpsert(filter: Filter): Document
}

/** Compiles an update: a replacement, operators or a pipeline. */
export function compileUpdate(update: Document | readonly Document[], options: UpdateOptions = {}): Update {
  const { now = new Date(), arrayFilters = [] } = options
  if (isArray(update)) {
    if (arrayFilters.length > 0) throw failedToParse`arrayFilters may not be specified for pipeline-syle updates`
    return rewriting(compileUpdatePipeline(update, createScope(options.let, now)), false)
  }
  const names = Object.keys(update)
  if (names[0]?.startsWith('$') === true) return modifying(parseUpdate(update, arrayFilters, now))
  const dollar = names.find((name) => name.startsWith('$'))
  if (dollar !== undefined) throw dollarField(dollar, dollar)
  if (arrayFilters.length > 0) throw failedToParse`arrayFilters may not be specified for replacement-style updates`
  return rewriting(() => update, true)
}

function rewriting(rewrite: (document: Document) => Document, isReplacement: boolean): Update {
  return {
    isReplacement,
    apply: (document) => {
      const doc = withIdOf(document, rewrite(document))
      return { doc, changed: !sameValue(document, doc) }
    },
    forUpsert: (filter) => {
      const start = documentFromFilter(filter.node, isReplacement)
      return withIdOf(start, rewrite(start))
    },
  }
}

/** The new document with the old one's `_id` in front, which it may repeat but not change. */
function withIdOf(old: Document, document: Document): Document {
  const id = getField(old, '_id')
  const given = getField(document, '_id')
  if (id !== undefined && given !== undefined && !equalValues(id, given)) {
    throw refusal(
      66,
    )`After applying the update, the (immutable) field '_id' was found to have been altered to ${describeElement('_id', given)}`
  }
  return idFirst({ ...document, ...(id === undefined ? {} : { _id: id }) })
}

function idFirst(document: Document): Document {
  if (!('_id' in document) || Object.keys(document)[0] === '_id') return document
  const { _id, ...rest } = document
  return { _id, ...rest }
}

function modifying(parsed: ParsedUpdate): Update {
  return {
    isReplacement: false,
    apply: (document, info) => applySteps(parsed, document, info?.arrayIndex, false),
    forUpsert: (filter) => idFirst(applySteps(parsed, documentFromFilter(filter.node, false), undefined, true).doc),
  }
}

function applySteps(
  { steps, arrayFilters }: ParsedUpdate,
  document: Document,
  arrayIndex: number | undefined,
  inserting: boolean,
): UpdateResult {
  const doc = cloneValue(document)
  const context: ChangeContext = { document, arrayIndex, arrayFilters }
  let changed = false
  for (const step of steps) {
    if (step.insertOnly && !inserting) continue
    const made = step.from ? applyRename(doc, step, step.from, context) : applyChange(doc, step, context)
    const [first = ''] = step.path
    if (made && !inserting && first.startsWith('$')) throw dollarField(first, step.path.join('.'))
    if (made && first === '_id') checkId(document, doc, step.path)
    if (made && step.from?.[0] === '_id') checkId(document, doc, step.from)
    changed = made || changed
  }
  return { doc: changed ? doc : document, changed }
}

function checkId(before: Document, after: Document, path: readonly string[]): void {
  const id = getField(before, '_id')
  if (id === undefined || equalValues(id, getField(after, '_id'))) return
  throw refusal(66)`Performing an update on the path '${path.join('.')}' would modify the immutable field '_id'`
}

function applyRename(target: Document, step: Step, from: readonly string[], context: ChangeContext): boolean {
  const value = plainValueAt(target, from)
  if (value === undefined) return false
  plainValueAt(target, step.path)
  applyChange(target, { path: step.path, modifier: set(value, '') }, context)
  applyChange(target, { path: from, modifier: unset(undefined, '') }, context)
  return true
}

/** A value that is reached through documents alone: `$rename` works in no array. */
function plainValueAt(document: Document, path: readonly string[]): unknown {
  let current: unknown = document
  for (const name of path) {
    if (isArray(current)) throw badValue`The fields for $rename cannot be array elements: '${path.join('.')}'`
    current = isDocument(current) ? getField(current, name) : undefined
  }
  return current
}
