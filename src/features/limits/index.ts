export { CompanyCaps } from './company-caps.js'
export type { LimitedProblem } from './limited-problem.js'
export { keepLimits } from './keep-limits.js'
