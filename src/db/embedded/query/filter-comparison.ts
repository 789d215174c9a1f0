import { Decimal128, MaxKey, MinKey, ObjectId } from 'bson'
import { compareValues, equalValues, hashKey, rankOfType, regexOf, typeOrder } from './compare.js'
import { valueTest, type Leaf, type RawTest } from './filter-node.js'
import { exactNumber, isNaNumber } from './numbers.js'
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
export function comparisonLeaf(operator: Comparison, operand: unknown): Leaf {
  return { operator, operand, arrays: 'walk', test: fastTest(operator, operand) ?? comparisonTest(operator, operand) }
}

function comparisonTest(operator: Comparison, operand: unknown): RawTest {
  const holds = HOLDS[operator]
  const withEqual = holds(0)
  if (isNaNumber(operand)) return valueTest((value) => withEqual && isNaNumber(value))
  if (operand === null || operand === undefined)
    return (_raw, type) => withEqual && (type === BsonType.missing || type === BsonType.null)
  const rank = typeOrder(operand)
  const outside = operand instanceof MaxKey ? holds(-1) : operand instanceof MinKey && holds(1)
  return valueTest(
    (value) => (typeOrder(value) === rank ? !isNaNumber(value) && holds(compareValues(value, operand)) : outside),
    (type) => outside || rankOfType(type) === rank,
  )
}

/** The same for the commonest operands, without decoding. */
function fastTest(operator: Comparison, operand: unknown): RawTest | undefined {
  const holds = HOLDS[operator]
  if (operator === '$eq' && typeof operand === 'string') return stringTest(Buffer.from(operand))
  if (operator === '$eq' && operand instanceof ObjectId)
    return (raw, type, offset) => type === BsonType.objectId && sameBytes(raw, offset, operand.id)
  if (operand instanceof Date) {
    const time = operand.getTime()
    return (raw, type, offset) =>
      type === BsonType.date && holds(raw.readInt32LE(offset + 4) * 2 ** 32 + raw.readUInt32LE(offset) - time)
  }
  if (!isNumeric(operand) || operand instanceof Decimal128 || isNaNumber(operand)) return undefined
  const number = exactNumber(operand)
  return typeof number === 'number' ? numberTest(holds, number) : undefined
}

function stringTest(bytes: Uint8Array): RawTest {
  return (raw, type, offset) =>
    (type === BsonType.string || type === BsonType.symbol) &&
    raw.readInt32LE(offset) === bytes.length + 1 &&
    sameBytes(raw, offset + 4, bytes)
}

function sameBytes(raw: Buffer, offset: number, bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index += 1) if (raw[offset + index] !== bytes[index]) return false
  return true
}

function numberTest(holds: (order: number) => boolean, operand: number): RawTest {
  return (raw, type, offset) => {
    if (type === BsonType.int) return holds(orderOf(raw.readInt32LE(offset), operand))
    if (type === BsonType.double) return holds(orderOf(raw.readDoubleLE(offset), operand))
    if (type !== BsonType.long && type !== BsonType.decimal) return false
    const value = decodeValue(raw, type, offset)
    return !isNaNumber(value) && holds(compareValues(value, operand))
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
  const test = valueTest(
    (found) => (bsonType(found) === BsonType.regex ? equalValues(found, regex) : compiled.test(String(found))),
    (type) => type === BsonType.string || type === BsonType.symbol || type === BsonType.regex,
  )
  return {
    operator: '$regex',
    operand: regex,
    arrays: 'walk',
    test: (raw, type, offset) => type !== BsonType.missing && test(raw, type, offset),
  }
}

export function inLeaf(operand: readonly unknown[]): Leaf {
  const regexes = operand.filter(isRegex).map((item) => regexLeaf(item))
  const values = operand.filter((item) => !isRegex(item))
  const keys = new Set(values.map((value) => hashKey(value ?? null)))
  const ranks = new Set(values.map((value) => typeOrder(value ?? null)))
  const equal = valueTest(
    (value) => keys.has(hashKey(value ?? null)),
    (type) => ranks.has(rankOfType(type)),
  )
  return {
    operator: '$in',
    operand,
    arrays: 'walk',
    test: (raw, type, offset) => equal(raw, type, offset) || regexes.some((regex) => regex.test(raw, type, offset)),
  }
}

export function isRegex(value: unknown): boolean {
  return bsonType(value) === BsonType.regex
}
