import type { FilterNode } from '../query/matcher.js'
import { wholeRange, type Collection, type Index } from '../storage/catalogue.js'
import { scanOf, scanWith, type IndexScan, type SortOrder } from './index-scan.js'
import { readConjunction, type Conjunction } from './predicates.js'

export interface CollectionScan {
  readonly kind: 'collection'
  readonly sorted: boolean
  readonly exact: boolean
  readonly reverse: boolean
}

/** Several index scans whose documents are put together, each once. */
export interface UnionScan {
  readonly kind: 'union'
  readonly scans: readonly (IndexScan | UnionScan)[]
  readonly sorted: false
  readonly exact: false
}

export type Plan = CollectionScan | IndexScan | UnionScan

export interface PlanRequest {
  readonly node: FilterNode
  readonly sort: SortOrder
  readonly hint?: Index | '$natural'
  /** The collection is wanted backwards: `hint: { $natural: -1 }`. */
  readonly backwards?: boolean
  /** How many keys a scan would read, counted no further than a limit. */
  readonly countKeys: (scan: IndexScan, limit: number) => number
}

const probeLimit = 200

export function plan(collection: Collection, request: PlanRequest): Plan {
  const conjunction = readConjunction(request.node)
  const natural = collectionScan(conjunction, request)
  if (request.hint === '$natural') return natural
  // MongoDB reads a hinted index even if it does not hold all documents, and so misses the others.
  if (request.hint !== undefined) return scanOf(request.hint, conjunction, request.sort)
  const scans = collection.indexes.flatMap((index) => scanWith(index, conjunction, request.sort) ?? [])
  const best = cheapest(scans, request)
  if (best !== undefined && best.bounded > 0) return best
  const union = unionScan(collection, conjunction, request)
  return union ?? best ?? natural
}

const collectionScan = ({ predicates, complete }: Conjunction, { sort, backwards }: PlanRequest): CollectionScan => ({
  kind: 'collection',
  sorted: sort.length === 0,
  exact: complete && predicates.length === 0,
  reverse: backwards === true,
})

/** Fewest keys first; among equals the one that sorts, then the one that fixes more fields. */
function cheapest(scans: readonly IndexScan[], request: PlanRequest): IndexScan | undefined {
  const useful = scans.filter((scan) => scan.bounded > 0 || (request.sort.length > 0 && scan.sorted))
  if (useful.length < 2) return useful[0]
  const single = useful.find((scan) => scan.single)
  if (single !== undefined) return single
  const rated = useful.map((scan) => ({ scan, cost: cost(scan, request) }))
  return rated.sort(
    (a, b) => a.cost - b.cost || b.scan.bounded - a.scan.bounded || Number(b.scan.exact) - Number(a.scan.exact),
  )[0]?.scan
}

function cost(scan: IndexScan, request: PlanRequest): number {
  if (scan.bounded === 0) return probeLimit * 2
  const keys = request.countKeys(scan, probeLimit)
  if (request.sort.length === 0 || scan.sorted) return keys
  return keys < probeLimit ? keys * 1.5 : probeLimit * 3
}

function unionScan(collection: Collection, { alternatives }: Conjunction, request: PlanRequest): UnionScan | undefined {
  for (const nodes of alternatives) {
    const scans = nodes.map((node) => branchScan(collection, node, request))
    if (scans.every((scan) => scan !== undefined)) return { kind: 'union', scans, sorted: false, exact: false }
  }
  return undefined
}

function branchScan(collection: Collection, node: FilterNode, request: PlanRequest): IndexScan | UnionScan | undefined {
  const conjunction = readConjunction(node)
  const scans = collection.indexes.flatMap((index) => scanWith(index, conjunction, []) ?? [])
  const best = cheapest(scans, { ...request, sort: [] })
  return best !== undefined && best.bounded > 0 ? best : unionScan(collection, conjunction, request)
}

export const dataRange = (collection: Collection, reverse: boolean) => ({ ...wholeRange(collection.id), reverse })
