import { Int32, Long } from 'bson'
import { ServerError } from '../server-error.js'
import { describeElement, describeValue } from './describe.js'
import { compileExpression, type Scope } from './expressions.js'
import { parseFilter } from './filter-parser.js'
import { filterOf } from './matcher.js'
import { toDouble } from './numbers.js'
import type { Stage } from './pipeline.js'
import { compileSort, sortDocuments } from './sort.js'
import { getField, isArray, isDocument, isNumeric, setField, typeName, type Document } from './values.js'

/** Stages that choose, order and multiply documents. */
export function match(spec: unknown, scope: Scope): Stage {
  if (!isDocument(spec)) throw new ServerError(15959, 'the match filter must be an expression in an object')
  const filter = filterOf(parseFilter(spec, { scope }))
  return function* (input) {
    for (const document of input) if (filter.matches(document)) yield document
  }
}

export function sort(spec: unknown, limit = Infinity): Stage {
  if (!isDocument(spec)) throw new ServerError(15973, 'the $sort key specification must be an object')
  if (Object.keys(spec).length === 0) throw new ServerError(15976, '$sort stage must have at least one sort key')
  const compiled = compileSort(spec)
  return function* (input) {
    yield* sortDocuments(input, compiled, limit)
  }
}

function wholeNumber(name: string, spec: unknown): number {
  const number = isNumeric(spec) ? toDouble(spec) : Number.NaN
  if (Number.isInteger(number) && number >= 0) return number
  const code = name === '$limit' ? 2107201 : 5107200
  throw new ServerError(
    code,
    `invalid argument to ${name} stage: ${isNumeric(spec) ? (number < 0 ? 'Expected a non-negative number' : 'Expected an integer') : 'Expected a number'} in: ${describeElement(name, spec)}`,
  )
}

export function limitOf(spec: unknown): number {
  const most = wholeNumber('$limit', spec)
  if (most === 0) throw new ServerError(15958, 'the limit must be positive')
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
  const least = wholeNumber('$skip', spec)
  return function* (input) {
    let count = 0
    for (const document of input) {
      if (count >= least) yield document
      count += 1
    }
  }
}

export function count(spec: unknown): Stage {
  if (typeof spec !== 'string') throw new ServerError(40156, 'the count field must be a non-empty string')
  if (spec === '') throw new ServerError(40157, 'the count field must be a non-empty string')
  if (spec.startsWith('$')) throw new ServerError(40158, 'the count field cannot be a $-prefixed path')
  if (spec.includes('.')) throw new ServerError(40160, "the count field cannot contain '.'")
  return function* (input) {
    let total = 0
    for (const _document of input) total += 1
    if (total > 0) yield { [spec]: new Int32(total) }
  }
}

export function sample(spec: unknown): Stage {
  const size = isDocument(spec) ? spec['size'] : undefined
  if (!isNumeric(size)) throw new ServerError(28749, `$sample stage specification must be an object with a size`)
  const most = Math.trunc(toDouble(size))
  if (most < 0) throw new ServerError(28747, 'size argument to $sample must not be negative')
  return function* (input) {
    const rest = [...input]
    for (let drawn = 0; drawn < most && rest.length > 0; drawn += 1) {
      const [document] = rest.splice(Math.floor(Math.random() * rest.length), 1)
      if (document) yield document
    }
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
  if (unknown !== undefined) throw new ServerError(28811, `unrecognized option to $unwind stage: ${unknown}`)
  if (path === undefined) throw new ServerError(28812, 'no path specified to $unwind stage')
  if (typeof path !== 'string')
    throw new ServerError(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`)
  if (!path.startsWith('$'))
    throw new ServerError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`)
  if (typeof preserveNullAndEmptyArrays !== 'boolean') {
    throw new ServerError(
      28809,
      `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${typeName(preserveNullAndEmptyArrays)}`,
    )
  }
  if (includeArrayIndex !== undefined && (typeof includeArrayIndex !== 'string' || includeArrayIndex === '')) {
    throw new ServerError(
      28810,
      `expected a non-empty string for the includeArrayIndex  option to $unwind stage, got ${typeName(includeArrayIndex)}`,
    )
  }
  if (includeArrayIndex?.startsWith('$')) {
    throw new ServerError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${includeArrayIndex}`,
    )
  }
  const names = path.slice(1).split('.')
  return function* (input) {
    for (const document of input) yield* unwound(document, names, includeArrayIndex, preserveNullAndEmptyArrays)
  }
}

function* unwound(
  document: Document,
  names: readonly string[],
  index: string | undefined,
  preserve: boolean,
): Iterable<Document> {
  const value = names.reduce<unknown>(
    (current, name) => (isDocument(current) ? getField(current, name) : undefined),
    document,
  )
  const numbered = (result: Document, position: unknown): Document =>
    index === undefined ? result : withValue(result, index.split('.'), 0, position)
  if (isArray(value) && value.length > 0) {
    for (const [position, item] of value.entries()) {
      yield numbered(withValue(document, names, 0, item), Long.fromNumber(position))
    }
  } else if (isArray(value)) {
    if (preserve) yield numbered(withValue(document, names, 0, undefined), null)
  } else if (preserve || (value !== undefined && value !== null)) {
    yield numbered(document, null)
  }
}

/** A copy of a document with another value at a path of documents. */
function withValue(document: Document, path: readonly string[], at: number, value: unknown): Document {
  const copy = { ...document }
  const name = path[at] ?? ''
  const inner = getField(copy, name)
  if (at < path.length - 1) setField(copy, name, withValue(isDocument(inner) ? inner : {}, path, at + 1, value))
  else if (value === undefined) Reflect.deleteProperty(copy, name)
  else setField(copy, name, value)
  return copy
}

/** `$documents`: the documents that are written in the pipeline itself. */
export function documents(spec: unknown, scope: Scope): Stage {
  const values = compileExpression(spec, scope)({})
  if (!isArray(values)) throw new ServerError(5858203, `an array is expected: ${describeValue(values)}`)
  return function* () {
    for (const value of values) {
      if (!isDocument(value)) throw new ServerError(40228, `'newRoot' expression must evaluate to an object`)
      yield value
    }
  }
}

/** `$redact` and `$fill` and others that are left out are refused by name where pipelines are compiled. */
export const REFUSED_STAGES: ReadonlySet<string> = new Set([
  '$changeStream',
  '$collStats',
  '$currentOp',
  '$densify',
  '$fill',
  '$geoNear',
  '$graphLookup',
  '$indexStats',
  '$listLocalSessions',
  '$listSessions',
  '$merge',
  '$out',
  '$planCacheStats',
  '$redact',
  '$search',
  '$searchMeta',
  '$setWindowFields',
  '$vectorSearch',
])
