import { BsonType, getField, isArray, isDocument } from './values.js'
import { decodeValue, findElement, nameEnd, valueEnd } from './raw.js'

/** A dotted path, cut once: `names` for decoded values, `bytes` for raw ones. */
export interface FieldPath {
  readonly path: string
  readonly names: readonly string[]
  readonly bytes: readonly Uint8Array[]
}

export function fieldPath(path: string): FieldPath {
  const names = path.split('.')
  return { path, names, bytes: names.map((name) => Buffer.from(name)) }
}

/**
 * Is shown the values a path leads to, one after the other, until it says true. `index` is that of the outermost array
 * that was walked through, -1 if none. A missing value is shown as `undefined`.
 */
export type Visitor = (value: unknown, index: number) => boolean

/** What is at the end of a path: an array there is shown item by item and then whole, or only whole. */
export type LeafArrays = 'walk' | 'whole'

export function visitValue(
  root: unknown,
  names: readonly string[],
  from: number,
  leaf: LeafArrays,
  visit: Visitor,
): boolean {
  let current = root
  let at = from
  while (at < names.length && isDocument(current)) {
    current = getField(current, names[at] ?? '')
    at += 1
  }
  if (isArray(current)) return visitArray(current, names, at, leaf, visit)
  return visit(at < names.length ? undefined : current, -1)
}

function visitArray(
  array: readonly unknown[],
  names: readonly string[],
  at: number,
  leaf: LeafArrays,
  visit: Visitor,
): boolean {
  if (at === names.length) {
    if (leaf === 'walk') {
      for (const [index, item] of array.entries()) if (visit(item, index)) return true
    }
    return visit(array, -1)
  }
  for (const [index, item] of array.entries()) {
    if (isDocument(item) && visitValue(item, names, at, leaf, (value) => visit(value, index))) return true
    if (names[at] === String(index) && visitPosition(item, names, at + 1, leaf, visit)) return true
  }
  return false
}

/** A number in a path names a position too; an array found there is not walked through when the path ends. */
function visitPosition(item: unknown, names: readonly string[], at: number, leaf: LeafArrays, visit: Visitor): boolean {
  if (at === names.length) return visit(item, -1)
  if (isArray(item)) return visitArray(item, names, at, leaf, visit)
  return isDocument(item) && visitValue(item, names, at, leaf, visit)
}

/** Is shown raw values: type byte (0 if missing) and offset, until it says true. */
export type RawVisitor = (type: number, offset: number) => boolean

/** As `visitValue`, on the raw document at `offset`. */
export function visitRaw(
  raw: Buffer,
  offset: number,
  path: FieldPath,
  from: number,
  leaf: LeafArrays,
  visit: RawVisitor,
): boolean {
  const { bytes } = path
  let type: number = BsonType.object
  let start = offset
  let at = from
  while (at < bytes.length && type === BsonType.object) {
    const name = bytes[at]
    const element = name ? findElement(raw, start, name) : -1
    if (element < 0) return visit(BsonType.missing, 0)
    type = raw[element] ?? 0
    start = element + 2 + (name?.length ?? 0)
    at += 1
  }
  if (type === BsonType.array) return visitRawArray(raw, start, path, at, leaf, visit)
  return at < bytes.length ? visit(BsonType.missing, 0) : visit(type, start)
}

function visitRawArray(
  raw: Buffer,
  offset: number,
  path: FieldPath,
  at: number,
  leaf: LeafArrays,
  visit: RawVisitor,
): boolean {
  const last = at === path.names.length
  if (last && leaf === 'whole') return visit(BsonType.array, offset)
  let element = offset + 4
  for (let index = 0; ; index += 1) {
    const type = raw[element] ?? 0
    if (type === 0) break
    const start = nameEnd(raw, element + 1) + 1
    if (last) {
      if (visit(type, start)) return true
    } else {
      if (type === BsonType.object && visitRaw(raw, start, path, at, leaf, visit)) return true
      if (path.names[at] === String(index) && visitRawPosition(raw, type, start, path, at + 1, leaf, visit)) return true
    }
    element = valueEnd(raw, type, start)
  }
  return last && visit(BsonType.array, offset)
}

function visitRawPosition(
  raw: Buffer,
  type: number,
  start: number,
  path: FieldPath,
  at: number,
  leaf: LeafArrays,
  visit: RawVisitor,
): boolean {
  if (at === path.names.length) return visit(type, start)
  if (type === BsonType.array) return visitRawArray(raw, start, path, at, leaf, visit)
  return type === BsonType.object && visitRaw(raw, start, path, at, leaf, visit)
}

export function rawValue(raw: Buffer, type: number, offset: number): unknown {
  return type === BsonType.missing ? undefined : decodeValue(raw, type, offset)
}
