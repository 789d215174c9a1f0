export type { LimitedProblem } from './limited-problem.js'
export { SlotPrices } from './slot-prices.js'
