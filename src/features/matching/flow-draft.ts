import { elementOf } from '../../shared/element-of.js'
import type { Assignment } from './assignment.js'
import type { FlowProblem } from '../flow/index.js'
import type { MatchingInput } from './matching-input.js'

/** Nodes and arcs besides those of offers, needs and candidates. */
export class FlowDraft {
  readonly from: number[] = []
  readonly to: number[] = []
  readonly capacity: number[] = []
  readonly cost: number[] = []

  constructor(public nodes: number) {}

  node(): number {
    return this.nodes++
  }

  arc(from: number, to: number, capacity: number, cost = 0): void {
    this.from.push(from)
    this.to.push(to)
    this.capacity.push(capacity)
    this.cost.push(cost)
  }
}

interface Drawn {
  readonly tails: Int32Array
  readonly capacity: Int32Array
  readonly toll: number
}

/** The flow of some candidates with what was drafted besides. */
export function problemOf(
  input: MatchingInput,
  { candidates, offers, firstNeedNode, needOf, value, ladders }: Omit<Assignment, 'problem'>,
  { tails, capacity, toll }: Drawn,
  draft: FlowDraft,
): FlowProblem {
  const { needs } = candidates
  const supply = new Int32Array(draft.nodes)
  offers.forEach((place, node) => (supply[node] = elementOf(input.offers, place).quantity))
  needs.forEach((place, at) => {
    // Where shares count, a need passes on what it gets: then the last node asks for everything.
    const node = ladders === null ? firstNeedNode + at : draft.nodes - 1
    supply[node] = elementOf(supply, node) - elementOf(input.needs, place).quantity
  })
  return {
    supply,
    from: joined(tails, draft.from),
    to: joined(
      needOf.map((need) => firstNeedNode + need),
      draft.to,
    ),
    capacity: joined(capacity, draft.capacity),
    cost: costsOf(value, toll, draft.cost),
  }
}

function joined(first: Int32Array, rest: readonly number[]): Int32Array {
  const all = new Int32Array(first.length + rest.length)
  all.set(first)
  all.set(rest, first.length)
  return all
}

function costsOf(value: Float64Array, toll: number, rest: readonly number[]): Float64Array {
  const all = new Float64Array(value.length + rest.length)
  for (let arc = 0; arc < value.length; arc++) all[arc] = toll - (value[arc] ?? 0)
  all.set(rest, value.length)
  return all
}
