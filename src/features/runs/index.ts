export type {
  NeedFound,
  OfferFound,
  Pair,
  PreparedProposal,
  Promised,
  ProposalStore,
  RoundSources,
  SchoolFound,
  StandingProposal,
  StartWork,
} from './round-ports.js'
export { createRoundRunner, type RoundRunner } from './round-run-service.js'
export { roundSourcesOf } from './round-sources.js'
export { createRoundMemory, type RoundMemory } from './round-memory-service.js'
