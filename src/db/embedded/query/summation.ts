import { Decimal128, Double, Int32 } from 'bson'
import { addDecimals, decimalOf, divideDecimals, toDecimal128, type Decimal } from './decimal.js'
import { numberKind, toBigInt, toDouble, widerKind, wholeNumber, type NumberKind } from './numbers.js'

/**
 * Adds numbers of all types as MongoDB does: whole numbers exactly, doubles with their rounding errors carried along,
 * decimals in decimal. The sum has the widest type met, and becomes a double where 64 bits are not enough.
 */
export class Summation {
  count = 0
  private kind: NumberKind = 'int'
  private whole = 0n
  private small = 0
  private double = 0
  private correction = 0
  private decimal: Decimal = { coefficient: 0n, exponent: 0 }

  /** Adds a value; what is not a number is passed over. */
  add(value: unknown): void {
    const kind = numberKind(value)
    if (kind === undefined) return
    this.count += 1
    this.kind = widerKind(this.kind, kind)
    if (kind === 'decimal') this.decimal = addDecimals(this.decimal, decimalOf(value as Decimal128))
    else if (kind === 'double') this.addDouble(toDouble(value))
    else if (kind === 'int') this.addSmall(toDouble(value))
    else this.whole += toBigInt(value)
  }

  private addSmall(value: number): void {
    this.small += value
    if (Number.isSafeInteger(this.small)) return
    this.whole += BigInt(this.small - value) + BigInt(value)
    this.small = 0
  }

  /** Neumaier's summation. */
  private addDouble(value: number): void {
    const sum = this.double + value
    if (Number.isFinite(sum)) {
      this.correction +=
        Math.abs(this.double) >= Math.abs(value) ? this.double - sum + value : value - sum + this.double
    }
    this.double = sum
  }

  sum(): unknown {
    const whole = this.whole + BigInt(this.small)
    if (this.kind === 'decimal') return toDecimal128(this.decimalTotal(whole))
    if (this.kind === 'double') return new Double(this.doubleTotal(whole))
    return wholeNumber(whole, this.kind) ?? new Double(Number(whole))
  }

  private doubleTotal(whole: bigint): number {
    if (!Number.isFinite(this.double)) return this.double
    const start = Number(whole)
    const sum = this.double + start
    const lost = Math.abs(this.double) >= Math.abs(start) ? this.double - sum + start : start - sum + this.double
    return sum + (this.correction + lost)
  }

  private decimalTotal(whole: bigint): Decimal {
    const exact = addDecimals(this.decimal, decimalOf(whole))
    return this.double === 0 ? exact : addDecimals(exact, decimalOf(this.double + this.correction))
  }

  /** The mean, null if there were no numbers. */
  average(): unknown {
    if (this.count === 0) return null
    const whole = this.whole + BigInt(this.small)
    if (this.kind === 'decimal') {
      return toDecimal128(divideDecimals(this.decimalTotal(whole), decimalOf(this.count)))
    }
    return new Double(this.doubleTotal(whole) / this.count)
  }
}

export function sumOf(values: Iterable<unknown>): unknown {
  const summation = new Summation()
  for (const value of values) summation.add(value)
  return summation.sum()
}

export function averageOf(values: Iterable<unknown>): unknown {
  const summation = new Summation()
  for (const value of values) summation.add(value)
  return summation.average()
}

/** Standard deviation of the numbers among some values, of the population or of a sample; null if it has none. */
export function deviationOf(values: Iterable<unknown>, sample: boolean): unknown {
  let count = 0
  let mean = 0
  let squares = 0
  for (const value of values) {
    if (numberKind(value) === undefined) continue
    count += 1
    const delta = toDouble(value) - mean
    mean += delta / count
    squares += delta * (toDouble(value) - mean)
  }
  const divisor = sample ? count - 1 : count
  return divisor > 0 ? new Double(Math.sqrt(squares / divisor)) : null
}

export function int(value: number): Int32 {
  return new Int32(value)
}
