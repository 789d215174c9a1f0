import { findElement, nameEnd, valueEnd } from './raw.js'
import { BsonType } from './values.js'

/** A dotted path, cut once. */
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
 * Is shown the raw values a path leads to until it says true: their type byte, 0 where there is none, and offset.
 * `index` is that of the outermost array that was walked through, -1 if none.
 */
export type Visitor = (type: number, offset: number, index: number) => boolean

/** What is at the end of a path: an array there is shown item by item and then whole, or only whole. */
export type LeafArrays = 'walk' | 'whole'

/** A path through a raw document, as MongoDB walks it: arrays on the way are walked item by item and by position. */
export class PathWalk {
  constructor(
    private readonly raw: Buffer,
    private readonly path: FieldPath,
    private readonly leaf: LeafArrays,
  ) {}

  /** From the document at `offset`, of whose path the first `at` names are done. */
  document(offset: number, at: number, visit: Visitor): boolean {
    const { bytes } = this.path
    let type: number = BsonType.object
    let start = offset
    let next = at
    while (next < bytes.length && type === BsonType.object) {
      const name = bytes[next]
      const element = name ? findElement(this.raw, start, name) : -1
      if (element < 0) return visit(BsonType.missing, 0, -1)
      type = this.raw[element] ?? 0
      start = element + 2 + (name?.length ?? 0)
      next += 1
    }
    if (type === BsonType.array) return this.array(start, next, visit)
    return next < bytes.length ? visit(BsonType.missing, 0, -1) : visit(type, start, -1)
  }

  private array(offset: number, at: number, visit: Visitor): boolean {
    const last = at === this.path.names.length
    if (last && this.leaf === 'whole') return visit(BsonType.array, offset, -1)
    const found = eachItem(this.raw, offset, (type, start, index) => {
      if (last) return visit(type, start, index)
      const inside: Visitor = (innerType, innerStart) => visit(innerType, innerStart, index)
      if (type === BsonType.object && this.document(start, at, inside)) return true
      return this.path.names[at] === String(index) && this.position(type, start, at + 1, visit)
    })
    return found || (last && visit(BsonType.array, offset, -1))
  }

  /** A number in a path names a position too; an array found there is not walked through when the path ends. */
  private position(type: number, start: number, at: number, visit: Visitor): boolean {
    if (at === this.path.names.length) return visit(type, start, -1)
    if (type === BsonType.array) return this.array(start, at, visit)
    return type === BsonType.object && this.document(start, at, visit)
  }
}

/** Shows the items of the raw array at `offset` until one is taken; whether one was. */
export function eachItem(raw: Buffer, offset: number, visit: Visitor): boolean {
  let element = offset + 4
  for (let index = 0; ; index += 1) {
    const type = raw[element] ?? 0
    if (type === 0) return false
    const start = nameEnd(raw, element + 1) + 1
    if (visit(type, start, index)) return true
    element = valueEnd(raw, type, start)
  }
}
