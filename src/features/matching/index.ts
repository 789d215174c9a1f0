export { commonRules } from './candidates.js'
export type * from './matching-input.js'
export { pricesOfOneMore, type Shortfall } from './explanations.js'
export { solveMatching, type MatchingPlan, type SolvedTask, type SolveOptions } from './solve.js'
