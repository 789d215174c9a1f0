import { Decimal128, Double, Int32, Long } from 'bson'
import { addDecimals, compareDecimals, decimalOf, multiplyDecimals, toDecimal128, type Decimal } from './decimal.js'
import { BsonType, bsonType } from './values.js'

/** The number types in the order MongoDB widens them. */
export type NumberKind = 'int' | 'long' | 'double' | 'decimal'

const KINDS = new Map<number, NumberKind>([
  [BsonType.int, 'int'],
  [BsonType.long, 'long'],
  [BsonType.double, 'double'],
  [BsonType.decimal, 'decimal'],
])
const WIDTH: Record<NumberKind, number> = { int: 0, long: 1, double: 2, decimal: 3 }

export const LONG_MIN = -(2n ** 63n)
export const LONG_MAX = 2n ** 63n - 1n

export function numberKind(value: unknown): NumberKind | undefined {
  return KINDS.get(bsonType(value))
}

export function widerKind(a: NumberKind, b: NumberKind): NumberKind {
  return WIDTH[a] >= WIDTH[b] ? a : b
}

/** A number that JavaScript compares exactly: a bigint only where a double would round. Not for Decimal128. */
export function exactNumber(value: unknown): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (value instanceof Int32 || value instanceof Double) return value.value
  if (value instanceof Long) {
    const near = value.toNumber()
    return Number.isSafeInteger(near) ? near : value.toBigInt()
  }
  return toDouble(value)
}

/** The nearest double of a number of any type. */
export function toDouble(value: unknown): number {
  if (typeof value === 'number') return value
  if (value instanceof Int32 || value instanceof Double) return value.value
  if (value instanceof Long) return value.toNumber()
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Decimal128) return Number(decimalText(value))
  return Number.NaN
}

function decimalText(value: Decimal128): string {
  return value.toString()
}

/** A whole number as a bigint, cut towards zero. */
export function toBigInt(value: unknown): bigint {
  if (value instanceof Decimal128) {
    const decimal = decimalOf(value)
    return decimal.exponent >= 0
      ? decimal.coefficient * 10n ** BigInt(decimal.exponent)
      : decimal.coefficient / 10n ** BigInt(-decimal.exponent)
  }
  const number = exactNumber(value)
  return typeof number === 'bigint' ? number : BigInt(Math.trunc(number))
}

/** Order of two numbers of any types, exact, with NaN below all others and equal to itself. */
export function compareNumbers(a: unknown, b: unknown): number {
  if (a instanceof Decimal128 || b instanceof Decimal128) return compareDecimals(decimalNumber(a), decimalNumber(b))
  const left = exactNumber(a)
  const right = exactNumber(b)
  if (left < right) return -1
  if (left > right) return 1
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left))
}

export function decimalNumber(value: unknown): Decimal {
  return decimalOf(value instanceof Decimal128 ? value : exactNumber(value))
}

/** A text that two numbers share exactly when they are equal. */
export function numberKey(value: unknown): string {
  if (value instanceof Decimal128) {
    const near = toDouble(value)
    if (compareNumbers(value, near) === 0) return numberKey(near)
    const { coefficient, exponent } = decimalOf(value)
    if (exponent >= 0 || coefficient % 10n ** BigInt(-exponent) === 0n) return toBigInt(value).toString()
    return `${coefficient.toString()}e${exponent}`.replace(/(0*)e(-?\d+)$/, (_, zeros: string, power: string) => {
      return `e${Number(power) + zeros.length}`
    })
  }
  const number = exactNumber(value)
  if (typeof number === 'bigint') return number.toString()
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? BigInt(number).toString() : String(number + 0)
}

/** A whole number in the narrowest of int and long that is at least `kind`; undefined past 64 bits. */
export function wholeNumber(value: bigint, kind: 'int' | 'long'): Int32 | Long | undefined {
  if (kind === 'int' && value >= -(2n ** 31n) && value < 2n ** 31n) return new Int32(Number(value))
  return value >= LONG_MIN && value <= LONG_MAX ? Long.fromBigInt(value) : undefined
}

export type Arithmetic = 'add' | 'multiply'

/**
 * Sum or product in the wider of the two types; int grows into long. `undefined` where a long would overflow:
 * updates refuse that, expressions go on with doubles.
 */
export function combineNumbers(operation: Arithmetic, a: unknown, b: unknown): unknown {
  const kind = widerKind(numberKind(a) ?? 'int', numberKind(b) ?? 'int')
  if (kind === 'decimal') {
    const combine = operation === 'add' ? addDecimals : multiplyDecimals
    return toDecimal128(combine(decimalNumber(a), decimalNumber(b)))
  }
  if (kind === 'double') {
    return new Double(operation === 'add' ? toDouble(a) + toDouble(b) : toDouble(a) * toDouble(b))
  }
  const [left, right] = [exactNumber(a), exactNumber(b)]
  if (typeof left === 'number' && typeof right === 'number') {
    const near = operation === 'add' ? left + right : left * right
    if (kind === 'int' && (near | 0) === near) return new Int32(near)
    if (Number.isSafeInteger(near)) return Long.fromNumber(near)
  }
  return wholeNumber(operation === 'add' ? BigInt(left) + BigInt(right) : BigInt(left) * BigInt(right), kind)
}
