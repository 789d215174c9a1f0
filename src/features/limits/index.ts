export { CompanyCaps } from './company-caps.js'
export type { LimitedProblem } from './limited-problem.js'
export { keepLimits, type FlowSolved } from './keep-limits.js'
export { LossAccount } from './loss-account.js'
