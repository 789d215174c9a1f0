import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { certify } from '../../../src/features/flow/certificate.js'
import { PivotLimitError, UnsoundProblemError, type FlowProblem } from '../../../src/features/flow/flow-problem.js'
import { NetworkSimplex } from '../../../src/features/flow/network-simplex.js'
import type { Basis } from '../../../src/features/flow/warm-basis.js'
import { randomFlowProblem } from '../../support/flow-instances.js'
import { SeededRandom } from '../../support/seeded-random.js'

const small = { givers: 5, between: 3, askers: 8, density: 0.5, largestCost: 40 }
const large = { givers: 30, between: 5, askers: 200, density: 0.6, largestCost: 300 }
const anyProblem = fc.integer().map((seed) => randomFlowProblem(seed, small))

/** What may be changed, where (a share of all places), and to what (a share of what there may be). */
const anyPatch = fc.record({
  part: fc.constantFrom('supply' as const, 'capacity' as const, 'cost' as const),
  place: fc.double({ min: 0, max: 0.999, noNaN: true }),
  share: fc.double({ min: 0, max: 0.999, noNaN: true }),
})
type Patch = typeof anyPatch extends fc.Arbitrary<infer Value> ? Value : never

/** A node stays on its side; a giver may be left with nothing, an asker asks for one at least. */
function patch(simplex: NetworkSimplex, { part, place, share }: Patch): void {
  const { supply, from } = simplex.problem
  const node = Math.floor(place * supply.length)
  const arc = Math.floor(place * from.length)
  if (part === 'supply') {
    const units = Math.floor(share * 30)
    simplex.setSupply(node, supply[node]! >= 0 ? units : -1 - units)
  } else if (from.length > 0) {
    if (part === 'capacity') simplex.setCapacity(arc, Math.floor(share * 20))
    else simplex.setCost(arc, Math.floor(share * 60) - 50)
  }
}

function assertAsGoodAsCold(simplex: NetworkSimplex): number {
  const warm = simplex.solve()
  const certificate = certify(simplex.problem, warm)
  const cold = new NetworkSimplex(simplex.problem).solve()
  assert.ok(certificate.proven)
  assert.equal(certificate.primal, certify(simplex.problem, cold).primal)
  return cold.pivots
}

describe('a warm start', () => {
  it('ends where a cold start ends, after any changes of supplies, capacities and costs, again and again', () => {
    fc.assert(
      fc.property(anyProblem, fc.array(fc.array(anyPatch, { maxLength: 12 }), { maxLength: 6 }), (problem, changes) => {
        const simplex = new NetworkSimplex(problem)
        simplex.solve()
        for (const patches of changes) {
          for (const one of patches) patch(simplex, one)
          assertAsGoodAsCold(simplex)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('takes changes before the first solve, too', () => {
    const simplex = new NetworkSimplex(randomFlowProblem(3, small))
    patch(simplex, { part: 'supply', place: 0, share: 0.5 })
    patch(simplex, { part: 'capacity', place: 0, share: 0 })
    assertAsGoodAsCold(simplex)
  })

  it('needs a few pivots where little has changed, and none where nothing has', () => {
    const simplex = new NetworkSimplex(randomFlowProblem(11, large))
    const { pivots } = simplex.solve()
    assert.equal(simplex.solve().pivots, pivots)
    const random = new SeededRandom(5)
    let [warm, cold] = [0, 0]
    for (let change = 0; change < 20; change++) {
      const before = simplex.solve().pivots
      for (let at = 0; at < 3; at++) patch(simplex, { part: 'supply', place: random.next(), share: random.next() })
      cold += assertAsGoodAsCold(simplex)
      warm += simplex.solve().pivots - before
    }
    assert.ok(warm * 4 < cold, `${warm} pivots warm, ${cold} cold`)
  })

  it('leaves the arrays that it was given alone', () => {
    const problem = randomFlowProblem(3, small)
    const copy = structuredClone(problem)
    const simplex = new NetworkSimplex(problem)
    simplex.setSupply(0, 1)
    simplex.setCapacity(0, 1)
    simplex.setCost(0, 7)
    simplex.solve()
    assert.deepEqual(problem, copy)
    assert.deepEqual([simplex.problem.supply[0], simplex.problem.capacity[0], simplex.problem.cost[0]], [1, 1, 7])
  })

  it('refuses numbers that could not be exact, and keeps the old ones', () => {
    const problem = randomFlowProblem(3, small)
    const simplex = new NetworkSimplex(problem)
    for (const cost of [0.5, NaN, 2 ** 52]) {
      assert.throws(() => {
        simplex.setCost(0, cost)
      }, UnsoundProblemError)
    }
    for (const units of [-1, 1.5, 2 ** 31]) {
      assert.throws(() => {
        simplex.setCapacity(0, units)
      }, UnsoundProblemError)
    }
    assert.throws(() => {
      simplex.setSupply(0, 2 ** 31)
    }, UnsoundProblemError)
    assert.deepEqual(simplex.problem, problem)
    assertAsGoodAsCold(simplex)
  })
})

/** The problem without some nodes and their arcs, and with arcs that are new; with the basis of the old one, if it has any. */
function grown(
  problem: FlowProblem,
  basis: Basis,
  seed: number,
): { readonly problem: FlowProblem; readonly start: Basis } {
  const random = new SeededRandom(seed)
  const other = randomFlowProblem(seed, small)
  const [nodes, kept] = [problem.supply.length, [...problem.from.keys()].filter(() => random.chance(0.9))]
  const placeOf = new Map(kept.map((arc, place) => [arc, place]))
  const joined = (key: 'from' | 'to', by: number): number[] => [
    ...kept.map((arc) => problem[key][arc]!),
    ...[...other[key]].map((node) => node + by),
  ]
  // Some arcs of the new part end at nodes of the old one.
  const to = joined('to', nodes).map((node, at) => (at > kept.length && random.chance(0.1) ? nodes - 1 : node))
  return {
    problem: {
      supply: Int32Array.from([...problem.supply, ...other.supply]),
      from: Int32Array.from(joined('from', nodes)),
      to: Int32Array.from(to),
      capacity: Int32Array.from([...kept.map((arc) => problem.capacity[arc]!), ...other.capacity]),
      cost: Float64Array.from([...kept.map((arc) => problem.cost[arc]!), ...other.cost]),
    },
    start: {
      flow: Int32Array.from([...kept.map((arc) => basis.flow[arc]!), ...other.from.map(() => 0)]),
      arc: Int32Array.from([...[...basis.arc].map((arc) => placeOf.get(arc) ?? -1), ...other.supply.map(() => -1)]),
    },
  }
}

describe('a start from the basis of another problem', () => {
  it('ends where a cold start ends, with nodes and arcs that are new and arcs that are gone', () => {
    fc.assert(
      fc.property(anyProblem, fc.integer(), (problem, seed) => {
        const old = new NetworkSimplex(problem)
        old.solve()
        const { problem: changed, start } = grown(problem, old.basis(), seed)
        assertAsGoodAsCold(new NetworkSimplex(changed, { start }))
      }),
      { numRuns: 300 },
    )
  })

  it('ends where a cold start ends even from arcs that make a circle', () => {
    const problem: FlowProblem = {
      supply: Int32Array.of(3, 2, -2, -2),
      from: Int32Array.of(0, 0, 1, 1),
      to: Int32Array.of(2, 3, 2, 3),
      capacity: Int32Array.of(2, 2, 2, 2),
      cost: Float64Array.of(-5, -4, -7, -3),
    }
    const start: Basis = { flow: Int32Array.of(1, 1, 1, 1), arc: Int32Array.of(1, 2, 0, 3) }
    assertAsGoodAsCold(new NetworkSimplex(problem, { start }))
  })

  it('is refused where nodes or arcs are not those of the problem', () => {
    const [one, other] = [randomFlowProblem(1, small), randomFlowProblem(2, large)]
    const start = new NetworkSimplex(one).basis()
    assert.throws(() => new NetworkSimplex(other, { start }).solve(), UnsoundProblemError)
  })
})

describe('the limit of pivots', () => {
  it('ends a solve with an error that says how many and over what', () => {
    const problem = randomFlowProblem(7, large)
    assert.throws(
      () => new NetworkSimplex(problem, { mostPivots: 10 }).solve(),
      (error) => error instanceof PivotLimitError && error.message.includes('10 pivots over'),
    )
    const { pivots } = new NetworkSimplex(problem).solve()
    assert.equal(new NetworkSimplex(problem, { mostPivots: pivots }).solve().pivots, pivots)
  })
})
