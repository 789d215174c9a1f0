import { Int32, Long } from 'bson'
import { describeElement, refusal } from './describe.js'
import type { Scope } from './expressions.js'
import { parseFilter } from './filter-parser.js'
import { filterOf } from './matcher.js'
import { wholeOperand } from './numbers.js'
import type { Stage } from './pipeline.js'
import { compileSort, sortDocuments } from './sort.js'
import { getField, isArray, isDocument, setField, typeName, type Document } from './values.js'

/** Stages that choose, order, count and multiply documents. */
export function match(spec: unknown, scope: Scope): Stage {
  if (!isDocument(spec)) throw refusal(15959)`the match filter must be an expression in an object`
  const filter = filterOf(parseFilter(spec, { scope }))
  return function* (input) {
    for (const document of input) if (filter.matches(document)) yield document
  }
}

export function sort(spec: unknown, most = Infinity): Stage {
  if (!isDocument(spec)) throw refusal(15973)`the $sort key specification must be an object`
  if (Object.keys(spec).length === 0) throw refusal(15976)`$sort stage must have at least one sort key`
  const compiled = compileSort(spec)
  return function* (input) {
    yield* sortDocuments(input, compiled, most)
  }
}

export function limitOf(spec: unknown): number {
  const most = wholeOperand(
    spec,
    2107201,
    (problem) => `invalid argument to $limit stage: ${problem} in: ${describeElement('$limit', spec)}`,
  )
  if (most === 0) throw refusal(15958)`the limit must be positive`
  return most
}

export function limit(spec: unknown): Stage {
  const most = limitOf(spec)
  return function* (input) {
    let count = 0
    for (const document of input) {
      yield document
      count += 1
      if (count >= most) return
    }
  }
}

export function skip(spec: unknown): Stage {
  const least = wholeOperand(
    spec,
    5107200,
    (problem) => `invalid argument to $skip stage: ${problem} in: ${describeElement('$skip', spec)}`,
  )
  return function* (input) {
    let count = 0
    for (const document of input) {
      if (count >= least) yield document
      count += 1
    }
  }
}

export function count(spec: unknown): Stage {
  if (typeof spec !== 'string' || spec === '') throw refusal(40156)`the count field must be a non-empty string`
  if (spec.startsWith('$')) throw refusal(40158)`the count field cannot be a $-prefixed path`
  if (spec.includes('.')) throw refusal(40160)`the count field cannot contain '.'`
  return function* (input) {
    let total = 0
    for (const _document of input) total += 1
    if (total > 0) yield { [spec]: new Int32(total) }
  }
}

export function unwind(spec: unknown): Stage {
  const {
    path,
    includeArrayIndex,
    preserveNullAndEmptyArrays = false,
    ...rest
  } = isDocument(spec) ? spec : { path: spec }
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw refusal(28811)`unrecognized option to $unwind stage: ${unknown}`
  if (path === undefined) throw refusal(28812)`no path specified to $unwind stage`
  if (typeof path !== 'string')
    throw refusal(28808)`expected a string as the path for $unwind stage, got ${typeName(path)}`
  if (!path.startsWith('$')) throw refusal(28818)`path option to $unwind stage should be prefixed with a '$': ${path}`
  if (typeof preserveNullAndEmptyArrays !== 'boolean')
    throw refusal(28809)`expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage`
  if (includeArrayIndex !== undefined && typeof includeArrayIndex !== 'string')
    throw refusal(28810)`expected a non-empty string for the includeArrayIndex option to $unwind stage`
  const names = path.slice(1).split('.')
  const index = includeArrayIndex?.split('.')
  return function* (input) {
    for (const document of input) {
      for (const { result, position } of unwound(document, names, preserveNullAndEmptyArrays)) {
        yield index ? withValue(result, index, 0, position) : result
      }
    }
  }
}

function* unwound(
  document: Document,
  names: readonly string[],
  preserve: boolean,
): Iterable<{ result: Document; position: unknown }> {
  const value = names.reduce<unknown>(
    (current, name) => (isDocument(current) ? getField(current, name) : undefined),
    document,
  )
  if (isArray(value) && value.length > 0) {
    for (const [position, item] of value.entries()) {
      yield { result: withValue(document, names, 0, item), position: Long.fromNumber(position) }
    }
  } else if (isArray(value)) {
    if (preserve) yield { result: withValue(document, names, 0, undefined), position: null }
  } else if (preserve || (value !== undefined && value !== null)) {
    yield { result: document, position: null }
  }
}

/** A copy with another value at a path of documents; what is no document on the way gives place to one. */
export function withValue(document: Document, path: readonly string[], at: number, value: unknown): Document {
  const copy = { ...document }
  const name = path[at] ?? ''
  const inner = getField(copy, name)
  if (at < path.length - 1) setField(copy, name, withValue(isDocument(inner) ? inner : {}, path, at + 1, value))
  else if (value === undefined) Reflect.deleteProperty(copy, name)
  else setField(copy, name, value)
  return copy
}
