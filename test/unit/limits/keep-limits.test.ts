import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { solveMatching, type MatchingInput } from '../../../src/features/matching/index.js'
import { compileRound } from '../../../src/features/planning/index.js'
import { assertSound, piecesOf } from '../../support/matching-checks.js'
import { roundInstance } from '../../support/instances.js'
import { smallMatching } from '../../support/matching-instances.js'
import { keptShare, perturbed } from '../../support/perturbation.js'
import { createPlanOracle } from '../../support/plan-oracle.js'
import { SeededRandom } from '../../support/seeded-random.js'

const questionOf = (seed: number, needs: number): MatchingInput =>
  compileRound(roundInstance(seed, { needs, offers: needs / 10, fewKinds: true }))

const inWords = (input: MatchingInput): string[] =>
  piecesOf(solveMatching(input)).map(({ offer, need, units }) => `${offer.id} ${need.id} ${units}`)

describe('a plan with lots and limits', () => {
  it('keeps at least 99 % of the optimum that knows neither', () => {
    for (const seed of [1, 2, 4]) {
      const plan = solveMatching(questionOf(seed, 2000))
      assert.ok(Number(plan.objective) / Number(plan.bound) >= 0.99, `seed ${seed}`)
    }
  })

  it('keeps at least 99.5 % of the best plan that HiGHS finds with the same lots and limits', async () => {
    const best = await createPlanOracle(20)
    for (const seed of [2, 3]) {
      const plan = solveMatching(questionOf(seed, 1000))
      assert.ok(Number(plan.objective) / best(plan).bound >= 0.995, `seed ${seed}`)
    }
  }).timeout(90_000)

  it('never lets a company give an authority more than its share', () => {
    const anyCapped = fc
      .record({ seed: fc.integer(), share: fc.constantFrom(0.05, 0.2, 0.5), needs: fc.integer({ min: 1, max: 25 }) })
      .map(({ seed, share, needs }): MatchingInput => {
        const input = smallMatching(seed, { offers: 10, needs })
        return { ...input, limits: { ...input.limits, companyShare: share } }
      })
    fc.assert(
      fc.property(anyCapped, (input) => {
        assertSound(solveMatching(input))
      }),
      { numRuns: 200 },
    )
  })

  it('loses little where the cap binds in a country', () => {
    const input = questionOf(1, 1000)
    const capped = solveMatching({ ...input, limits: { ...input.limits, companyShare: 0.2 } })
    const free = solveMatching(input)
    assertSound(capped)
    assert.ok(capped.objective < free.objective)
    assert.ok(Number(capped.objective) / Number(free.objective) > 0.8)
  })
})

describe('a plan after small changes', () => {
  it('keeps what still stands, and is worth as much as a plan from nothing', () => {
    for (const seed of [1, 2, 3]) {
      const later = perturbed(solveMatching(questionOf(seed, 1000)), 0.01, seed)
      const plan = solveMatching(later)
      const fresh = solveMatching({ ...later, standing: [] })
      assertSound(plan)
      assert.ok(keptShare(plan) >= 0.975, `seed ${seed}: ${keptShare(plan)}`)
      assert.ok(Number(plan.equityWorth) / Number(fresh.equityWorth) >= 1 - 1e-4, `seed ${seed}`)
    }
  })

  it('is the same whatever the order of the rows', () => {
    const later = perturbed(solveMatching(questionOf(1, 500)), 0.02, 1)
    const random = new SeededRandom(1)
    const [offers, needs] = [random.shuffle(later.offers), random.shuffle(later.needs)]
    assert.deepEqual(inWords({ ...later, offers, needs, standing: random.shuffle(later.standing) }), inWords(later))
  })

  it('stays nearly whole where nothing has changed', () => {
    const plan = solveMatching(questionOf(2, 1000))
    assert.ok(keptShare(solveMatching(perturbed(plan, 0, 1))) >= 0.975)
  })
})
