import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, ObjectId, Timestamp } from 'bson'
import { compareNumbers, numberKey } from './numbers.js'
import { BsonType, bsonType, isArray, isDocument, NUMBER_TYPES, type Document } from './values.js'

/** MongoDB's order of types: each type byte and its rank. Types with one rank are compared with one another. */
const RANKS = new Map<number, number>(
  (
    [
      [-1, BsonType.minKey],
      [0, BsonType.missing],
      [5, BsonType.null],
      [10, ...NUMBER_TYPES],
      [15, BsonType.string, BsonType.symbol],
      [20, BsonType.object],
      [25, BsonType.array],
      [30, BsonType.binData],
      [35, BsonType.objectId],
      [40, BsonType.bool],
      [45, BsonType.date],
      [47, BsonType.timestamp],
      [50, BsonType.regex],
      [60, BsonType.javascript],
      [65, BsonType.javascriptWithScope],
      [127, BsonType.maxKey],
    ] as const
  ).flatMap(([rank, ...types]) => types.map((type): [number, number] => [type, rank])),
)

/** The rank of a type byte in MongoDB's order of types. */
export function rankOfType(type: number): number {
  return RANKS.get(type) ?? BsonType.missing
}

/** The rank of a value's type in MongoDB's order of types. */
export function typeOrder(value: unknown): number {
  return rankOfType(bsonType(value))
}

/** BSON order of two values, -1, 0 or 1. A missing value (`undefined`) comes after MinKey and before null. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  const type = bsonType(a)
  const rank = rankOfType(type)
  const other = typeOrder(b)
  return rank === other ? compareSameRank(rank, a, b) : rank < other ? -1 : 1
}

function compareSameRank(rank: number, a: unknown, b: unknown): number {
  switch (rank) {
    case 10:
      return compareNumbers(a, b)
    case 15:
      return compareStrings(textOf(a), textOf(b))
    case 20:
      return compareDocuments(plain(a), plain(b))
    case 25:
      return compareArrays(a as readonly unknown[], b as readonly unknown[])
    case 30:
      return Buffer.compare(binaryKey(a), binaryKey(b))
    case 35:
      return Math.sign(Buffer.compare((a as ObjectId).id, (b as ObjectId).id))
    case 40:
    case 45:
      return Math.sign(Number(a) - Number(b))
    case 47:
      return (a as Timestamp).compare(b as Timestamp)
    case 50:
      return compareStrings(regexText(a), regexText(b))
    case 60:
    case 65:
      return compareStrings(codeText(a), codeText(b)) || compareValues(codeScope(a), codeScope(b))
    default:
      return 0
  }
}

/** The order of the strings' UTF-8 bytes. JavaScript's own differs where surrogate pairs meet U+E000 to U+FFFF. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) return codePointRank(left) < codePointRank(right) ? -1 : 1
  }
  return a.length < b.length ? -1 : 1
}

function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

function compareDocuments(a: Document, b: Document): number {
  const left = Object.keys(a)
  const right = Object.keys(b)
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index += 1) {
    const name = left[index] ?? ''
    const other = right[index] ?? ''
    const order =
      Math.sign(typeOrder(a[name]) - typeOrder(b[other])) ||
      compareStrings(name, other) ||
      compareValues(a[name], b[other])
    if (order !== 0) return order
  }
  return Math.sign(left.length - right.length)
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const order = compareValues(a[index], b[index])
    if (order !== 0) return order
  }
  return Math.sign(a.length - b.length)
}

/** Shorter ones first, then by subtype, then by bytes. */
function binaryKey(value: unknown): Buffer {
  const binary = value instanceof Binary ? value : new Binary(value as Uint8Array)
  const head = Buffer.alloc(5)
  head.writeUInt32BE(binary.length())
  head[4] = binary.sub_type
  return Buffer.concat([head, binary.value()])
}

function textOf(value: unknown): string {
  return value instanceof BSONSymbol ? value.value : String(value)
}

function plain(value: unknown): Document {
  return value as Document
}

export function regexOf(value: unknown): BSONRegExp {
  if (!(value instanceof RegExp)) return value as BSONRegExp
  return new BSONRegExp(value.source, value.flags.replace(/[^imsxu]/g, ''))
}

function regexText(value: unknown): string {
  return `${regexOf(value).pattern}\0${regexOf(value).options}`
}

function codeText(value: unknown): string {
  return (value as Code).code
}

function codeScope(value: unknown): unknown {
  return (value as Code).scope ?? undefined
}

export function equalValues(a: unknown, b: unknown): boolean {
  return compareValues(a, b) === 0
}

/** A text that two values share exactly when they are equal, for grouping and distinct. */
export function hashKey(value: unknown): string {
  const type = bsonType(value)
  switch (rankOfType(type)) {
    case 10:
      return `n${numberKey(value)}`
    case 15:
      return sized('s', textOf(value))
    case 20:
      return `{${Object.entries(plain(value))
        .map(([name, item]) => sized(hashKey(item), name))
        .join()}}`
    case 25:
      return `[${(value as readonly unknown[]).map(hashKey).join()}]`
    case 30:
      return `b${binaryKey(value).toString('base64')}`
    case 35:
      return `o${(value as ObjectId).toHexString()}`
    case 45:
      return `d${Number(value)}`
    case 47:
      return `t${(value as Timestamp).t}:${(value as Timestamp).i}`
    case 50:
      return sized('r', regexText(value))
    case 60:
    case 65:
      return sized(`c${hashKey(codeScope(value))}`, codeText(value))
    default:
      return `${rankOfType(type)}${String(value)}`
  }
}

function sized(prefix: string, text: string): string {
  return `${prefix}${text.length}:${text}`
}

/**
 * Whether two values are stored with the same bytes. Equal is not enough: 1 and 1.0 are equal and not the same, nor are
 * 0.0 and -0.0. An update that leaves everything the same has changed nothing.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (bsonType(a) !== bsonType(b)) return false
  if (isArray(a) && isArray(b)) return a.length === b.length && a.every((item, index) => sameValue(item, b[index]))
  if (isDocument(a) && isDocument(b)) return sameDocument(a, b)
  if (a instanceof Double && b instanceof Double) return Object.is(a.value, b.value)
  if (a instanceof Decimal128 && b instanceof Decimal128) return Buffer.compare(a.bytes, b.bytes) === 0
  return compareValues(a, b) === 0
}

function sameDocument(a: Document, b: Document): boolean {
  if (a === b) return true
  const names = Object.keys(a)
  const others = Object.keys(b)
  return (
    names.length === others.length &&
    names.every((name, index) => name === others[index] && sameValue(a[name], b[name]))
  )
}
