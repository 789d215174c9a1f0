import { Double } from 'bson'
import { numberKind, toBigInt, toDouble, widerKind, wholeNumber, type NumberKind } from './numbers.js'

/**
 * Adds numbers as MongoDB does: whole ones exactly, doubles with their rounding errors carried along (Neumaier). The sum
 * has the widest type met, and becomes a double where 64 bits are not enough. What is not a number is passed over.
 */
export class Summation {
  private count = 0
  private kind: NumberKind = 'int'
  private whole = 0n
  private small = 0
  private double = 0
  private lost = 0

  add(value: unknown): void {
    const kind = numberKind(value)
    if (kind === undefined) return
    this.count += 1
    this.kind = widerKind(this.kind, kind)
    if (kind === 'double') this.addDouble(toDouble(value))
    else if (kind === 'int' && Number.isSafeInteger(this.small)) this.small += toDouble(value)
    else this.whole += toBigInt(value)
  }

  private addDouble(value: number): void {
    const sum = this.double + value
    if (Number.isFinite(sum)) {
      this.lost += Math.abs(this.double) >= Math.abs(value) ? this.double - sum + value : value - sum + this.double
    }
    this.double = sum
  }

  sum(): unknown {
    const whole = this.whole + BigInt(this.small)
    if (this.kind !== 'double') return wholeNumber(whole, this.kind) ?? new Double(Number(whole))
    this.addDouble(Number(whole))
    this.whole = 0n
    this.small = 0
    return new Double(Number.isFinite(this.double) ? this.double + this.lost : this.double)
  }

  /** The mean, null if there were no numbers. */
  average(): unknown {
    return this.count === 0 ? null : new Double(toDouble(this.sum()) / this.count)
  }
}

export function summed(values: Iterable<unknown>): Summation {
  const summation = new Summation()
  for (const value of values) summation.add(value)
  return summation
}
