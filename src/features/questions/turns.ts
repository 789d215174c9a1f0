/** Lets so many work at once; the others wait, first come, first served. */
export class Turns {
  private readonly waiting: (() => void)[] = []
  private working = 0

  constructor(private readonly most: number) {}

  /** Does the work when it is its turn; gives, or throws, what the work does. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.working < this.most) this.working++
    else await new Promise<void>((go) => this.waiting.push(go))
    try {
      return await work()
    } finally {
      // Who goes hands the place on.
      const next = this.waiting.shift()
      if (next === undefined) this.working--
      else next()
    }
  }
}
