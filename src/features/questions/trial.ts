import type { RoundInput } from '../planning/index.js'
import { withChange, type Change } from './change.js'
import { effectOf, needChanges, type PlanEffect } from './plan-effect.js'
import { asItStands, givenTo, outcomeOf, type Outcome } from './plan-outcome.js'

/** What solving again with some changes gave. */
export interface Tried {
  readonly changes: readonly Change[]
  /** Units that the need gets with them. */
  readonly gets: number
  /** What the others get more and less. */
  readonly others: PlanEffect
}

/** Solves a question again and again, each time with something changed about one need; counts how often. */
export class Trial {
  private readonly input: RoundInput
  private readonly before: Outcome
  private count = 1

  /** `plan` is what stands; it is solved for once more, so that only the changes make a difference. */
  constructor(
    input: RoundInput,
    plan: Outcome,
    private readonly needId: string,
  ) {
    this.input = asItStands(input, plan)
    this.before = outcomeOf(this.input)
  }

  /** How often the question was solved. */
  get solved(): number {
    return this.count
  }

  /** Units that the need gets as things are. */
  get gets(): number {
    return givenTo(this.before, this.needId)
  }

  try(changes: readonly Change[]): Tried {
    const changed = changes.reduce((input, change) => withChange(input, this.needId, change), this.input)
    const { outcome, others } = this.solve(changed)
    return { changes, gets: givenTo(outcome, this.needId), others }
  }

  /** Solves a question that differs in whatever way. */
  solve(changed: RoundInput): { readonly outcome: Outcome; readonly others: PlanEffect } {
    this.count++
    const outcome = outcomeOf(changed)
    const differing = needChanges(this.input, this.before, outcome).filter(({ need }) => need.id !== this.needId)
    return { outcome, others: effectOf(differing) }
  }

  helps({ gets }: Tried): boolean {
    return gets > this.gets
  }
}
