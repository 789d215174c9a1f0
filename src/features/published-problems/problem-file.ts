import { readAssignment } from './assignment-file.js'
import { readDimacs } from './dimacs-file.js'
import type { StatedProblem } from './stated-problem.js'

/**
 * Reads a published problem in either format; a file that begins with a number is an assignment.
 * @throws UnreadableProblemError
 */
export const readProblem = (text: string): StatedProblem =>
  /^\s*[+-]?\d/.test(text) ? readAssignment(text) : readDimacs(text)
