import { Decimal128 } from 'bson'

/** A decimal number: coefficient × 10^exponent, or one of the three that are not finite. */
export interface Decimal {
  readonly coefficient: bigint
  readonly exponent: number
  readonly special?: 'NaN' | 'Infinity' | '-Infinity'
}

export type Rounding = 'even' | 'floor' | 'ceil' | 'trunc'

const DIGITS = 34
const NOT_A_NUMBER: Decimal = { coefficient: 0n, exponent: 0, special: 'NaN' }

export function decimalOf(value: Decimal128 | number | bigint): Decimal {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 }
  if (typeof value === 'number') return exactDecimal(value)
  return parseDecimal(value.toString())
}

export function parseDecimal(text: string): Decimal {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:E([+-]?\d+))?$/i.exec(text)
  if (!match) return special(text.endsWith('NaN') ? Number.NaN : text.startsWith('-') ? -Infinity : Infinity)
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const coefficient = BigInt(whole + fraction)
  return { coefficient: sign === '-' ? -coefficient : coefficient, exponent: Number(power) - fraction.length }
}

function special(value: number): Decimal {
  if (Number.isNaN(value)) return NOT_A_NUMBER
  return { coefficient: value > 0 ? 1n : -1n, exponent: 0, special: value > 0 ? 'Infinity' : '-Infinity' }
}

/** Every finite double is a finite decimal: m × 2^-k = m × 5^k × 10^-k. */
function exactDecimal(value: number): Decimal {
  if (!Number.isFinite(value)) return special(value)
  let power = 0
  let mantissa = value
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    power += 1
  }
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(power), exponent: -power }
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.special !== undefined || b.special !== undefined) return Math.sign(rank(a) - rank(b))
  const exponent = Math.min(a.exponent, b.exponent)
  const left = scaled(a, exponent)
  const right = scaled(b, exponent)
  return left < right ? -1 : left > right ? 1 : 0
}

function rank(value: Decimal): number {
  if (value.special === 'NaN') return -2
  if (value.special === '-Infinity') return -1
  return value.special === 'Infinity' ? 1 : 0
}

function scaled(value: Decimal, exponent: number): bigint {
  return value.coefficient === 0n ? 0n : value.coefficient * 10n ** BigInt(value.exponent - exponent)
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.special !== undefined || b.special !== undefined) return special(asDouble(a) + asDouble(b))
  const exponent = Math.min(a.exponent, b.exponent)
  return { coefficient: scaled(a, exponent) + scaled(b, exponent), exponent }
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.special !== undefined || b.special !== undefined) return special(asDouble(a) * asDouble(b))
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent }
}

export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.special !== undefined || b.special !== undefined || b.coefficient === 0n) {
    const quotient = asDouble(a) / asDouble(b)
    return Number.isFinite(quotient) ? { coefficient: 0n, exponent: 0 } : special(quotient)
  }
  const shift = Math.max(0, DIGITS + 2 + digitsOf(b.coefficient) - digitsOf(a.coefficient))
  const dividend = a.coefficient * 10n ** BigInt(shift)
  const inexact = dividend % b.coefficient === 0n ? 0n : 1n
  const sign = dividend < 0n === b.coefficient < 0n ? 1n : -1n
  return withoutZeros(
    { coefficient: (dividend / b.coefficient) * 10n + sign * inexact, exponent: a.exponent - b.exponent - shift - 1 },
    a.exponent - b.exponent,
  )
}

/** The remainder, with the dividend's sign. */
export function remainderOf(a: Decimal, b: Decimal): Decimal {
  if (a.special !== undefined || b.special === 'NaN' || b.coefficient === 0n) return NOT_A_NUMBER
  if (b.special !== undefined) return a
  const exponent = Math.min(a.exponent, b.exponent)
  return { coefficient: scaled(a, exponent) % scaled(b, exponent), exponent }
}

/** A quotient is written with as few trailing zeros as its operands allow. */
function withoutZeros(value: Decimal, most: number): Decimal {
  let { coefficient, exponent } = value
  while (exponent < most && coefficient % 10n === 0n) {
    coefficient /= 10n
    exponent += 1
  }
  return { coefficient, exponent }
}

function digitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString().length
}

function asDouble(value: Decimal): number {
  return value.special === undefined ? Number(value.coefficient) : Number(value.special)
}

/** Rounds half to even, to `places` digits after the point (before it, if negative). */
export function roundDecimal(value: Decimal, places: number, mode: Rounding): Decimal {
  const cut = -places - value.exponent
  if (value.special !== undefined || cut <= 0) return value
  const unit = 10n ** BigInt(cut)
  let coefficient = value.coefficient / unit
  const rest = value.coefficient - coefficient * unit
  const twice = (rest < 0n ? -rest : rest) * 2n
  const awayFromZero =
    mode === 'even'
      ? twice > unit || (twice === unit && coefficient % 2n !== 0n)
      : rest !== 0n && ((mode === 'floor' && rest < 0n) || (mode === 'ceil' && rest > 0n))
  if (awayFromZero) coefficient += value.coefficient < 0n ? -1n : 1n
  return { coefficient, exponent: -places }
}

/** As BSON stores it: 34 digits, half to even. */
export function toDecimal128(value: Decimal): Decimal128 {
  if (value.special !== undefined) return Decimal128.fromString(value.special)
  const excess = digitsOf(value.coefficient) - DIGITS
  const fitting = excess > 0 ? roundDecimal(value, -(value.exponent + excess), 'even') : value
  return Decimal128.fromString(`${fitting.coefficient.toString()}E${fitting.exponent}`)
}
