import type { Filter } from '../query/matcher.js'
import { readRecord, recordKey, type Collection } from '../storage/catalogue.js'
import type { Entry, KeyRange, Table, View } from '../storage/store.js'
import type { IndexScan } from './index-scan.js'
import { dataRange, type Plan, type UnionScan } from './planner.js'

/** A stored document as it was read. */
export interface Row {
  readonly record: number
  readonly bytes: Buffer
}

/** What a plan has looked at: `totalKeysExamined` and `totalDocsExamined` of explain. */
export interface Work {
  keys: number
  documents: number
}

const smallestPiece = 16
const largestPiece = 1024

export interface Execution {
  readonly view: View
  readonly collection: Collection
  readonly filter: Filter
  readonly work: Work
  /** How many documents will be taken, as far as that is known. */
  readonly expected?: number
}

/** The documents that match, in the plan's order; may be left and taken up again at any time. */
export function* execute(plan: Plan, execution: Execution): Generator<Row> {
  const { filter, work } = execution
  for (const row of candidates(plan, execution)) {
    work.documents++
    if (filter.matchesRaw(row.bytes)) yield row
  }
}

function* candidates(plan: Plan, execution: Execution): Generator<Row> {
  if (plan.kind === 'collection') {
    const range = dataRange(execution.collection, plan.reverse)
    for (const { key, value } of entries(execution.view, 'data', range, execution.expected)) {
      yield { record: readRecord(key), bytes: value }
    }
    return
  }
  for (const record of records(plan, execution)) {
    const bytes = execution.view.get('data', recordKey(execution.collection.id, record))
    if (bytes !== undefined) yield { record, bytes }
  }
}

/** Each record once: an array has several keys, and several scans may find the same. */
function* records(plan: IndexScan | UnionScan, execution: Execution): Generator<number> {
  if (plan.kind === 'index' && plan.index.arrayPaths.size === 0) {
    yield* scanRecords(plan, execution)
    return
  }
  const seen = new Set<number>()
  const scans =
    plan.kind === 'union' ? plan.scans.map((scan) => records(scan, execution)) : [scanRecords(plan, execution)]
  for (const scan of scans) {
    for (const record of scan) if (seen.size < seen.add(record).size) yield record
  }
}

function* scanRecords(scan: IndexScan, { view, work, expected }: Execution): Generator<number> {
  for (const range of scan.ranges) {
    if (scan.single) {
      const value = view.get('index', range.start)
      work.keys++
      if (value !== undefined) yield readRecord(value)
      continue
    }
    for (const { key, value } of entries(view, 'index', range, expected)) {
      work.keys++
      yield readRecord(scan.index.unique ? value : key)
    }
  }
}

/** Reads a range piece by piece, so that no cursor of the storage stays open while nobody reads. */
function* entries(view: View, table: Table, range: KeyRange, expected = 0): Generator<Entry> {
  let after: Buffer | undefined
  for (let size = Math.max(expected, smallestPiece); ; size = Math.min(size * 4, largestPiece)) {
    const piece = view.range(table, range, Math.min(size, largestPiece), after)
    yield* piece.entries
    if (piece.resume === undefined) return
    after = piece.resume
  }
}

/** The number of keys in a scan's ranges, or `limit` if there are more. */
export function countKeys(view: View, scan: IndexScan, limit: number): number {
  let count = 0
  for (const range of scan.ranges) {
    for (let after: Buffer | undefined; count < limit;) {
      const piece = view.range('index', range, Math.min(limit - count, largestPiece), after)
      count += piece.entries.length
      after = piece.resume
      if (after === undefined) break
    }
    if (count >= limit) return limit
  }
  return count
}
