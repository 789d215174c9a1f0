import type { Index } from '../storage/catalogue.js'
import { longestKey } from '../storage/index-keys.js'
import type { KeyRange } from '../storage/store.js'
import {
  allowedBy,
  boundBytes,
  descending,
  everything,
  intersect,
  type Allowed,
  type Bound,
  type Interval,
} from './intervals.js'
import { partialFilterHolds } from './partial.js'
import { provesPresence, type Conjunction, type Predicate } from './predicates.js'

/** Sort fields in order; `descending` turns each round. */
export type SortOrder = readonly { readonly path: string; readonly descending: boolean }[]

export interface IndexScan {
  readonly kind: 'index'
  readonly index: Index
  readonly ranges: readonly KeyRange[]
  /** One list of intervals for each field, ascending, as `explain` shows them. */
  readonly bounds: readonly (readonly Interval[])[]
  readonly bounded: number
  readonly reverse: boolean
  /** Documents come in the order that was asked for. */
  readonly sorted: boolean
  /** Every key found belongs to a matching document, each document has one key. */
  readonly exact: boolean
  /** All fields are fixed and the index is unique: each range is one key. */
  readonly single: boolean
}

const mostRanges = 2000

/** How an index would answer, or undefined when documents that match could be missing from it. */
export const scanWith = (index: Index, conjunction: Conjunction, sort: SortOrder): IndexScan | undefined =>
  holdsAllMatches(index, conjunction) ? scanOf(index, conjunction, sort) : undefined

/** How an index is read for a query, whether or not it holds all that matches. */
export function scanOf(index: Index, conjunction: Conjunction, sort: SortOrder): IndexScan {
  const fields = boundedFields(index, conjunction)
  const bounds = index.fields.map((field, position) => {
    const intervals = fields[position]?.allowed.intervals ?? [everything]
    return field.descending ? descending(intervals) : intervals
  })
  const direction = directionFor(index, fields, sort)
  const used = new Set(fields.flatMap((field) => field.used))
  const exact =
    conjunction.complete &&
    index.arrayPaths.size === 0 &&
    !index.cut &&
    fields.every((field) => field.allowed.exact) &&
    conjunction.predicates.every((predicate) => used.has(predicate))
  const points = fields.length === index.fields.length && fields.every((field) => field.allowed.points)
  return {
    kind: 'index',
    index,
    ranges: keyRanges(index, fields, bounds, direction === -1),
    bounds,
    bounded: fields.length,
    reverse: direction === -1,
    sorted: direction !== 0,
    exact,
    single: points && index.unique && !index.cut,
  }
}

interface BoundedField {
  readonly allowed: Allowed
  readonly used: readonly Predicate[]
}

/** Leading fields that are fixed to points, and one more that has a range. */
function boundedFields(index: Index, { predicates }: Conjunction): BoundedField[] {
  const fields: BoundedField[] = []
  const taken: Predicate[] = []
  let combinations = 1
  for (const { path } of index.fields) {
    const own = predicates.filter(
      (predicate) =>
        predicate.path === path && mayCombine(index, predicate, taken) && (!index.sparse || provesPresence(predicate)),
    )
    const field = combine(own, throughArray(index, path))
    if (field === undefined) break
    combinations *= field.allowed.intervals.length
    if (combinations > mostRanges && fields.length > 0) break
    fields.push(field)
    taken.push(...field.used)
    if (!field.allowed.points) break
  }
  return fields
}

const arrayPrefixes = (index: Index, path: string): string[] =>
  [...index.arrayPaths].filter((prefix) => path === prefix || path.startsWith(`${prefix}.`))

const throughArray = (index: Index, path: string): boolean => arrayPrefixes(index, path).length > 0

/** Two conditions below one array may be fulfilled by two elements, but a key holds one element's values only. */
function mayCombine(index: Index, predicate: Predicate, taken: readonly Predicate[]): boolean {
  const prefixes = arrayPrefixes(index, predicate.path)
  return taken.every(
    (other) =>
      (other.group !== undefined && other.group === predicate.group) ||
      !prefixes.some((prefix) => other.path === prefix || other.path.startsWith(`${prefix}.`)),
  )
}

function combine(predicates: readonly Predicate[], array: boolean): BoundedField | undefined {
  const candidates = predicates.flatMap((predicate) => {
    const allowed = allowedBy(predicate)
    return allowed === undefined ? [] : [{ allowed, used: [predicate] }]
  })
  const best = candidates.find(({ allowed }) => allowed.points) ?? candidates[0]
  if (best === undefined) return undefined
  const group = best.used[0]?.group
  return candidates
    .filter((other) => other !== best && (!array || (group !== undefined && other.used[0]?.group === group)))
    .filter((other) => !array || other.used[0]?.path === best.used[0]?.path)
    .reduce<BoundedField>(
      (sum, other) => ({ allowed: intersect(sum.allowed, other.allowed), used: [...sum.used, ...other.used] }),
      best,
    )
}

function holdsAllMatches(index: Index, conjunction: Conjunction): boolean {
  if (index.partial && !partialFilterHolds(index.partial.node, conjunction)) return false
  const indexed = (path: string): boolean => index.fields.some((field) => field.path === path)
  return !index.sparse || conjunction.predicates.some((found) => indexed(found.path) && provesPresence(found))
}

/** 1 or -1 when walking the index that way gives the order, 0 when it does not. */
function directionFor(index: Index, fields: readonly BoundedField[], sort: SortOrder): -1 | 0 | 1 {
  if (sort.length === 0) return 1
  if (index.cut || sort.some(({ path }) => throughArray(index, path))) return 0
  const fixed = new Set(
    fields.flatMap(({ allowed, used }) =>
      allowed.points && allowed.intervals.length === 1 && used[0] ? [used[0].path] : [],
    ),
  )
  const wanted = sort.filter(({ path }) => !fixed.has(path))
  const given = index.fields.filter(({ path }) => !fixed.has(path))
  const turned = wanted.map((field, position) =>
    field.path === given[position]?.path ? (field.descending === given[position].descending ? 1 : -1) : 0,
  )
  const first = turned[0] ?? 1
  return turned.every((turn) => turn === first) ? first : 0
}

function keyRanges(
  index: Index,
  fields: readonly BoundedField[],
  bounds: readonly (readonly Interval[])[],
  reverse: boolean,
): KeyRange[] {
  const start = Buffer.alloc(4)
  start.writeUInt32BE(index.id)
  let prefixes = [start]
  let last: readonly Interval[] = [everything]
  fields.forEach((field, position) => {
    const intervals = bounds[position] ?? []
    if (position === fields.length - 1 || !field.allowed.points) last = intervals
    else prefixes = prefixes.flatMap((prefix) => intervals.map(({ from }) => Buffer.concat([prefix, from.bytes])))
  })
  const ranges = prefixes.flatMap((prefix) =>
    last.map(({ from, to }) => ({ start: place(prefix, from), end: place(prefix, to), reverse })),
  )
  return reverse ? ranges.reverse() : ranges
}

/** A bound behind its prefix, cut where keys are cut: what is cut off is found by the recheck. */
function place(prefix: Buffer, bound: Bound): Buffer {
  const whole = Buffer.concat([prefix, bound.bytes])
  return boundBytes({ bytes: whole.subarray(0, 4 + longestKey), after: bound.after })
}
