import type { Document } from 'bson'
import { numberOf, isObject, decode } from '../documents.js'
import { timeExpired } from '../engine/engine.js'
import { countKeys, execute, type Execution, type Row } from '../planner/executor.js'
import type { SortOrder } from '../planner/index-scan.js'
import { plan, type Plan, type PlanRequest } from '../planner/planner.js'
import type { Filter } from '../query/matcher.js'
import { compileSort, type SortKey } from '../query/sort.js'
import { ServerError } from '../server-error.js'
import type { Collection } from '../storage/catalogue.js'
import type { View } from '../storage/store.js'

/** What is wanted of a collection, however the command that wants it is called. */
export interface Selection {
  readonly filter: Filter
  readonly sort?: Document
  readonly hint?: unknown
  readonly skip?: number
  /** 0 or absent: no limit. */
  readonly limit?: number
  readonly deadline?: number | undefined
}

/** A selection with the way to its documents. */
export interface Planned {
  readonly plan: Plan
  readonly execution: Execution
  readonly selection: Selection
}

export function planSelection(collection: Collection, view: View, selection: Selection): Planned {
  const { filter, limit = 0, skip = 0, sort: spec = {} } = selection
  const sort = sortOrder(spec)
  const chosen = plan(collection, {
    node: filter.node,
    sort,
    ...readHint(collection, selection),
    countKeys: (scan, most) => countKeys(view, scan, most),
  })
  const expected = limit > 0 && chosen.sorted ? skip + limit : 0
  return { plan: chosen, execution: { view, collection, filter, work: { keys: 0, documents: 0 }, expected }, selection }
}

/** The selected documents, in order, between skip and limit. */
export function* select(planned: Planned): Generator<Row> {
  const { sort, skip = 0, limit = 0 } = planned.selection
  const last = limit > 0 ? skip + limit : Infinity
  const rows = watched(execute(planned.plan, planned.execution), planned.selection.deadline)
  const ordered = planned.plan.sorted || !sorts(sort) ? rows : sortRows(rows, sort, last)
  let position = 0
  for (const row of ordered) {
    if (position >= skip) yield row
    if (++position >= last) return
  }
}

function* watched(rows: Iterable<Row>, deadline: number | undefined): Generator<Row> {
  let count = 0
  for (const row of rows) {
    if (deadline !== undefined && (count++ & 63) === 0 && Date.now() > deadline) throw timeExpired()
    yield row
  }
}

/** Sorts by keys made once for each document, holding no more than twice as many rows as are wanted. */
function sortRows(rows: Iterable<Row>, spec: Document, wanted: number): Row[] {
  const sort = compileSort(spec)
  const order = (a: { key: SortKey }, b: { key: SortKey }): number => sort.compareKeys(a.key, b.key)
  let held: { readonly key: SortKey; readonly row: Row }[] = []
  for (const row of rows) {
    held.push({ key: sort.sortKey(decode(row.bytes)), row })
    if (held.length > 2 * wanted + 1000) held = held.sort(order).slice(0, wanted)
  }
  return held.sort(order).map(({ row }) => row)
}

export const sorts = (spec: Document | undefined): spec is Document =>
  spec !== undefined && Object.keys(spec).length > 0

/** Reads a sort and checks it, whether or not anything will have to be sorted. */
function sortOrder(spec: Document): SortOrder {
  compileSort(spec)
  return Object.entries(spec).map(([path, direction]) => ({ path, descending: numberOf(direction) === -1 }))
}

function readHint({ indexes }: Collection, { hint, sort }: Selection): Pick<PlanRequest, 'hint' | 'backwards'> {
  const natural = naturalOrder(hint) ?? naturalOrder(sort)
  if (natural !== undefined) return { hint: '$natural', backwards: natural < 0 }
  if (hint === undefined || hint === null || (isObject(hint) && Object.keys(hint).length === 0)) return {}
  const keys = isObject(hint) ? patternText(hint) : undefined
  const index = indexes.find(({ name, spec }) => name === hint || patternText(spec['key'] as Document) === keys)
  if (index !== undefined) return { hint: index }
  throw new ServerError(
    2,
    'planner returned error :: caused by :: hint provided does not correspond to an existing index',
  )
}

const naturalOrder = (value: unknown): number | undefined => (isObject(value) ? numberOf(value['$natural']) : undefined)

export const patternText = (pattern: Document): string =>
  JSON.stringify(Object.entries(pattern).map(([path, value]) => [path, numberOf(value) ?? String(value)]))

/** The number of selected documents, from the index alone where that is exact. */
export function countSelected(planned: Planned): number {
  const { plan: chosen, execution, selection } = planned
  const { skip = 0, limit = 0 } = selection
  if (chosen.kind !== 'index' || !chosen.exact) return countRows(planned)
  const keys = countKeys(execution.view, chosen, limit > 0 ? skip + limit : Infinity)
  execution.work.keys += keys
  return Math.max(0, keys - skip)
}

export function countRows(planned: Planned): number {
  const rows = select(planned)
  let count = 0
  while (rows.next().done !== true) count++
  return count
}
