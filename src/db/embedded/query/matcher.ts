import { serialize } from 'bson'
import { createScope, type Variables } from './expressions.js'
import { matchRaw, type FilterNode, type Position } from './filter-node.js'
import { parseFilter } from './filter-parser.js'
import { asBuffer } from './raw.js'
import type { Document } from './values.js'

export type { FilterNode, Leaf, FieldOperator } from './filter-node.js'

export interface FilterOptions {
  /** Values of the variables `$expr` may name, without the dollars. */
  readonly let?: Variables | undefined
  /** What `$$NOW` is. */
  readonly now?: Date | undefined
}

/** A parsed filter. */
export interface Filter {
  /** The tree, for a planner to read. */
  readonly node: FilterNode
  matches(document: Document): boolean
  /** Matches a document in BSON without decoding it. */
  matchesRaw(bytes: Uint8Array): boolean
  /** As `matches`, and says which array item matched; in BSON without encoding it first. */
  match(document: Document | Uint8Array): MatchInfo | null
}

export interface MatchInfo {
  /** Position of the array item that made the document match, which `$` stands for. */
  readonly arrayIndex?: number
}

/** Parses a filter; MongoDB's errors for one that cannot be understood, or that needs what is left out. */
export function compileFilter(filter: Document, options: FilterOptions = {}): Filter {
  return filterOf(parseFilter(filter, { scope: createScope(options.let, options.now) }))
}

export function filterOf(node: FilterNode): Filter {
  return {
    node,
    matches: (document) => matchRaw(node, encoded(document), 0),
    matchesRaw: (bytes) => matchRaw(node, asBuffer(bytes), 0),
    match: (document) => {
      const position: Position = { index: -1 }
      const raw = document instanceof Uint8Array ? asBuffer(document) : encoded(document)
      if (!matchRaw(node, raw, 0, position)) return null
      return position.index < 0 ? {} : { arrayIndex: position.index }
    },
  }
}

function encoded(document: Document): Buffer {
  return asBuffer(serialize(document))
}
