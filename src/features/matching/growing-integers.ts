/** A list of 32-bit integers whose length is not known before; a number takes four bytes, not an object's eight or more. */
export class GrowingIntegers {
  private held = new Int32Array(1024)
  private count = 0

  get length(): number {
    return this.count
  }

  push(value: number): void {
    if (this.count === this.held.length) {
      const larger = new Int32Array(this.held.length * 2)
      larger.set(this.held)
      this.held = larger
    }
    this.held[this.count++] = value
  }

  /** A copy of the right length. */
  toArray(): Int32Array {
    return this.held.slice(0, this.count)
  }
}
