export { UnsoundProblemError } from '../flow/index.js'
export { readProblem } from './problem-file.js'
export { solveStated, type StatedAnswer } from './solve-stated.js'
export { UnreadableProblemError, type StatedProblem } from './stated-problem.js'
