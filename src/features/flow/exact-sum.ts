/** Adds products of whole numbers without rounding: doubles while they are exact, then arbitrary precision. */
export class ExactSum {
  private small = 0
  private large = 0n

  addProduct(one: number, other: number): void {
    const product = one * other
    if (Math.abs(product) > Number.MAX_SAFE_INTEGER) {
      this.large += BigInt(one) * BigInt(other)
      return
    }
    if (Math.abs(this.small) + Math.abs(product) > Number.MAX_SAFE_INTEGER) {
      this.large += BigInt(this.small)
      this.small = 0
    }
    this.small += product
  }

  add(value: bigint): void {
    this.large += value
  }

  value(): bigint {
    return this.large + BigInt(this.small)
  }
}
