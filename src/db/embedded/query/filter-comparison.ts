import { BSONRegExp, Decimal128, MaxKey, MinKey, ObjectId } from 'bson'
import { compareValues, equalValues, hashKey, rankOfType, regexOf, typeOrder } from './compare.js'
import type { Leaf } from './filter-node.js'
import { exactNumber, toDouble } from './numbers.js'
import { decodeValue } from './raw.js'
import { compileRegex } from './regex.js'
import { BsonType, bsonType, isNumeric } from './values.js'

export type Comparison = '$eq' | '$gt' | '$gte' | '$lt' | '$lte'

const HOLDS: Record<Comparison, (order: number) => boolean> = {
  $eq: (order) => order === 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
}

/** Compares only values of the operand's kind; null means a missing value too, and MinKey and MaxKey bound all others. */
export function comparisonLeaf(op: Comparison, operand: unknown): Leaf {
  const test = comparisonTest(op, operand)
  const testRaw = rawTest(op, operand, test)
  return { operator: op, operand, arrays: 'walk', test, testRaw }
}

function comparisonTest(op: Comparison, operand: unknown): (value: unknown) => boolean {
  const holds = HOLDS[op]
  const rank = typeOrder(operand)
  const withEqual = holds(0)
  if (isNaNumber(operand)) return (value) => withEqual && isNaNumber(value)
  if (operand === null || operand === undefined) return (value) => withEqual && (value === null || value === undefined)
  const outside = operand instanceof MaxKey ? holds(-1) : operand instanceof MinKey && holds(1)
  return (value) => {
    if (typeOrder(value) !== rank) return outside
    return holds(compareValues(value, operand)) && !(rank === 10 && isNaNumber(value))
  }
}

function isNaNumber(value: unknown): boolean {
  return isNumeric(value) && Number.isNaN(toDouble(value))
}

type RawTest = (raw: Buffer, type: number, offset: number) => boolean

function rawTest(op: Comparison, operand: unknown, test: (value: unknown) => boolean): RawTest {
  if (op === '$eq' && typeof operand === 'string') return stringTest(Buffer.from(operand))
  if (op === '$eq' && operand instanceof ObjectId) return bytesTest(BsonType.objectId, operand.id)
  if (operand instanceof Date) return dateTest(HOLDS[op], operand.getTime())
  const type = bsonType(operand)
  const fast = isNumeric(operand) && !(operand instanceof Decimal128) ? exactNumber(operand) : undefined
  if (typeof fast === 'number' && !Number.isNaN(fast)) return numberTest(HOLDS[op], fast, test)
  const rank = rankOfType(type)
  const unbounded = type === BsonType.maxKey || type === BsonType.minKey || rank <= rankOfType(BsonType.null)
  return (raw, found, offset) => {
    if (found === BsonType.missing) return test(undefined)
    return (unbounded || rankOfType(found) === rank) && test(decodeValue(raw, found, offset))
  }
}

function stringTest(bytes: Uint8Array): RawTest {
  return (raw, type, offset) =>
    (type === BsonType.string || type === BsonType.symbol) &&
    raw.readInt32LE(offset) === bytes.length + 1 &&
    sameBytes(raw, offset + 4, bytes)
}

function bytesTest(wanted: number, bytes: Uint8Array): RawTest {
  return (raw, type, offset) => type === wanted && sameBytes(raw, offset, bytes)
}

function sameBytes(raw: Buffer, offset: number, bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index += 1) if (raw[offset + index] !== bytes[index]) return false
  return true
}

function dateTest(holds: (order: number) => boolean, time: number): RawTest {
  return (raw, type, offset) =>
    type === BsonType.date && holds(raw.readInt32LE(offset + 4) * 2 ** 32 + raw.readUInt32LE(offset) - time)
}

function numberTest(holds: (order: number) => boolean, operand: number, test: (value: unknown) => boolean): RawTest {
  return (raw, type, offset) => {
    if (type === BsonType.int) return holds(orderOf(raw.readInt32LE(offset), operand))
    if (type === BsonType.double) return holds(orderOf(raw.readDoubleLE(offset), operand))
    return (type === BsonType.long || type === BsonType.decimal) && test(decodeValue(raw, type, offset))
  }
}

/** NaN, which no comparison holds for, where one of the two is not a number. */
function orderOf(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN
}

/** Matches the texts a regular expression finds, and itself as a value. */
export function regexLeaf(value: unknown): Leaf {
  const regex = regexOf(value)
  const compiled = compileRegex(regex)
  const test = (found: unknown): boolean => {
    if (typeof found === 'string') return compiled.test(found)
    const type = bsonType(found)
    if (type === BsonType.symbol) return compiled.test(String(found))
    return type === BsonType.regex && equalValues(found, regex)
  }
  const testRaw: RawTest = (raw, type, offset) =>
    (type === BsonType.string || type === BsonType.symbol || type === BsonType.regex) &&
    test(decodeValue(raw, type, offset))
  return { operator: '$regex', operand: regex, arrays: 'walk', test, testRaw }
}

export function inLeaf(operand: readonly unknown[]): Leaf {
  const regexes = operand.filter(isRegex).map((item) => regexLeaf(item))
  const values = operand.filter((item) => !isRegex(item))
  const keys = new Set(values.map((value) => hashKey(value ?? null)))
  const ranks = new Set(values.map((value) => typeOrder(value ?? null)))
  const test = (value: unknown): boolean => {
    const present = value ?? null
    if (ranks.has(typeOrder(present)) && keys.has(hashKey(present))) return true
    return regexes.some((regex) => regex.test(value))
  }
  const testRaw: RawTest = (raw, type, offset) => {
    if (type === BsonType.missing) return test(undefined)
    return (regexes.length > 0 || ranks.has(rankOfType(type))) && test(decodeValue(raw, type, offset))
  }
  return { operator: '$in', operand, arrays: 'walk', test, testRaw }
}

function isRegex(value: unknown): boolean {
  return value instanceof BSONRegExp || value instanceof RegExp
}
