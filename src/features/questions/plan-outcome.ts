import {
  planRound,
  solveRound,
  unpackPlan,
  type PlanKey,
  type RoundInput,
  type RoundPiece,
  type RoundPlan,
  type RoundUnmatched,
} from '../planning/index.js'

/** What came of a question that was solved: who gets how much of what. */
export interface Outcome {
  readonly pieces: readonly RoundPiece[]
  /** Units that every need gets; a need that is not in it gets nothing. */
  readonly given: ReadonlyMap<string, number>
}

/** The plan of a round: also why the others get nothing. */
export interface PlanOutcome extends Outcome {
  readonly key: PlanKey
  readonly unmatched: ReadonlyMap<string, RoundUnmatched>
}

/** Solves a question once, under the plan of its policy. */
export const outcomeOf = (input: RoundInput): Outcome => outcomeWith(solveRound(input))

function outcomeWith(pieces: readonly RoundPiece[]): Outcome {
  const given = new Map<string, number>()
  for (const { needId, quantity } of pieces) given.set(needId, (given.get(needId) ?? 0) + quantity)
  return { pieces, given }
}

/** The plan of a round where it is at hand (packed), otherwise made again. */
export function planOutcome(input: RoundInput, plan: Uint8Array | null): PlanOutcome {
  const { key, proposals, unmatched }: RoundPlan =
    plan === null ? planRound({ ...input, plans: [] }).plans[0] : unpackPlan(plan)
  const pieces = proposals.map(({ offerId, needId, quantity }) => ({ offerId, needId, quantity }))
  return { key, ...outcomeWith(pieces), unmatched: new Map(unmatched.map((one) => [one.needId, one])) }
}

export const givenTo = ({ given }: Outcome, needId: string): number => given.get(needId) ?? 0

/**
 * The same question with the plan as what stands: an answer to it leaves everything as it is that it has no reason to
 * change, so that two answers differ by what was asked and not by a choice among equals. Where to change little is the
 * very purpose of the plan, what stood before it stays what stands.
 */
export const asItStands = (input: RoundInput, { pieces }: Outcome): RoundInput =>
  input.policy.plan === 'least-change' ? input : { ...input, standing: pieces }

/** The question as this plan answers it: somebody may have chosen another plan than the one of the policy. */
export const asChosen = (input: RoundInput, { key }: PlanOutcome): RoundInput => ({
  ...input,
  policy: { ...input.policy, plan: key },
})
