import { refusal } from './describe.js'
import { createScope, valueAt, type Environment, type Scope } from './expressions.js'
import type { Filter, MatchInfo } from './matcher.js'
import { parseProjection, type ParsedProjection } from './projection-parser.js'
import type { ProjectionLeaf, ProjectionTree, Slice } from './projection-tree.js'
import { getField, isArray, isDocument, setField, type Document } from './values.js'

export type Projection = (document: Document, info?: MatchInfo | null) => Document

/** Compiles a projection of `find` or `findAndModify`. `filter` and a document's `info` serve the positional `$`. */
export function compileProjection(spec: Document, filter?: Filter, scope: Scope = createScope()): Projection {
  if (Object.keys(spec).length === 0) return (document) => document
  const parsed = parseProjection(spec, { filter, scope, find: true })
  const project = applyProjection(parsed, scope)
  const late = lateSteps(parsed.tree, [], filter)
  if (late.length === 0) return project
  return (document, info) => late.reduce((result, step) => step(result, document, info), project(document))
}

/** Compiles the specification of a `$project` stage. */
export function compileProjectStage(spec: Document, scope: Scope): (document: Document) => Document {
  if (Object.keys(spec).length === 0)
    throw refusal(51272)`Invalid $project :: caused by :: projection specification must have at least one field`
  return applyProjection(parseProjection(spec, { scope, find: false }), scope)
}

function applyProjection({ tree, inclusion }: ParsedProjection, scope: Scope): (document: Document) => Document {
  const computing = hasComputed(tree)
  return (document) => {
    const result = inclusion ? includeFields(document, tree) : excludeFields(document, tree)
    return computing ? computeFields(result, tree, { root: document, variables: scope.variables }) : result
  }
}

function hasComputed(tree: ProjectionTree): boolean {
  return [...tree.values()].some((node) => (node instanceof Map ? hasComputed(node) : node.kind === 'compute'))
}

function isKept(leaf: ProjectionLeaf): boolean {
  return leaf.kind === 'include' || leaf.kind === 'slice' || leaf.kind === 'positional'
}

function includeFields(document: Document, tree: ProjectionTree): Document {
  const result: Document = {}
  for (const name of Object.keys(document)) {
    const node = tree.get(name)
    if (node === undefined) continue
    const value = document[name]
    const kept = node instanceof Map ? includeWithin(value, node) : isKept(node) ? value : undefined
    if (kept !== undefined) setField(result, name, kept)
  }
  return result
}

/** Of an array, what its documents keep; what is no document has nothing to keep. */
function includeWithin(value: unknown, tree: ProjectionTree): unknown {
  if (isDocument(value)) return includeFields(value, tree)
  if (!isArray(value)) return undefined
  return value.map((item) => includeWithin(item, tree)).filter((item) => item !== undefined)
}

function excludeFields(document: Document, tree: ProjectionTree): Document {
  const result: Document = {}
  for (const name of Object.keys(document)) {
    const node = tree.get(name)
    const value = document[name]
    if (node instanceof Map) setField(result, name, excludeWithin(value, node))
    else if (node?.kind !== 'exclude') setField(result, name, value)
  }
  return result
}

function excludeWithin(value: unknown, tree: ProjectionTree): unknown {
  if (isDocument(value)) return excludeFields(value, tree)
  return isArray(value) ? value.map((item) => excludeWithin(item, tree)) : value
}

/** Sets the computed fields of `target`, which may be changed; a field whose value is missing is taken away. */
export function computeFields(target: Document, tree: ProjectionTree, environment: Environment): Document {
  for (const [name, node] of tree) {
    if (node instanceof Map) {
      if (hasComputed(node)) setField(target, name, computeWithin(getField(target, name), node, environment))
    } else if (node.kind === 'compute') {
      const value = node.expression(environment)
      if (value === undefined) Reflect.deleteProperty(target, name)
      else setField(target, name, value)
    }
  }
  return target
}

function computeWithin(value: unknown, tree: ProjectionTree, environment: Environment): unknown {
  if (isArray(value)) return value.map((item) => computeWithin(item, tree, environment))
  return computeFields(isDocument(value) ? { ...value } : {}, tree, environment)
}

type LateStep = (result: Document, original: Document, info?: MatchInfo | null) => Document

/** `$slice`, the positional `$` and `$elemMatch` work on what the projection has kept. */
function lateSteps(tree: ProjectionTree, outer: readonly string[], filter?: Filter): readonly LateStep[] {
  return [...tree].flatMap(([name, node]): readonly LateStep[] => {
    const path = [...outer, name]
    if (node instanceof Map) return lateSteps(node, path, filter)
    switch (node.kind) {
      case 'slice':
        return [(result) => changeArray(result, path, 'last', (array) => sliceArray(array, node)) as Document]
      case 'positional':
        return [
          (result, original, info) => {
            const index = (info ?? filter?.match(original))?.arrayIndex
            return changeArray(result, path, 'first', (array) => keepPosition(array, index)) as Document
          },
        ]
      case 'elemMatch':
        return [(result, original) => keepFirstMatch(result, original, name, node.filter)]
      case 'include':
      case 'exclude':
      case 'compute':
        return []
    }
  })
}

/** Changes the arrays at the end of a path, through those on the way, or the first one met. */
function changeArray(
  value: unknown,
  path: readonly string[],
  which: 'first' | 'last',
  change: (array: readonly unknown[]) => readonly unknown[],
): unknown {
  if (isArray(value)) {
    if (which === 'first' || path.length === 0) return change(value)
    return value.map((item) => (isArray(item) ? item : changeArray(item, path, which, change)))
  }
  const [name, ...rest] = path
  if (name === undefined || !isDocument(value) || !(name in value)) return value
  return { ...value, [name]: changeArray(value[name], rest, which, change) }
}

function sliceArray(array: readonly unknown[], { skip, limit }: Slice): readonly unknown[] {
  if (skip === undefined) return limit < 0 ? array.slice(limit) : array.slice(0, limit)
  const start = skip < 0 ? Math.max(0, array.length + skip) : skip
  return array.slice(start, start + limit)
}

function keepPosition(array: readonly unknown[], index: number | undefined): readonly unknown[] {
  const failed = `Executor error during find command :: caused by :: positional operator '.$'`
  if (index === undefined) throw refusal(51246)`${failed} couldn't find a matching element in the array`
  if (index >= array.length) throw refusal(51247)`${failed} element mismatch`
  return [array[index]]
}

function keepFirstMatch(result: Document, original: Document, name: string, filter: Filter): Document {
  const array = valueAt(original, [name], 0)
  const index = filter.match(original)?.arrayIndex
  return isArray(array) && index !== undefined ? { ...result, [name]: [array[index]] } : result
}
