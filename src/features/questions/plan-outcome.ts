import {
  planRound,
  unpackPlan,
  type RoundInput,
  type RoundPair,
  type RoundPlan,
  type RoundUnmatched,
} from '../planning/index.js'

/** One piece of a plan. */
export interface Piece extends RoundPair {
  readonly quantity: number
}

/** What came of a question that was solved: who gets how much of what, and why the others do not. */
export interface PlanOutcome {
  readonly pieces: readonly Piece[]
  /** Units that every need gets; a need that is not in it gets nothing. */
  readonly given: ReadonlyMap<string, number>
  readonly unmatched: ReadonlyMap<string, RoundUnmatched>
}

/** Solves the whole question, once, under the plan of its policy. */
export function outcomeOf(input: RoundInput): PlanOutcome {
  return outcomeOfPlan(planRound({ ...input, plans: [] }).plans[0])
}

export function outcomeOfPlan({ proposals, unmatched }: Pick<RoundPlan, 'proposals' | 'unmatched'>): PlanOutcome {
  const given = new Map<string, number>()
  for (const { needId, quantity } of proposals) given.set(needId, (given.get(needId) ?? 0) + quantity)
  return {
    pieces: proposals.map(({ offerId, needId, quantity }) => ({ offerId, needId, quantity })),
    given,
    unmatched: new Map(unmatched.map((one) => [one.needId, one])),
  }
}

export const givenTo = ({ given }: PlanOutcome, needId: string): number => given.get(needId) ?? 0

/**
 * The same question with the plan as what stands: an answer to it leaves everything as it is that it has no reason to
 * change, so that two answers differ by what was asked and not by a choice among equals.
 */
export const asItStands = (input: RoundInput, { pieces }: PlanOutcome): RoundInput => ({ ...input, standing: pieces })

/** The plan of a round where it is at hand (packed), otherwise made again. */
export const planOutcome = (input: RoundInput, plan: Uint8Array | null): PlanOutcome =>
  plan === null ? outcomeOf(input) : outcomeOfPlan(unpackPlan(plan))
