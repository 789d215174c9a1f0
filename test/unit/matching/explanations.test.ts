import { strict as assert } from 'node:assert'
import { certify, NetworkSimplex, type FlowProblem } from '../../../src/features/flow/index.js'
import {
  confirmExplanations,
  pricesOfOneMore,
  solveMatching,
  type SolvedTask,
} from '../../../src/features/matching/index.js'
import { smallMatching } from '../../support/matching-instances.js'

const worth = (problem: FlowProblem): bigint => -certify(problem, new NetworkSimplex(problem).solve()).primal

/** The optimum when a unit for this need is worth so much more. */
function worthWith({ assignment, candidates }: SolvedTask, need: number, more: number): bigint {
  const cost = assignment.problem.cost.slice()
  for (let arc = candidates.first[need]!; arc < candidates.first[need + 1]!; arc++) cost[arc]! -= more
  return worth({ ...assignment.problem, cost })
}

const servedUnits = ({ assignment }: SolvedTask, need: number): number =>
  new NetworkSimplex(assignment.problem)
    .solve()
    .flow.reduce((sum, units, arc) => (assignment.needOf[arc] === need ? sum + units : sum), 0)

const tasks = Array.from({ length: 80 }, (_, seed) =>
  solveMatching(smallMatching(seed, { offers: 8, needs: 40 })),
).flatMap((plan) => plan.tasks)

describe('the reason why a need is not served', () => {
  it('is exact: at the threshold nothing is gained by serving it, one above it is', () => {
    let [confirmed, partly] = [0, 0]
    for (const task of tasks) {
      const optimum = worth(task.assignment.problem)
      for (const { need, threshold } of task.shortfalls) {
        const served = servedUnits(task, need)
        if (threshold === null) {
          assert.equal(worthWith(task, need, 1_000_000), optimum + BigInt(served) * 1_000_000n)
          continue
        }
        assert.equal(worthWith(task, need, threshold), optimum + BigInt(served * threshold))
        assert.ok(worthWith(task, need, threshold + 1) > optimum + BigInt(served * (threshold + 1)))
        confirmed++
        if (served > 0) partly++
      }
    }
    assert.ok(confirmed > 250 && partly > 20, `${confirmed} confirmed, ${partly} partly served`)
  })

  it('is confirmed for a whole sample by solving again just below and just above', () => {
    for (let seed = 0; seed < 40; seed++) {
      const plan = solveMatching(smallMatching(seed, { offers: 8, needs: 40 }))
      const short = plan.tasks.reduce((sum, { shortfalls }) => sum + shortfalls.length, 0)
      assert.deepEqual(confirmExplanations(plan, 1000), { asked: short, confirmed: short })
      const { asked, confirmed } = confirmExplanations(plan, 5)
      assert.ok(asked >= Math.min(4, short) && asked <= 5 && confirmed === asked, `${confirmed} of ${asked}`)
    }
  })

  it('is not confirmed where a threshold is wrong', () => {
    let wrong = 0
    for (let seed = 0; seed < 25; seed++) {
      const plan = solveMatching(smallMatching(seed, { offers: 8, needs: 40 }))
      const tasks = plan.tasks.map((task) => ({
        ...task,
        shortfalls: task.shortfalls.flatMap((one) =>
          one.threshold === null ? [] : [{ ...one, threshold: one.threshold + 1 }],
        ),
      }))
      const { asked, confirmed } = confirmExplanations({ ...plan, tasks }, 1000)
      assert.equal(confirmed, 0)
      wrong += asked
    }
    assert.ok(wrong > 50, `only ${wrong} asked`)
  })

  it('names holders whose units would move on, beginning with an offer that could serve the need', () => {
    let named = 0
    for (const { shortfalls, assignment, candidates } of tasks) {
      const { flow } = new NetworkSimplex(assignment.problem).solve()
      for (const { need, holders } of shortfalls) {
        for (const holder of holders) assert.ok(flow[holder]! > 0, 'a holder holds nothing')
        if (holders.length === 0) continue
        const own = candidates.offer.slice(candidates.first[need], candidates.first[need + 1])
        assert.ok(own.includes(candidates.offer[holders[0]!]!))
        named++
      }
    }
    assert.ok(named > 200)
  })
})

describe('the price of one more unit of an offer', () => {
  it('is what the optimum gains by it', () => {
    for (const { assignment } of tasks) {
      const { problem } = assignment
      const prices = pricesOfOneMore(assignment, new NetworkSimplex(problem).solve())
      assignment.offers.forEach((_, node) => {
        const supply = problem.supply.map((units, at) => (at === node ? units + 1 : units))
        assert.equal(worth({ ...problem, supply }), worth(problem) + BigInt(prices[node]!))
      })
    }
  })
})
