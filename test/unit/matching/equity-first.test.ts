import { strict as assert } from 'node:assert'
import { certify, NetworkSimplex, type FlowProblem } from '../../../src/features/flow/index.js'
import { solveMatching, type SolvedTask } from '../../../src/features/matching/index.js'
import { smallMatching } from '../../support/matching-instances.js'

/** As many units as the needs of these ranks could get if there were no others, and no points. */
function mostUnits({ assignment }: SolvedTask, lowestRank: number): bigint {
  const { problem, ranks, needOf } = assignment
  const capacity = problem.capacity.map((units, arc) => {
    const need = needOf[arc]
    return need !== undefined && ranks[need]! < lowestRank ? 0 : units
  })
  const alone: FlowProblem = {
    ...problem,
    capacity,
    cost: problem.cost.map((_, arc) => (arc < needOf.length ? -1 : 0)),
  }
  return -certify(alone, new NetworkSimplex(alone).solve()).primal
}

function unitsServed({ assignment }: SolvedTask, lowestRank: number): bigint {
  const { flow } = new NetworkSimplex(assignment.problem).solve()
  const served = flow
    .subarray(0, assignment.needOf.length)
    .reduce((sum, units, arc) => (assignment.ranks[assignment.needOf[arc]!]! >= lowestRank ? sum + units : sum), 0)
  return BigInt(served)
}

describe('equity first', () => {
  it('serves as many units of tier 1 as could be served alone, then of tiers 1 and 2, and so on through every rank', () => {
    let compared = 0
    for (let seed = 1; seed <= 60; seed++) {
      const plan = solveMatching(smallMatching(seed, { offers: 12, needs: 40 }))
      for (const task of plan.tasks) {
        for (const rank of new Set(task.assignment.ranks)) {
          assert.equal(unitsServed(task, rank), mostUnits(task, rank), `seed ${seed}, rank ${rank}`)
          compared++
        }
      }
    }
    assert.ok(compared > 1000)
  })

  it('ranks by tier, then urgency, then deadline, whatever the points', () => {
    const { costs } = solveMatching(smallMatching(1, { offers: 1, needs: 1 }))
    const rank = (tier: number, urgency: number, days: number): number =>
      costs.rankOf({ urgency, deadline: 20_000 + days }, { tier })
    const order = [
      rank(1, 1, Infinity),
      rank(2, 3, 5),
      rank(2, 3, 60),
      rank(2, 3, Infinity),
      rank(2, 2, 5),
      rank(5, 1, Infinity),
    ]
    assert.deepEqual(
      [...order].sort((one, other) => other - one),
      order,
    )
    assert.deepEqual([rank(1, 3, 30), rank(5, 1, Infinity)], [costs.ranks, 1])
    assert.ok(costs.gap > 11 * 2)
  })
})
