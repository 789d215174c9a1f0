import type { Decimal128 } from 'bson'

const furthest = 8191

/** Two bytes: the distance of the exact value from the nearest double, and whether digits follow that it does not tell. */
export const doubleResidual = (residual: number, tailed: boolean): number =>
  (Math.max(-furthest, Math.min(furthest, residual)) + furthest) * 2 + (tailed ? 1 : 0)

export interface DecimalKey {
  readonly nearest: number
  readonly residual: number
  readonly tail?: Uint8Array
}

/** A decimal that equals a double or an int64 gets the same bytes as that; any other gets its digits as a tail. */
export function decimalKey(value: Decimal128): DecimalKey {
  const text = value.toString()
  const rounded = Number(text)
  if (Number.isNaN(rounded) || text.endsWith('Infinity')) return { nearest: rounded, residual: 0 }
  const nearest = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, rounded))
  const { digits, exponent } = parseDecimal(text)
  const exact = ratio(digits, 10n, exponent)
  const near = doubleRatio(nearest)
  const numerator = exact.over * near.under - near.over * exact.under
  const denominator = exact.under * near.under
  const whole = floorDivide(numerator, denominator)
  const residual = Number(whole)
  const isExact = whole * denominator === numerator && Math.abs(residual) < furthest
  return isExact ? { nearest, residual } : { nearest, residual, tail: decimalTail(digits, exponent) }
}

interface Ratio {
  readonly over: bigint
  readonly under: bigint
}

function parseDecimal(text: string): { readonly digits: bigint; readonly exponent: number } {
  const [mantissa = '0', power = '0'] = text.split('E')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length }
}

const ratio = (value: bigint, base: bigint, exponent: number): Ratio =>
  exponent >= 0
    ? { over: value * base ** BigInt(exponent), under: 1n }
    : { over: value, under: base ** BigInt(-exponent) }

function doubleRatio(value: number): Ratio {
  let whole = value
  let exponent = 0
  while (!Number.isInteger(whole)) {
    whole *= 2
    exponent--
  }
  return ratio(BigInt(whole), 2n, exponent)
}

function floorDivide(over: bigint, under: bigint): bigint {
  const quotient = over / under
  return over % under < 0n ? quotient - 1n : quotient
}

/** Orders decimals between the same two neighbours: power of ten, then digits; turned round for negative ones. */
function decimalTail(digits: bigint, exponent: number): Uint8Array {
  const negative = digits < 0n
  const text = (negative ? -digits : digits).toString()
  const tail = Buffer.alloc(2 + text.length + 1)
  tail.writeUInt16BE(text.length + exponent + 20_000, 0)
  tail.write(text.replace(/0+$/, ''), 2, 'latin1')
  const used = tail.subarray(0, 2 + text.replace(/0+$/, '').length + 1)
  return negative ? used.map((byte) => ~byte & 0xff) : used
}
