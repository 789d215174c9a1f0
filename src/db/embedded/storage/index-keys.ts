import { createHash } from 'node:crypto'
import type { Document } from 'bson'
import { isObject } from '../documents.js'
import { ServerError } from '../server-error.js'
import { KeyWriter } from './key-writer.js'
import { keyText } from './write-set.js'

export interface IndexField {
  readonly path: string
  readonly parts: readonly string[]
  readonly descending: boolean
}

export interface IndexKeys {
  /** The encoded fields, without index number and record: one for each combination that arrays give, no two equal. */
  readonly keys: readonly Buffer[]
  /** Paths at which an array was met. */
  readonly arrayPaths: readonly string[]
  /** A key did not fit and was cut: only its beginning can be trusted for order. */
  readonly cut: boolean
}

/** LMDB's keys end at 1,978 bytes; the rest is for the index number, the record and the digest. */
export const longestKey = 1900

const missing = Symbol('missing')

/** One field on its way: what of its path is left to walk from `from`, and where it started. */
interface Walk {
  readonly field: IndexField
  readonly from: unknown
  readonly depth: number
  readonly array?: readonly unknown[]
}

const writer = new KeyWriter()

export function indexKeys(fields: readonly IndexField[], sparse: boolean, document: Document): IndexKeys {
  const found = new Map<string, Buffer>()
  const arrayPaths = new Set<string>()
  let cut = false
  const start = fields.map((field) => ({ field, from: document, depth: 0 }))
  for (const values of combinations(start, arrayPaths)) {
    if (sparse && values.every((value) => value === missing)) continue
    const key = encodeFields(fields, values)
    if (key.length > longestKey) cut = true
    const fitting = shortened(key)
    found.set(keyText(fitting), fitting)
  }
  return { keys: [...found.values()], arrayPaths: [...arrayPaths], cut }
}

export function encodeFields(fields: readonly IndexField[], values: readonly unknown[]): Buffer {
  fields.forEach(({ descending }, index) => {
    const value = values[index] === missing ? null : values[index]
    if (descending) writer.descending(value)
    else writer.value(value)
  })
  return writer.finish()
}

export function shortened(key: Buffer): Buffer {
  if (key.length <= longestKey) return key
  return Buffer.concat([key.subarray(0, longestKey), createHash('sha256').update(key).digest()])
}

function* combinations(walks: readonly Walk[], arrayPaths: Set<string>): Generator<unknown[]> {
  const stopped = walks.map(walkToArray)
  const arrays = stopped.filter((walk) => walk.array !== undefined)
  const first = arrays[0]
  if (first?.array === undefined) {
    yield stopped.map((walk) => walk.from)
    return
  }
  for (const walk of arrays) {
    if (walk.array !== first.array) throw parallelArrays(first, walk)
    arrayPaths.add(walk.field.parts.slice(0, walk.depth).join('.'))
  }
  const elements = first.array.length === 0 ? [undefined] : first.array
  for (const element of elements)
    yield* combinations(
      stopped.map((walk) => enter(walk, element)),
      arrayPaths,
    )
}

/** Walks down objects; stops at the end of the path, at what is missing, or at an array. */
function walkToArray(walk: Walk): Walk {
  const { parts } = walk.field
  if (walk.depth > parts.length) return walk
  let { from, depth } = walk
  for (;;) {
    if (Array.isArray(from)) return { field: walk.field, from, depth, array: from }
    if (depth === parts.length) return { field: walk.field, from, depth: depth + 1 }
    const name = parts[depth] ?? ''
    if (!isObject(from) || !Object.hasOwn(from, name))
      return { field: walk.field, from: missing, depth: parts.length + 1 }
    from = from[name]
    depth++
  }
}

/** The same walk inside one element of its array; elements of arrays in arrays are not looked into. */
function enter(walk: Walk, element: unknown): Walk {
  const { field, depth, array } = walk
  if (array === undefined) return walk
  const arrived = { field, depth: field.parts.length + 1 }
  if (depth === field.parts.length) return { ...arrived, from: element }
  return isObject(element) ? { field, from: element, depth } : { ...arrived, from: missing }
}

const parallelArrays = (first: Walk, second: Walk): ServerError => {
  const name = (walk: Walk): string => walk.field.parts[walk.depth - 1] ?? ''
  return new ServerError(171, `cannot index parallel arrays [${name(second)}] [${name(first)}]`)
}
