/** What keeping a plan that stands may cost, as a part of the worth of a plan that begins anew. */
const mostLoss = 5e-5

interface Worth {
  readonly total: number
}

/**
 * Adds up over the parts of one question what was taken beside what a plan that begins anew would have had. What stands is
 * often worth more than the new plan, for neither is the very best: that pays for parts where it is worth less.
 */
export class LossAccount {
  private taken = 0
  private anew = 0

  affords(plan: Worth, fresh: Worth): boolean {
    return this.taken + plan.total >= (this.anew + fresh.total) * (1 - mostLoss)
  }

  take<Plan extends Worth>(plan: Plan, fresh: Worth): Plan {
    this.taken += plan.total
    this.anew += fresh.total
    return plan
  }
}
