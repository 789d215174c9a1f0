import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { solveMatching, type MatchingInput } from '../../../src/features/matching/index.js'
import { compileRound } from '../../../src/features/planning/index.js'
import { createFlowOracle } from '../../support/flow-oracle.js'
import { assertSound, equipped, keepsHardRules, piecesOf } from '../../support/matching-checks.js'
import { roundInstance } from '../../support/instances.js'
import { smallMatching } from '../../support/matching-instances.js'
import { SeededRandom } from '../../support/seeded-random.js'

const anyMatching = fc
  .record({ seed: fc.integer(), offers: fc.integer({ min: 0, max: 12 }), needs: fc.integer({ min: 0, max: 25 }) })
  .map(({ seed, ...size }) => smallMatching(seed, size))

const inWords = (input: MatchingInput): string[] =>
  piecesOf(solveMatching(input)).map(({ offer, need, units }) => `${offer.id} ${need.id} ${units}`)

describe('a plan', () => {
  it('never gives more than there is, breaks a hard rule, a minimum lot or a limit, and proves its bound', () => {
    fc.assert(
      fc.property(anyMatching, (input) => {
        assertSound(solveMatching(input))
      }),
      { numRuns: 400 },
    )
  })

  it('is the same whatever the order of the rows', () => {
    fc.assert(
      fc.property(anyMatching, fc.integer(), (input, seed) => {
        const random = new SeededRandom(seed)
        const places = random.shuffle([...input.units.keys()])
        const shuffled: MatchingInput = {
          ...input,
          units: places.map((place) => input.units[place]!),
          offers: random.shuffle(input.offers),
          needs: random.shuffle(input.needs.map((need) => ({ ...need, unit: places.indexOf(need.unit) }))),
        }
        assert.deepEqual(inWords(shuffled), inWords(input))
      }),
      { numRuns: 200 },
    )
  })

  it('considers exactly the pairs that keep every hard rule, and accounts for every other offer of the kind', () => {
    fc.assert(
      fc.property(anyMatching, (input) => {
        const plan = solveMatching(input)
        for (const { task, candidates } of plan.tasks) {
          const has = equipped(plan, task.category)
          candidates.needs.forEach((place, at) => {
            const need = plan.input.needs[place]!
            const expected = [...plan.input.offers.keys()].filter((offer) =>
              keepsHardRules(plan.input, plan.input.offers[offer]!, need, has[need.unit]!),
            )
            const found = candidates.offer.slice(candidates.first[at], candidates.first[at + 1])
            assert.deepEqual(
              [...found].sort((one, other) => one - other),
              expected,
            )
            const removed = candidates.removed[at]!.reduce((sum, count) => sum + count, 0)
            assert.equal(removed + expected.length, candidates.considered[at])
          })
        }
      }),
      { numRuns: 200 },
    )
  })

  it('leaves nobody short beside a need of lower rank that holds what it could have', () => {
    let [short, limited] = [0, 0]
    for (let seed = 1; seed <= 8; seed++) {
      const plan = solveMatching(compileRound(roundInstance(seed, { needs: 600, offers: 60, fewKinds: true })))
      for (const { candidates, assignment, allotment } of plan.tasks) {
        const holders = [...allotment.units.keys()].filter((arc) => allotment.units[arc]! > 0)
        candidates.needs.forEach((_, need) => {
          if (allotment.missingOf(need) === 0) return
          short++
          for (let arc = candidates.first[need]!; arc < candidates.first[need + 1]!; arc++) {
            const { minPerUnit, maxPerUnit } = allotment.offerOf(arc)
            const partners = allotment.partnersOf(need)
            const room = Math.min(allotment.missingOf(need), maxPerUnit - allotment.lotOf(arc))
            if (room < 1 || (partners.size >= 3 && !partners.has(allotment.partnerOf(arc)))) continue
            limited++
            for (const holder of holders) {
              if (assignment.offerNode[holder] !== assignment.offerNode[arc]) continue
              if (assignment.ranks[assignment.needOf[holder]!]! >= assignment.ranks[need]!) continue
              const [piece, lot] = [allotment.units[holder]!, allotment.lotOf(holder)]
              if (assignment.lot[holder] === assignment.lot[arc]) continue
              const movable = piece === lot && piece <= room ? piece : Math.min(piece, room, lot - minPerUnit)
              const possible = movable > 0 && allotment.lotOf(arc) + movable >= minPerUnit
              assert.ok(!possible, `seed ${seed}: a lower need holds ${movable}`)
            }
          }
        })
      }
    }
    assert.ok(short > 800 && limited > 400, `${short} ${limited}`)
  })

  it('has the bound that HiGHS finds', async () => {
    const highs = await createFlowOracle()
    for (let seed = 1; seed <= 120; seed++) {
      const plan = solveMatching(smallMatching(seed, { offers: 10, needs: 24 }))
      const optimum = plan.tasks.reduce((sum, { assignment }) => sum - highs(assignment.problem).objective, 0)
      assert.equal(Number(plan.bound), Math.round(optimum), `seed ${seed}`)
    }
  })

  it('has the bound that HiGHS finds for 1,000 needs and 100 offers', async () => {
    const highs = await createFlowOracle()
    const plan = solveMatching(compileRound(roundInstance(1, { needs: 1000, offers: 100, fewKinds: true })))
    const optimum = plan.tasks.reduce((sum, { assignment }) => sum - highs(assignment.problem).objective, 0)
    // HiGHS reckons in doubles: worths of 15 digits agree to its tolerance.
    assert.ok(Math.abs(Number(plan.bound) / optimum - 1) < 1e-9)
    assertSound(plan)
    assert.ok(Number(plan.objective) / Number(plan.bound) > 0.99)
  })

  it('is empty where nothing is offered or nothing is needed', () => {
    for (const size of [
      { offers: 0, needs: 5 },
      { offers: 5, needs: 0 },
    ]) {
      assert.deepEqual(inWords(smallMatching(3, size)), [])
    }
  })
})
