import { Decimal128, Double, Int32, Long } from 'bson'
import { ServerError } from '../server-error.js'
import { compareDecimals, decimalOf, wholePart } from './decimal.js'
import { refusal } from './describe.js'
import { BsonType, bsonType, isNumeric } from './values.js'

/** The number types in the order MongoDB widens them. Decimals are compared and kept, but not reckoned with. */
export type NumberKind = 'int' | 'long' | 'double'

export function numberKind(value: unknown): NumberKind | undefined {
  switch (bsonType(value)) {
    case BsonType.int:
      return 'int'
    case BsonType.long:
      return 'long'
    case BsonType.double:
      return 'double'
    case BsonType.decimal:
      throw refusal(115)`arithmetic with decimal numbers is not supported`
    default:
      return undefined
  }
}

export function widerKind(a: NumberKind, b: NumberKind): NumberKind {
  if (a === 'double' || b === 'double') return 'double'
  return a === 'long' ? a : b
}

/** A number that JavaScript compares exactly: a bigint only where a double would round. Not for Decimal128. */
export function exactNumber(value: unknown): number | bigint {
  if (!(value instanceof Long)) return typeof value === 'bigint' ? value : toDouble(value)
  const near = value.toNumber()
  return Number.isSafeInteger(near) ? near : value.toBigInt()
}

/** The nearest double of a number of any type. */
export function toDouble(value: unknown): number {
  if (value instanceof Int32 || value instanceof Double) return value.value
  if (value instanceof Long) return value.toNumber()
  if (value instanceof Decimal128) return Number(value.toString())
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN
}

export function isNaNumber(value: unknown): boolean {
  return isNumeric(value) && Number.isNaN(toDouble(value))
}

/** A finite number as a whole one, cut towards zero. */
export function toBigInt(value: unknown): bigint {
  if (value instanceof Decimal128) {
    const decimal = decimalOf(value)
    return typeof decimal === 'number' ? 0n : wholePart(decimal)
  }
  const number = exactNumber(value)
  return typeof number === 'bigint' ? number : BigInt(Math.trunc(number))
}

/** Order of two numbers of any types, exact, with NaN below all others and equal to itself. */
export function compareNumbers(a: unknown, b: unknown): number {
  if (a instanceof Decimal128 || b instanceof Decimal128) return compareDecimals(asDecimal(a), asDecimal(b))
  const left = exactNumber(a)
  const right = exactNumber(b)
  if (left < right) return -1
  if (left > right) return 1
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left))
}

function asDecimal(value: unknown): ReturnType<typeof decimalOf> {
  return decimalOf(value instanceof Decimal128 ? value : exactNumber(value))
}

/** A text that two numbers share exactly when they are equal. */
export function numberKey(value: unknown): string {
  if (value instanceof Decimal128) {
    const near = toDouble(value)
    if (compareNumbers(value, near) === 0) return numberKey(near)
    const decimal = decimalOf(value)
    if (typeof decimal === 'number') return String(decimal)
    const whole = wholePart(decimal)
    if (compareDecimals(decimal, decimalOf(whole)) === 0) return whole.toString()
    const [, digits = '', zeros = ''] = /^(-?\d*?)(0*)$/.exec(decimal.coefficient.toString()) ?? []
    return `${digits}e${decimal.exponent + zeros.length}`
  }
  const number = exactNumber(value)
  if (typeof number === 'bigint') return number.toString()
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? BigInt(number).toString() : String(number + 0)
}

/** A whole number in the narrowest of int and long that is at least `kind`; undefined past 64 bits. */
export function wholeNumber(value: bigint, kind: NumberKind): Int32 | Long | undefined {
  if (kind === 'int' && BigInt.asIntN(32, value) === value) return new Int32(Number(value))
  return BigInt.asIntN(64, value) === value ? Long.fromBigInt(value) : undefined
}

export type Arithmetic = 'add' | 'multiply'

/**
 * Sum or product in the wider of the two types; int grows into long. `undefined` where a long would overflow:
 * updates refuse that, expressions go on with doubles.
 */
export function combineNumbers(operation: Arithmetic, a: unknown, b: unknown): unknown {
  const kind = widerKind(numberKind(a) ?? 'int', numberKind(b) ?? 'int')
  const [left, right] = [exactNumber(a), exactNumber(b)]
  if (kind === 'double') return new Double(inDoubles(operation, Number(left), Number(right)))
  const near = inDoubles(operation, Number(left), Number(right))
  if (Number.isSafeInteger(near)) return wholeNumber(BigInt(near), kind)
  return wholeNumber(operation === 'add' ? BigInt(left) + BigInt(right) : BigInt(left) * BigInt(right), kind)
}

export function inDoubles(operation: Arithmetic, a: number, b: number): number {
  return operation === 'add' ? a + b : a * b
}

/** A whole number from 0 up, as many operators want it; `message` is given what is wrong. */
export function wholeOperand(value: unknown, code: number, message: (problem: string) => string): number {
  const number = isNumeric(value) ? toDouble(value) : undefined
  if (number === undefined) throw new ServerError(code, message('Expected a number'))
  if (!Number.isInteger(number)) throw new ServerError(code, message('Expected an integer'))
  if (number < 0) throw new ServerError(code, message('Expected a non-negative number'))
  return number
}

/** Truth as expressions and flags know it: false, zero, null and missing are false; an empty string is true. */
export function toBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  return isNumeric(value) ? toDouble(value) !== 0 : value !== undefined && value !== null
}
