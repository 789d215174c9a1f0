import type { Evaluate } from './expressions.js'
import { rawValue, visitRaw, visitValue, type FieldPath, type LeafArrays } from './path.js'
import { decodeDocument } from './raw.js'
import type { Document } from './values.js'

export type FieldOperator =
  | '$eq'
  | '$gt'
  | '$gte'
  | '$lt'
  | '$lte'
  | '$in'
  | '$regex'
  | '$exists'
  | '$type'
  | '$mod'
  | '$size'
  | '$elemMatch'
  | '$bits'

/** What is asked of the values one path leads to; the path matches when one of them passes. */
export interface Leaf {
  readonly operator: FieldOperator
  readonly operand: unknown
  readonly arrays: LeafArrays
  readonly test: (value: unknown) => boolean
  /** The same test on a raw value; without it the value is decoded. */
  readonly testRaw?: (raw: Buffer, type: number, offset: number) => boolean
  /** `$elemMatch`: the position of the first item that matches, -1 if none does. */
  readonly indexIn?: (array: readonly unknown[]) => number
}

/** A parsed filter. `$ne`, `$nin` and `$exists: false` are a `not` around their opposite, `$all` is an `and`. */
export type FilterNode =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly node: FilterNode }
  | FieldNode
  | { readonly kind: 'expr'; readonly evaluate: Evaluate<boolean> }
  | { readonly kind: 'constant'; readonly value: boolean }

export interface FieldNode {
  readonly kind: 'field'
  readonly path: string
  readonly operator: FieldOperator
  /**
   * `$in`: the array given; `$regex`: a BSONRegExp; `$exists`: true; `$elemMatch`: the tree its items are matched
   * against, its fields having the path '' where it matches values; otherwise what was given.
   */
  readonly operand: unknown
  readonly fieldPath: FieldPath
  readonly leaf: Leaf
}

/** Position of the array item that made a filter match, for `$` in updates and projections; -1 if none. */
export interface Position {
  index: number
}

export function matchDocument(node: FilterNode, document: unknown, position?: Position): boolean {
  switch (node.kind) {
    case 'and':
      return node.nodes.every((child) => matchDocument(child, document, position))
    case 'or':
      return node.nodes.some((child) => matchDocument(child, document))
    case 'nor':
      return !node.nodes.some((child) => matchDocument(child, document))
    case 'not':
      return !matchDocument(node.node, document)
    case 'field':
      return matchLeaf(node.fieldPath, node.leaf, document, position)
    case 'expr':
      return node.evaluate(document as Document)
    case 'constant':
      return node.value
  }
}

function matchLeaf(path: FieldPath, leaf: Leaf, document: unknown, position?: Position): boolean {
  return visitValue(document, path.names, 0, leaf.arrays, (value, index) => {
    if (!leaf.test(value)) return false
    if (position) notePosition(position, leaf, value, index)
    return true
  })
}

function notePosition(position: Position, leaf: Leaf, value: unknown, index: number): void {
  if (index >= 0) position.index = index
  else if (leaf.indexIn && Array.isArray(value)) position.index = leaf.indexIn(value)
}

/** Matches one value that has no path, as `$elemMatch: { $gt: 5 }` and `$pull` do. */
export function matchBareValue(node: FilterNode, value: unknown): boolean {
  switch (node.kind) {
    case 'and':
      return node.nodes.every((child) => matchBareValue(child, value))
    case 'or':
      return node.nodes.some((child) => matchBareValue(child, value))
    case 'nor':
      return !node.nodes.some((child) => matchBareValue(child, value))
    case 'not':
      return !matchBareValue(node.node, value)
    case 'field':
      return node.leaf.test(value)
    case 'expr':
      return false
    case 'constant':
      return node.value
  }
}

export function matchRaw(node: FilterNode, raw: Buffer): boolean {
  switch (node.kind) {
    case 'and':
      return everyRaw(node.nodes, raw)
    case 'or':
      return node.nodes.some((child) => matchRaw(child, raw))
    case 'nor':
      return !node.nodes.some((child) => matchRaw(child, raw))
    case 'not':
      return !matchRaw(node.node, raw)
    case 'field':
      return matchRawLeaf(node.fieldPath, node.leaf, raw)
    case 'expr':
      return node.evaluate(decodeDocument(raw))
    case 'constant':
      return node.value
  }
}

function everyRaw(children: readonly FilterNode[], raw: Buffer): boolean {
  for (const child of children) if (!matchRaw(child, raw)) return false
  return true
}

function matchRawLeaf(path: FieldPath, leaf: Leaf, raw: Buffer): boolean {
  const { testRaw } = leaf
  return visitRaw(raw, 0, path, 0, leaf.arrays, (type, offset) =>
    testRaw ? testRaw(raw, type, offset) : leaf.test(rawValue(raw, type, offset)),
  )
}
