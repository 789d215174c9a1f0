import { strict as assert } from 'node:assert'
import { certify } from '../../../src/features/flow/certificate.js'
import { UnsoundProblemError, type FlowProblem } from '../../../src/features/flow/flow-problem.js'
import { NetworkSimplex } from '../../../src/features/flow/network-simplex.js'
import { createFlowOracle, type LinearOptimum } from '../../support/flow-oracle.js'
import { randomFlowProblem } from '../../support/flow-instances.js'

const small = { givers: 5, between: 3, askers: 8, density: 0.5, largestCost: 40 }
const network = (changes: Partial<FlowProblem> = {}): FlowProblem => ({
  supply: Int32Array.of(4, -3, -3),
  from: Int32Array.of(0, 0),
  to: Int32Array.of(1, 2),
  capacity: Int32Array.of(3, 2),
  cost: Float64Array.of(-5, -7),
  ...changes,
})

describe('the network simplex', () => {
  let highs: (problem: FlowProblem) => LinearOptimum
  before(async () => {
    highs = await createFlowOracle()
  })

  it('gives the dearest demand all it may have, and the rest to the next', () => {
    assert.deepEqual([...new NetworkSimplex(network()).solve().flow], [2, 2])
  })

  it('leaves alone what costs more than it is worth', () => {
    assert.deepEqual([...new NetworkSimplex(network({ cost: Float64Array.of(1, 0) })).solve().flow], [0, 0])
  })

  it('has nothing to do where there are no arcs', () => {
    const none = new Int32Array()
    const { flow } = new NetworkSimplex({
      supply: none,
      from: none,
      to: none,
      capacity: none,
      cost: new Float64Array(),
    }).solve()
    assert.equal(flow.length, 0)
  })

  it('finds the optimum that HiGHS finds, on 300 random networks, and proves each', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const problem = randomFlowProblem(seed, small)
      const certificate = certify(problem, new NetworkSimplex(problem).solve())
      assert.ok(certificate.proven, `seed ${seed} is not proven`)
      assert.equal(Number(certificate.primal), Math.round(highs(problem).objective), `seed ${seed}`)
    }
  })

  it('finds the optimum of a network of 40,000 arcs', () => {
    const problem = randomFlowProblem(7, { givers: 100, between: 20, askers: 600, density: 0.55, largestCost: 5000 })
    const certificate = certify(problem, new NetworkSimplex(problem).solve())
    assert.ok(certificate.proven)
    assert.equal(Number(certificate.primal), Math.round(highs(problem).objective))
  })

  it('starts warm after arcs were forbidden, and ends where a cold start ends', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const problem = randomFlowProblem(seed, { ...small, between: 1 })
      const warm = new NetworkSimplex(problem)
      const used = [...warm.solve().flow.keys()].filter((arc) => arc % 3 === 0)
      warm.forbid(used)
      const capacity = problem.capacity.map((units, arc) => (used.includes(arc) ? 0 : units))
      const cold = certify({ ...problem, capacity }, new NetworkSimplex({ ...problem, capacity }).solve())
      const rewarmed = certify({ ...problem, capacity }, warm.solve())
      assert.ok(rewarmed.feasible)
      assert.equal(rewarmed.primal, cold.primal)
    }
  })

  it('refuses numbers that it could not add exactly', () => {
    const unsound: Partial<FlowProblem>[] = [
      { cost: Float64Array.of(-0.5, 0) },
      { cost: Float64Array.of(-(2 ** 52), 0) },
      { capacity: Int32Array.of(-1, 0) },
      { to: Int32Array.of(0, 2) },
      { to: Int32Array.of(3, 2) },
      { to: Int32Array.of(1) },
    ]
    for (const changes of unsound) assert.throws(() => new NetworkSimplex(network(changes)), UnsoundProblemError)
  })
})

describe('the certificate', () => {
  const flow = Int32Array.of(2, 2)
  const price = Float64Array.of(5, 0, 0)

  it('proves an optimum from its prices', () => {
    const { proven, primal, dual } = certify(network(), { flow, price })
    assert.deepEqual([proven, primal, dual], [true, -24n, -24n])
  })

  it('does not prove a flow that is worse, too large, or in excess of what there is', () => {
    for (const worse of [
      Int32Array.of(3, 1),
      Int32Array.of(1, 3),
      Int32Array.of(3, 2),
      Int32Array.of(-1, 2),
      Int32Array.of(2),
    ]) {
      assert.equal(certify(network(), { flow: worse, price }).proven, false)
    }
  })

  it('does not believe prices that contradict a node, or that are not whole', () => {
    for (const wrong of [
      [5, 0, 1],
      [-1, -6, -8],
      [5.5, 0, 0],
      [5, 0, NaN],
      [5, 0],
    ]) {
      assert.equal(certify(network(), { flow, price: Float64Array.from(wrong) }).proven, false)
    }
  })

  it('adds exactly beyond 2^53', () => {
    const supply = Int32Array.of(2_000_000_001, -2_000_000_001)
    const [from, to] = [Int32Array.of(0), Int32Array.of(1)]
    const problem = {
      supply,
      from,
      to,
      capacity: Int32Array.of(2_000_000_001),
      cost: Float64Array.of(-900_719_925_474_003),
    }
    const { proven, primal } = certify(problem, new NetworkSimplex(problem).solve())
    assert.deepEqual([proven, primal], [true, -2_000_000_001n * 900_719_925_474_003n])
  })
})
