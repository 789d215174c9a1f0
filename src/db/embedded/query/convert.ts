import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, Int32, Long, ObjectId, Timestamp } from 'bson'
import { ServerError } from '../server-error.js'
import { toBoolean } from './coerce.js'
import { toDecimal128 } from './decimal.js'
import { decimalNumber, LONG_MAX, LONG_MIN, numberKind, toBigInt, toDouble } from './numbers.js'
import { parseDate } from './date-text.js'
import { typeName } from './values.js'

const CONVERSION_FAILURE = 241

function refuse(value: unknown, to: string): ServerError {
  return new ServerError(
    CONVERSION_FAILURE,
    `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`,
  )
}

function unparsed(value: string, to: string, why: string): ServerError {
  return new ServerError(
    CONVERSION_FAILURE,
    `Failed to parse ${to} '${value}' in $convert with no onError value: ${why}`,
  )
}

/** A value as text, for operators that take numbers and dates where they expect strings. */
export function toText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof BSONSymbol) return value.value
  if (value instanceof Code) return value.code
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`
  if (value instanceof Timestamp || numberKind(value) !== undefined || value instanceof Date) return scalarText(value)
  throw new ServerError(16007, `can't convert from BSON type ${typeName(value)} to String`)
}

function scalarText(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`
  const kind = numberKind(value)
  if (kind === 'double') return doubleText(toDouble(value))
  return kind === 'decimal' ? (value as Decimal128).toString() : toBigInt(value).toString()
}

/** C's %.15g would lose digits: MongoDB writes the shortest text that reads back the same. */
function doubleText(value: number): string {
  return String(value)
    .replace(/e\+?(-?)(\d)$/, 'e$10$2')
    .replace(/e\+/, 'e+')
}

export function convertToString(value: unknown): unknown {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value instanceof ObjectId) return value.toHexString()
  if (value instanceof Date || numberKind(value) !== undefined) return scalarText(value)
  if (value instanceof Binary && value.sub_type === Binary.SUBTYPE_UUID) return value.toUUID().toHexString(true)
  throw refuse(value, 'string')
}

export function convertToBool(value: unknown): unknown {
  return toBoolean(value)
}

function whole(value: unknown, to: 'int' | 'long'): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'string') {
    if (/^[+-]?\d+$/.test(value)) return inRange(BigInt(value), value, to)
    throw unparsed(value, 'number', `Did not consume whole string.`)
  }
  if (value instanceof Date && to === 'long') return BigInt(value.getTime())
  if (numberKind(value) === undefined) throw refuse(value, to)
  const double = toDouble(value)
  if (!Number.isFinite(double)) {
    throw new ServerError(
      CONVERSION_FAILURE,
      `Attempt to convert ${Number.isNaN(double) ? 'NaN' : 'infinity'} value to integer type in $convert with no onError value`,
    )
  }
  return inRange(toBigInt(value), value, to)
}

function inRange(number: bigint, value: unknown, to: 'int' | 'long'): bigint {
  const [least, most] = to === 'int' ? [-(2n ** 31n), 2n ** 31n - 1n] : [LONG_MIN, LONG_MAX]
  if (number >= least && number <= most) return number
  if (typeof value === 'string') throw unparsed(value, 'number', 'Overflow')
  throw new ServerError(
    CONVERSION_FAILURE,
    `Conversion would overflow target type in $convert with no onError value: ${String(number)}`,
  )
}

export function convertToInt(value: unknown): unknown {
  return new Int32(Number(whole(value, 'int')))
}

export function convertToLong(value: unknown): unknown {
  return Long.fromBigInt(whole(value, 'long'))
}

export function convertToDouble(value: unknown): unknown {
  if (typeof value === 'boolean') return new Double(Number(value))
  if (value instanceof Date) return new Double(value.getTime())
  if (typeof value === 'string') {
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?inf(inity)?$|^nan$/i.test(value)) {
      return new Double(Number(value.replace(/inf(inity)?/i, 'Infinity').replace(/nan/i, 'NaN')))
    }
    throw unparsed(value, 'number', value === '' ? 'Empty string' : 'Did not consume whole string.')
  }
  if (numberKind(value) === undefined) throw refuse(value, 'double')
  return new Double(toDouble(value))
}

export function convertToDecimal(value: unknown): unknown {
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0')
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()))
  if (value instanceof Decimal128) return value
  if (typeof value === 'string') {
    try {
      return Decimal128.fromString(value)
    } catch {
      throw unparsed(value, 'number', 'Failed to parse string to decimal')
    }
  }
  const kind = numberKind(value)
  if (kind === undefined) throw refuse(value, 'decimal')
  if (kind !== 'double' || !Number.isFinite(toDouble(value))) return toDecimal128(decimalNumber(value))
  return Decimal128.fromString(toDouble(value).toPrecision(15))
}

export function convertToDate(value: unknown): unknown {
  if (value instanceof Date) return value
  if (value instanceof ObjectId) return value.getTimestamp()
  if (value instanceof Timestamp) return new Date(value.t * 1000)
  if (typeof value === 'string') return parseDate(value)
  const kind = numberKind(value)
  if (kind === undefined || kind === 'int') throw refuse(value, 'date')
  return new Date(Math.trunc(toDouble(value)))
}

export function convertToObjectId(value: unknown): unknown {
  if (value instanceof ObjectId) return value
  if (typeof value !== 'string') throw refuse(value, 'objectId')
  if (/^[0-9a-f]{24}$/i.test(value)) return ObjectId.createFromHexString(value)
  const why =
    value.length === 24
      ? `Invalid character found in hex string: ${value}`
      : `Invalid string length for parsing to OID, expected 24 but found ${value.length}`
  throw unparsed(value, 'objectId', why)
}
