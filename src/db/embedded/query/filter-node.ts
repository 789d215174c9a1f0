import type { Evaluate } from './expressions.js'
import { PathWalk, type FieldPath, type LeafArrays } from './path.js'
import { decodeDocument, decodeValue } from './raw.js'
import { BsonType } from './values.js'

export type FieldOperator =
  '$eq' | '$gt' | '$gte' | '$lt' | '$lte' | '$in' | '$regex' | '$exists' | '$type' | '$mod' | '$size' | '$elemMatch'

/** Whether the raw value of `type` (0: there is none) at `offset` passes. */
export type RawTest = (raw: Buffer, type: number, offset: number) => boolean

/** What is asked of the values one path leads to; the path matches when one of them passes. */
export interface Leaf {
  readonly operator: FieldOperator
  readonly operand: unknown
  readonly arrays: LeafArrays
  readonly test: RawTest
  /** `$elemMatch`: the position of the first item of the raw array at `offset` that matches, -1 if none does. */
  readonly indexIn?: (raw: Buffer, offset: number) => number
}

/** A test of decoded values, of those types that it can be true for. */
export function valueTest(test: (value: unknown) => boolean, accepts: (type: number) => boolean = () => true): RawTest {
  return (raw, type, offset) => {
    if (type === BsonType.missing) return test(undefined)
    return accepts(type) && test(decodeValue(raw, type, offset))
  }
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

/** Matches the raw document at `offset`. */
export function matchRaw(node: FilterNode, raw: Buffer, offset: number, position?: Position): boolean {
  if (node.kind === 'field') return matchField(node, raw, offset, position)
  if (node.kind === 'expr') return node.evaluate(decodeDocument(raw, offset))
  return combine(node, (child) => matchRaw(child, raw, offset, node.kind === 'and' ? position : undefined))
}

function matchField({ fieldPath, leaf }: FieldNode, raw: Buffer, start: number, position?: Position): boolean {
  return new PathWalk(raw, fieldPath, leaf.arrays).document(start, 0, (type, offset, index) => {
    if (!leaf.test(raw, type, offset)) return false
    if (position && (index >= 0 || leaf.indexIn))
      position.index = index < 0 ? (leaf.indexIn?.(raw, offset) ?? -1) : index
    return true
  })
}

/** Matches one value that has no path, as `$elemMatch: { $gt: 5 }` does. */
export function matchBareValue(node: FilterNode, raw: Buffer, type: number, offset: number): boolean {
  if (node.kind === 'field') return node.leaf.test(raw, type, offset)
  return node.kind !== 'expr' && combine(node, (child) => matchBareValue(child, raw, type, offset))
}

function combine(
  node: Exclude<FilterNode, FieldNode | { kind: 'expr' }>,
  matches: (node: FilterNode) => boolean,
): boolean {
  switch (node.kind) {
    case 'and':
      return node.nodes.every(matches)
    case 'or':
      return node.nodes.some(matches)
    case 'nor':
      return !node.nodes.some(matches)
    case 'not':
      return !matches(node.node)
    case 'constant':
      return node.value
  }
}

/** The first names of the paths in a filter. */
export function firstNames(node: FilterNode): readonly string[] {
  if (node.kind === 'field') return [node.fieldPath.names[0] ?? '']
  if (node.kind === 'not') return firstNames(node.node)
  return 'nodes' in node ? node.nodes.flatMap(firstNames) : []
}
