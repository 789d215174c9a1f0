export type { AuthorityCount, Holder, Round, RoundCounts, RoundState, UnmatchedNeed, WhyNot } from './round.js'
export type {
  NeedFound,
  OfferFound,
  Pair,
  Plan,
  PreparedProposal,
  Promised,
  ProposalStore,
  RoundSources,
  SchoolFound,
} from './round-ports.js'
export { roundPages, type RoundPagesParts } from './round-pages.js'
export { whyNotView } from './unmatched-views.js'
export { createRoundService, type RoundService } from './round-service.js'
export { createRoundRunner, type RoundRunner } from './round-run-service.js'
