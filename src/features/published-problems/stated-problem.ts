/** A file that does not say what it should; the sentence says where and what was expected. */
export class UnreadableProblemError extends Error {
  override readonly name = 'UnreadableProblemError'
}

/** A minimum-cost flow as it is published: every supply must leave, every demand must be met, every lower bound kept. */
export interface StatedProblem {
  /** What the file is, for people. */
  readonly format: 'DIMACS minimum-cost flow' | 'OR-Library assignment'
  /** Units that a node gives (positive) or takes (negative). */
  readonly supply: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
  readonly lower: Int32Array
  readonly upper: Int32Array
  readonly cost: Float64Array
}
