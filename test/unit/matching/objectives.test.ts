import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { NetworkSimplex } from '../../../src/features/flow/index.js'
import { unitsOf } from '../../../src/features/matching/assignment.js'
import {
  Matching,
  objectiveKeys,
  solveMatching,
  type MatchingPlan,
  type ObjectiveKey,
} from '../../../src/features/matching/index.js'
import { createFlowOracle } from '../../support/flow-oracle.js'
import { assertSound, piecesOf, type Piece } from '../../support/matching-checks.js'
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

    it(`gives no company more than its share of an authority: ${objective}`, () => {
      let bound = 0
      for (let seed = 1; seed <= 60; seed++) {
        const input = smallMatching(seed, { offers: 10, needs: 30 })
        const capped = { ...input, limits: { ...input.limits, companyShare: 0.2 } }
        const [free, shared] = [input, capped].map((one) => solveMatching(one, { objective }))
        assertSound(shared!)
        if (shared!.objective < free!.objective) bound++
      }
      assert.ok(bound > 20, `the cap was in the way ${bound} times only`)
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

type Measure = (pieces: readonly Piece[], plan: MatchingPlan) => number

/** The proven optimum of the first part of a plan, before lots and limits; its candidates are the same in every plan. */
function firstOptimum({ tasks, input }: MatchingPlan): Piece[] {
  const [first] = tasks
  if (first === undefined) return []
  const { candidates, assignment } = first
  const units = unitsOf(assignment, new NetworkSimplex(assignment.problem).solve().flow)
  return [...units].map((count, arc) => ({
    offer: input.offers[candidates.offer[arc]!]!,
    need: input.needs[candidates.needs[assignment.needOf[arc]!]!]!,
    units: count,
  }))
}

const total = (pieces: readonly Piece[], worth: (piece: Piece) => number): number =>
  pieces.reduce((sum, piece) => sum + piece.units * worth(piece), 0)

const pupils: Measure = (pieces) => total(pieces, ({ need }) => need.students / need.quantity)

const arrivedBy =
  (days: number): Measure =>
  (pieces, { input }) =>
    total(pieces, ({ offer }) => Number(Math.max(input.today, offer.validFrom) - input.today + offer.leadDays <= days))

const kept: Measure = (pieces, { input: { standing } }) =>
  pieces.reduce((sum, { offer, need, units }) => {
    const pair = standing.find(({ offerId, needId }) => offerId === offer.id && needId === need.id)
    return sum + Math.min(units, pair?.quantity ?? 0)
  }, 0)

const ofFirstTiers =
  (tier: number): Measure =>
  (pieces, { input }) =>
    total(pieces, ({ need }) => Number(input.units[need.unit]!.tier <= tier))

/** Units of both authorities as far as they go together: the smaller share of the two. */
const leastShare: Measure = (pieces, { input, tasks }) => {
  const shares = [0, 1].map((authority) => {
    const isOf = (unit: number): boolean => input.units[unit]!.authority === authority
    const asked = tasks[0]!.candidates.needs.reduce((sum, place) => {
      const { unit, quantity } = input.needs[place]!
      return isOf(unit) ? sum + quantity : sum
    }, 0)
    return asked === 0 ? 1 : total(pieces, ({ need }) => Number(isOf(need.unit))) / asked
  })
  return Math.min(...shares)
}

describe('each plan is the best at what it is for, before lots and limits', () => {
  const cases: readonly (readonly [ObjectiveKey, string, Measure, number])[] = [
    ...[1, 2, 3, 4, 5].map((tier) => ['equity-first', `tiers to ${tier}`, ofFirstTiers(tier), 0] as const),
    // Pupils are counted in hundredths, shares in two hundredths.
    ['most-students', 'pupils reached', pupils, 1],
    ...[5, 15, 30, 45, 1000].map((days) => ['fastest', `within ${days} days`, arrivedBy(days), 0] as const),
    ['least-change', 'units that stay', kept, 0],
    ['even-authorities', 'the least served authority', leastShare, 1 / 200 + 1e-9],
  ]
  for (const [best, what, measure, tolerance] of cases) {
    it(`${best}: ${what}`, () => {
      let better = 0
      for (let seed = 1; seed <= 50; seed++) {
        const input = smallMatching(seed, { offers: 10, needs: 30 })
        const standing = input.needs.flatMap(({ id }, at) =>
          at % 2 === 0 ? [{ offerId: `offer-${at % 10}`, needId: id, quantity: 2 }] : [],
        )
        const matching = new Matching({ ...input, standing })
        const value = (objective: ObjectiveKey): number => {
          const plan = matching.solve({ objective })
          return measure(firstOptimum(plan), plan)
        }
        const most = value(best)
        for (const other of objectiveKeys) {
          const theirs = value(other)
          assert.ok(most >= theirs - tolerance, `seed ${seed}: ${other} has ${theirs}, not ${most}`)
          if (most > theirs + tolerance) better++
        }
      }
      // All units that can be served are served by every plan, unless others stand in the way.
      if (!['tiers to 5', 'within 1000 days'].includes(what)) assert.ok(better > 0, 'no plan is worse')
    })
  }
})

describe('the plan with the fewest partners', () => {
  it('has fewer needs with a second company than any other, and still serves large needs with several', () => {
    const several = new Map<ObjectiveKey, number>()
    for (let seed = 1; seed <= 40; seed++) {
      const matching = new Matching(smallMatching(seed, { offers: 14, needs: 30 }))
      for (const objective of objectiveKeys) {
        const pieces = piecesOf(matching.solve({ objective }))
        const partners = new Map<string, Set<number>>()
        for (const { need, offer } of pieces)
          partners.set(need.id, (partners.get(need.id) ?? new Set()).add(offer.partner))
        const count = [...partners.values()].filter(({ size }) => size > 1).length
        several.set(objective, (several.get(objective) ?? 0) + count)
      }
    }
    const fewest = several.get('fewest-partners') ?? 0
    for (const [objective, count] of several) {
      if (objective !== 'fewest-partners') assert.ok(fewest * 2 < count, `${objective}: ${count}, not ${fewest}`)
    }
    assert.ok(fewest > 0)
  })
})
