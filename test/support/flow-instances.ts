import type { FlowProblem } from '../../src/features/flow/flow-problem.js'
import { SeededRandom } from './seeded-random.js'

interface Size {
  readonly givers: number
  readonly between: number
  readonly askers: number
  readonly density: number
  readonly largestCost: number
}

/** A random network of givers, nodes between them, and askers; some arcs cost more than they are worth. */
export function randomFlowProblem(seed: number, { givers, between, askers, density, largestCost }: Size): FlowProblem {
  const random = new SeededRandom(seed)
  const nodes = givers + between + askers
  const supply = Int32Array.from({ length: nodes }, (_, node) => {
    if (node < givers) return random.between(0, 30)
    return node < givers + between ? 0 : -random.between(0, 12)
  })
  const arcs: { from: number; to: number; capacity: number; cost: number }[] = []
  for (let from = 0; from < givers + between; from++) {
    for (let to = givers; to < nodes; to++) {
      if (to <= from || !random.chance(density)) continue
      const dear = random.chance(0.1)
      const cost = random.between(0, largestCost)
      arcs.push({ from, to, capacity: random.between(0, 15), cost: dear ? cost : -cost })
    }
  }
  return {
    supply,
    from: Int32Array.from(arcs, (arc) => arc.from),
    to: Int32Array.from(arcs, (arc) => arc.to),
    capacity: Int32Array.from(arcs, (arc) => arc.capacity),
    cost: Float64Array.from(arcs, (arc) => arc.cost),
  }
}
