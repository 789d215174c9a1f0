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
export { createRoundRunner, type RoundRunner } from './round-run-service.js'
