/**
 * A minimum-cost flow in which nothing is forced: supply may stay unused and demand unserved, both for nothing, so that
 * only arcs of negative cost are worth using. A node of zero supply passes on what it takes, or drops it.
 */
export interface FlowProblem {
  /** Units a node gives (positive) or asks for (negative). */
  readonly supply: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
  /** Units, at least 0. */
  readonly capacity: Int32Array
  /** Whole numbers. */
  readonly cost: Float64Array
}

export interface FlowSolution {
  /** Units on every arc. */
  readonly flow: Int32Array
  /** One price a node: no arc below its capacity has `cost + price[from] - price[to]` under 0. */
  readonly price: Float64Array
  readonly pivots: number
}

/** The numbers of a problem are not whole, not in range, or too large for exact arithmetic; this is a caller's defect. */
export class UnsoundProblemError extends Error {
  override readonly name = 'UnsoundProblemError'
}

/** The simplex did not end within its limit of pivots; with a strongly feasible basis this is a defect, not bad luck. */
export class PivotLimitError extends Error {
  override readonly name = 'PivotLimitError'
}

/**
 * Refuses what could not be solved exactly: a price is a sum of at most as many costs as there are nodes, so that
 * product must stay below 2^53, and so must the sum of all units.
 */
export function checkProblem({ supply, from, to, capacity, cost }: FlowProblem): void {
  const nodes = supply.length
  if (to.length !== from.length || capacity.length !== from.length || cost.length !== from.length) {
    throw new UnsoundProblemError('The arc arrays differ in length')
  }
  let largest = 0
  for (let arc = 0; arc < from.length; arc++) {
    const [tail, head, price] = [from[arc] ?? -1, to[arc] ?? -1, cost[arc] ?? NaN]
    if (tail < 0 || tail >= nodes || head < 0 || head >= nodes || tail === head) {
      throw new UnsoundProblemError(`Arc ${arc} does not join two nodes`)
    }
    if ((capacity[arc] ?? -1) < 0) throw new UnsoundProblemError(`Arc ${arc} has a negative capacity`)
    if (!Number.isInteger(price))
      throw new UnsoundProblemError(`Arc ${arc} costs ${price}, which is not a whole number`)
    largest = Math.max(largest, Math.abs(price))
  }
  if ((largest + 1) * (nodes + 1) > Number.MAX_SAFE_INTEGER)
    throw new UnsoundProblemError('The costs are too large to add')
}
