import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { Matching, objectiveKeys, solveMatching } from '../../../src/features/matching/index.js'
import { createFlowOracle } from '../../support/flow-oracle.js'
import { assertSound } from '../../support/matching-checks.js'
import { smallMatching } from '../../support/matching-instances.js'

const anyMatching = fc
  .record({ seed: fc.integer(), offers: fc.integer({ min: 1, max: 12 }), needs: fc.integer({ min: 1, max: 30 }) })
  .map(({ seed, ...size }) => smallMatching(seed, size))

describe('every plan', () => {
  for (const objective of objectiveKeys) {
    it(`keeps every rule and proves its bound: ${objective}`, () => {
      fc.assert(
        fc.property(anyMatching, (input) => {
          assertSound(solveMatching(input, { objective }))
        }),
        { numRuns: 150 },
      )
    })

    it(`has the bound that HiGHS finds: ${objective}`, async () => {
      const highs = await createFlowOracle()
      for (let seed = 1; seed <= 30; seed++) {
        const plan = solveMatching(smallMatching(seed, { offers: 10, needs: 24 }), { objective })
        const optimum = plan.tasks.reduce((sum, { assignment }) => sum - highs(assignment.problem).objective, 0)
        assert.ok(Math.abs(Number(plan.bound) - optimum) <= 1e-6 * Math.max(1, optimum), `seed ${seed}`)
      }
    })
  }

  it('is the same whether it is made alone or after others of the same question', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const input = smallMatching(seed, { offers: 10, needs: 40 })
      const matching = new Matching(input)
      for (const objective of objectiveKeys) {
        const [one, other] = [matching.solve({ objective }), solveMatching(input, { objective })]
        assert.deepEqual(
          one.tasks.map(({ allotment, candidates }) => [allotment.units, candidates]),
          other.tasks.map(({ allotment, candidates }) => [allotment.units, candidates]),
        )
      }
    }
  })
})
