import { ServerError } from '../server-error.js'
import { compareValues } from './compare.js'
import { toDouble } from './numbers.js'
import { fieldPath } from './path.js'
import { getField, isArray, isDocument, isNumeric, type Document } from './values.js'

interface SortPart {
  readonly names: readonly string[]
  readonly direction: 1 | -1
}

export type SortKey = readonly unknown[]

export interface Sort {
  /** Order of two documents: negative if the first comes first. */
  compare(a: Document, b: Document): number
  /** What a document is sorted by; cheaper than comparing documents when there are many. */
  sortKey(document: Document): SortKey
  compareKeys(a: SortKey, b: SortKey): number
}

/** Compiles `{ field: 1 | -1, ... }`. A missing field sorts as null, an array by its smallest or largest item. */
export function compileSort(spec: Document): Sort {
  const parts = Object.keys(spec).map((path): SortPart => {
    if (path === '') throw new ServerError(15998, 'FieldPath field names may not be empty strings.')
    return { names: fieldPath(path).names, direction: sortDirection(path, spec[path]) }
  })
  const sortKey = (document: Document): SortKey => keyOf(document, parts)
  const compareKeys = (a: SortKey, b: SortKey): number => compareSortKeys(a, b, parts)
  return { sortKey, compareKeys, compare: (a, b) => compareKeys(sortKey(a), sortKey(b)) }
}

function sortDirection(path: string, value: unknown): 1 | -1 {
  if (isDocument(value)) {
    if ('$meta' in value) throw new ServerError(40218, 'query requires text score metadata, but it is not available')
    throw new ServerError(17312, '$meta is the only expression supported by $sort right now')
  }
  if (!isNumeric(value)) {
    throw new ServerError(15974, `Illegal key in $sort specification: ${path}: ${String(value)}`)
  }
  const direction = toDouble(value)
  if (direction === 1 || direction === -1) return direction
  throw new ServerError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
}

function compareSortKeys(a: SortKey, b: SortKey, parts: readonly SortPart[]): number {
  for (const [index, part] of parts.entries()) {
    const order = compareValues(a[index], b[index])
    if (order !== 0) return order * part.direction
  }
  return 0
}

function keyOf(document: Document, parts: readonly SortPart[]): SortKey {
  const key = parts.map((part) => plainValue(document, part.names))
  if (!key.includes(THROUGH_ARRAY)) return key
  const keys = expandKeys(
    document,
    parts.map((part) => part.names),
  )
  return keys.reduce((best, candidate) => (compareSortKeys(candidate, best, parts) < 0 ? candidate : best))
}

const THROUGH_ARRAY = Symbol('through an array')

/** The value at a path that meets no array. */
function plainValue(document: Document, names: readonly string[]): unknown {
  let current: unknown = document
  for (const name of names) {
    if (!isDocument(current)) return null
    current = getField(current, name)
    if (isArray(current)) return THROUGH_ARRAY
  }
  return current ?? null
}

/**
 * Every key a document has, as an index over these paths would hold them: one for each item of the array they go
 * through. Paths may not go through two arrays side by side.
 */
function expandKeys(root: unknown, paths: readonly (readonly string[])[]): SortKey[] {
  const walks = paths.map((names) => walkToArray(root, names))
  const arrays = walks.filter((walk) => walk.array !== undefined)
  const array = arrays[0]?.array
  if (array === undefined) return [walks.map((walk) => walk.value)]
  if (arrays.some((walk) => walk.array !== array)) {
    throw new ServerError(2, 'cannot sort with keys that are parallel arrays')
  }
  const items: readonly unknown[] = array.length === 0 ? [undefined] : array
  const inside = walks.flatMap((walk, index) => (walk.array === undefined ? [] : [{ index, names: walk.rest }]))
  return items.flatMap((item) => {
    const keys = expandItem(
      item,
      array,
      inside.map(({ names }) => names),
    )
    return keys.map((key) => {
      const full = walks.map((walk) => walk.value)
      for (const [at, { index }] of inside.entries()) full[index] = key[at]
      return full
    })
  })
}

/** Paths that end at the item take it as it is; a number in a path names a position. */
function expandItem(item: unknown, array: readonly unknown[], paths: readonly (readonly string[])[]): SortKey[] {
  if (paths.every((names) => names.length === 0)) return [paths.map(() => item)]
  const roots = paths.map((names) => positional(item, array, names))
  return expandKeys(
    Object.fromEntries(roots.map(({ value }, index) => [String(index), value])),
    roots.map(({ names }, index) => [String(index), ...names]),
  )
}

function positional(
  item: unknown,
  array: readonly unknown[],
  names: readonly string[],
): { value: unknown; names: readonly string[] } {
  const [first = ''] = names
  if (/^\d+$/.test(first) && !(isDocument(item) && first in item)) {
    return { value: array[Number(first)], names: names.slice(1) }
  }
  return { value: item, names }
}

interface Walk {
  readonly value: unknown
  readonly array?: readonly unknown[]
  readonly rest: readonly string[]
}

function walkToArray(root: unknown, names: readonly string[]): Walk {
  let current = root
  for (const [index, name] of names.entries()) {
    if (!isDocument(current)) return { value: null, rest: [] }
    current = getField(current, name)
    if (isArray(current)) return { value: undefined, array: current, rest: names.slice(index + 1) }
  }
  return { value: current ?? null, rest: [] }
}

/** The first `limit` documents in order, holding no more than twice as many at once. Equal ones keep their order. */
export function sortDocuments(documents: Iterable<Document>, sort: Sort, limit = Infinity): Document[] {
  let rows: { readonly key: SortKey; readonly document: Document }[] = []
  const order = (a: { key: SortKey }, b: { key: SortKey }): number => sort.compareKeys(a.key, b.key)
  const most = Math.max(2 * limit, 1000)
  for (const document of documents) {
    rows.push({ key: sort.sortKey(document), document })
    if (rows.length >= most) rows = rows.sort(order).slice(0, limit)
  }
  return rows
    .sort(order)
    .slice(0, limit)
    .map((row) => row.document)
}
