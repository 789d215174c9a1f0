export { mostAttempts } from './round.js'
export type {
  AuthorityCount,
  Holder,
  Progress,
  Round,
  RoundCounts,
  RoundState,
  UnmatchedNeed,
  WhyNot,
} from './round.js'
export { roundModel, type RoundModel, type StoredRound } from './round-model.js'
export { roundPages, type RoundPagesParts } from './round-pages.js'
export { createRoundService, type RoundService } from './round-service.js'
export { toStoredUnmatched, unmatchedModel } from './unmatched-model.js'
export { whyNotView } from './unmatched-views.js'
