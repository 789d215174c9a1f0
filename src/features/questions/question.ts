import type { PlanComparison, Policy, Replay, RoundOffer } from '../planning/index.js'
import type { DemandSignals } from './demand-signals.js'
import type { MatchExplanation } from './match-explanation.js'
import type { NeedExplanation } from './need-explanation.js'
import type { OfferEffect } from './offer-effect.js'
import type { WishEffect } from './wish-effect.js'

/** `plan` is the packed plan that the question is about; null = the plan of the policy, made again. */
interface AboutPlan {
  readonly plan: Uint8Array | null
}

/** What can be asked about a round that was run, all of it answered by solving again. */
export type Question =
  /** Why a need gets nothing, or not all, and what would change that. */
  | ({ readonly type: 'explain-need'; readonly needId: string } & AboutPlan)
  /** Why this school gets this offer, and what would be without it. */
  | ({ readonly type: 'explain-match'; readonly offerId: string; readonly needId: string } & AboutPlan)
  /** What an offer would do for the needs of the round, were it there, or were it as it is here. */
  | { readonly type: 'demand-of-offer'; readonly offer: RoundOffer }
  /** What it takes from everybody that an offer keeps a part for some; `share` is 0 to 1. */
  | { readonly type: 'cost-of-wish'; readonly offerId: string; readonly wish: NonNullable<RoundOffer['wish']> }
  /** What some more units of what is missing would do. */
  | ({ readonly type: 'demand-signals' } & AboutPlan)
  /** What the round would have given under another policy; `served` is what that one remembers of the rounds before. */
  | { readonly type: 'replay'; readonly policy: Policy; readonly served: Readonly<Record<string, number>> }
  /** Two packed plans of the round side by side; school units are named in these authorities only, null = in all. */
  | {
      readonly type: 'compare'
      readonly before: Uint8Array
      readonly after: Uint8Array
      readonly authorities: readonly string[] | null
    }

/** The answer to each type of question. */
export interface Answers {
  readonly 'explain-need': NeedExplanation
  readonly 'explain-match': MatchExplanation
  readonly 'demand-of-offer': OfferEffect
  readonly 'cost-of-wish': WishEffect | null
  readonly 'demand-signals': DemandSignals
  readonly replay: Replay
  readonly compare: PlanComparison
}

export type AnswerTo<Q extends Question> = Answers[Q['type']]
