import type { Decimal128 } from 'bson'

/** A finite decimal number, coefficient × 10^exponent, or one of those that are not finite. */
export type Decimal = { readonly coefficient: bigint; readonly exponent: number } | number

/** The exact value of a number: every finite double is m × 2^-k = m × 5^k × 10^-k. */
export function decimalOf(value: Decimal128 | number | bigint): Decimal {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 }
  if (typeof value !== 'number') return parseDecimal(value.toString())
  if (!Number.isFinite(value)) return value
  let power = 0
  let mantissa = value
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2
    power += 1
  }
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(power), exponent: -power }
}

function parseDecimal(text: string): Decimal {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:E([+-]?\d+))?$/.exec(text)
  if (!match) return Number(text)
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  return { coefficient: BigInt(sign + whole + fraction), exponent: Number(power) - fraction.length }
}

/** Order of two decimals, with NaN below all others and equal to itself. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (typeof a === 'number' || typeof b === 'number') return Math.sign(rank(a) - rank(b))
  const exponent = Math.min(a.exponent, b.exponent)
  const left = scaled(a, exponent)
  const right = scaled(b, exponent)
  return left < right ? -1 : left > right ? 1 : 0
}

function rank(value: Decimal): number {
  if (typeof value !== 'number') return 0
  return Number.isNaN(value) ? -2 : Math.sign(value)
}

function scaled(value: Exclude<Decimal, number>, exponent: number): bigint {
  return value.coefficient === 0n ? 0n : value.coefficient * 10n ** BigInt(value.exponent - exponent)
}

/** A finite decimal as a whole number, cut towards zero. */
export function wholePart(value: Exclude<Decimal, number>): bigint {
  return value.exponent >= 0 ? scaled(value, 0) : value.coefficient / 10n ** BigInt(-value.exponent)
}
