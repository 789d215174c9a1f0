export { canonical } from './canonical-json.js'
export { compareFor, comparePlans, type GroupRow, type PlanComparison, type UnitChange } from './plan-comparison.js'
export { packInput, packPlan, unpackInput, unpackPlan } from './plan-pack.js'
export { planRound } from './plan-round.js'
export { firstPolicy, isPlanKey, planKeys, type PlanKey, type Policy } from './policy.js'
export { tierName } from './proposal-words.js'
export { compileRound } from './round-compile.js'
export { replay, type Replay } from './replay.js'
export { costOfWish, type WishCost } from './wish-cost.js'
export type * from './round-input.js'
export type * from './round-result.js'
export { reasonCodes } from './round-result.js'
export {
  RoundCancelled,
  startPlanWork,
  type InputRows,
  type PlanPiece,
  type PlanWork,
  type Solved,
} from './plan-work.js'
export { solveRound, type RoundPiece } from './solve-round.js'
