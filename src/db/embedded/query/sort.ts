import { compareValues } from './compare.js'
import { badValue, refusal } from './describe.js'
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
    if (path === '') throw refusal(15998)`FieldPath field names may not be empty strings.`
    return { names: fieldPath(path).names, direction: sortDirection(path, spec[path]) }
  })
  const sortKey = (document: Document): SortKey => keyOf(document, parts)
  const compareKeys = (a: SortKey, b: SortKey): number => compareSortKeys(a, b, parts)
  return { sortKey, compareKeys, compare: (a, b) => compareKeys(sortKey(a), sortKey(b)) }
}

function sortDirection(path: string, value: unknown): 1 | -1 {
  if (isDocument(value)) {
    if ('$meta' in value) throw refusal(40218)`query requires text score metadata, but it is not available`
    throw refusal(17312)`$meta is the only expression supported by $sort right now`
  }
  if (!isNumeric(value)) throw refusal(15974)`Illegal key in $sort specification: ${path}: ${String(value)}`
  const direction = toDouble(value)
  if (direction === 1 || direction === -1) return direction
  throw refusal(15975)`$sort key ordering must be 1 (for ascending) or -1 (for descending)`
}

function compareSortKeys(a: SortKey, b: SortKey, parts: readonly SortPart[]): number {
  for (const [index, part] of parts.entries()) {
    const order = compareValues(a[index], b[index])
    if (order !== 0) return order * part.direction
  }
  return 0
}

function keyOf(document: Document, parts: readonly SortPart[]): SortKey {
  const keys = keysOf(parts.map(({ names }) => ({ root: document, names })))
  return keys.reduce((best, key) => (compareSortKeys(key, best, parts) < 0 ? key : best))
}

interface Start {
  readonly root: unknown
  readonly names: readonly string[]
}

/**
 * Every key a document has, as an index over these paths would hold them: one for each item of the array they go
 * through. Paths may not go through two arrays side by side.
 */
function keysOf(starts: readonly Start[]): SortKey[] {
  let array: readonly unknown[] | undefined
  const rests = new Map<number, readonly string[]>()
  const values = starts.map(({ root, names }, index) => {
    if (names.length === 0) return root
    let current = root
    for (const [at, name] of names.entries()) {
      current = isDocument(current) ? getField(current, name) : undefined
      if (!isArray(current)) continue
      if (array && array !== current) throw badValue`cannot sort with keys that are parallel arrays`
      array = current
      rests.set(index, names.slice(at + 1))
      break
    }
    return current ?? null
  })
  if (!array) return [values]
  const through = array
  return (through.length === 0 ? [undefined] : through).flatMap((item) =>
    keysOf(values.map((value, index) => startAt(item, through, rests.get(index), value))),
  )
}

/** Paths that end at the array take its items as they are; a number in a path names a position. */
function startAt(
  item: unknown,
  array: readonly unknown[],
  names: readonly string[] | undefined,
  value: unknown,
): Start {
  if (!names) return { root: value, names: [] }
  const [first = '', ...rest] = names
  if (/^\d+$/.test(first) && !(isDocument(item) && first in item))
    return { root: array[Number(first)] ?? null, names: rest }
  return { root: item, names }
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
