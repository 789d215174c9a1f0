export { planRound } from './plan-round.js'
export { equityFirstPolicy, type Policy } from './policy.js'
export { tierName } from './proposal-words.js'
export { compileRound } from './round-compile.js'
export type * from './round-input.js'
export { reasonCodes } from './round-input.js'
export { RoundCancelled, runRound, type RoundRun } from './round-run.js'
export type { AuthorityCount, Holder, Round, RoundCounts, RoundState, UnmatchedNeed } from './round.js'
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
export { createRoundService, type RoundService, type WhyNot } from './round-service.js'
export { createRoundRunner, type RoundRunner } from './round-run-service.js'
