export type {
  ReasonCode,
  RoundFigures,
  RoundInput,
  RoundNeed,
  RoundOffer,
  RoundProgress,
  RoundProposal,
  RoundResult,
  RoundSchool,
  RoundUnmatched,
  Tier,
} from './round-input.js'
export { equityFirstPolicy, type Policy } from './policy.js'
export { compileRound } from './round-compile.js'
