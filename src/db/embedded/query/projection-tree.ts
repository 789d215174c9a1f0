import { refusal } from './describe.js'
import type { Expression } from './expressions.js'
import type { Filter } from './matcher.js'
import { toDouble } from './numbers.js'
import { isArray, isNumeric } from './values.js'

export interface Slice {
  readonly kind: 'slice'
  readonly skip: number | undefined
  readonly limit: number
}

export type ProjectionLeaf =
  | { readonly kind: 'include' | 'exclude' | 'positional' }
  | { readonly kind: 'compute'; readonly expression: Expression }
  | { readonly kind: 'elemMatch'; readonly filter: Filter }
  | Slice

export type ProjectionTree = Map<string, ProjectionLeaf | ProjectionTree>

export function splitPath(name: string): readonly string[] {
  if (name === '') throw refusal(40352)`FieldPath cannot be constructed with empty string`
  if (name.endsWith('.')) throw refusal(40353)`FieldPath must not end with a '.'.`
  const path = name.split('.')
  if (path.includes('')) throw refusal(15998)`FieldPath field names may not be empty strings.`
  if (path.some((part) => part.startsWith('$')))
    throw refusal(16410)`FieldPath field names may not start with '$'. Consider using $getField or $setField.`
  return path
}

/** Adds a node at a path; one path may not be named twice, nor be part of another. */
export function addNode<T>(
  tree: Map<string, T | Map<string, unknown>>,
  path: readonly string[],
  at: number,
  node: T | Map<string, unknown>,
): void {
  const name = path[at] ?? ''
  const child = tree.get(name)
  if (at === path.length - 1) {
    if (child !== undefined) throw refusal(31250)`Path collision at ${path.join('.')}`
    tree.set(name, node)
    return
  }
  const inner: T | Map<string, unknown> = child ?? new Map<string, unknown>()
  if (!(inner instanceof Map))
    throw refusal(31249)`Path collision at ${path.join('.')} remaining portion ${path.slice(at + 1).join('.')}`
  tree.set(name, inner)
  addNode(inner, path, at + 1, node)
}

/** `$slice` is an expression as well, which takes an array from the document. */
export function isFindSlice(operand: unknown): boolean {
  return !isArray(operand) || (operand.length === 2 && operand.every(isNumeric))
}

export function parseSlice(operand: unknown): Slice {
  if (isNumeric(operand)) return { kind: 'slice', skip: undefined, limit: Math.trunc(toDouble(operand)) }
  if (!isArray(operand)) throw refusal(28667)`$slice only supports numbers and [skip, limit] arrays`
  const [skip, limit] = operand.map((item) => Math.trunc(toDouble(item)))
  if (limit === undefined || limit <= 0)
    throw refusal(28724)`First argument to $slice must be an array, but is of type: int`
  return { kind: 'slice', skip, limit }
}
