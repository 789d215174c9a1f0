export type { Match, MatchStep } from './match.js'
export { promisedStates, type MatchState } from './match-life.js'
export { createMatchService, type MatchService, type MatchSummary, type Outcome } from './match-service.js'
export { createProposalStore } from './match-round-service.js'
