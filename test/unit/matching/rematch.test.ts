import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { Rematch, solveMatching, type MatchingInput, type MatchingPlan } from '../../../src/features/matching/index.js'
import { assertSound, piecesOf } from '../../support/matching-checks.js'
import { smallMatching } from '../../support/matching-instances.js'
import { SeededRandom } from '../../support/seeded-random.js'

const anyMatching = fc
  .record({ seed: fc.integer(), offers: fc.integer({ min: 0, max: 12 }), needs: fc.integer({ min: 0, max: 25 }) })
  .map(({ seed, ...size }) => smallMatching(seed, size))

/** The same question with some needs and offers gone, new, larger or smaller, and other wishes. */
function changed(input: MatchingInput, seed: number): MatchingInput {
  const random = new SeededRandom(seed)
  const fresh = smallMatching(seed, { offers: 4, needs: 6 })
  const vary = <Item extends { readonly quantity: number }>(items: readonly Item[]): Item[] =>
    items
      .filter(() => random.chance(0.9))
      .map((item) => (random.chance(0.2) ? { ...item, quantity: random.between(1, 15) } : item))
  return {
    ...input,
    offers: [
      ...vary(input.offers).map((offer) =>
        random.chance(0.1) ? { ...offer, maxPerUnit: random.between(3, 9) } : offer,
      ),
      ...fresh.offers.slice(0, random.between(0, 3)).map((offer) => ({ ...offer, id: `${offer.id}-${seed}` })),
    ],
    needs: [
      ...vary(input.needs).map((need) => (random.chance(0.05) ? { ...need, urgency: random.between(1, 3) } : need)),
      ...(input.units.length === 0 ? [] : fresh.needs.slice(0, random.between(0, 4))).map((need) => ({
        ...need,
        id: `${need.id}-${seed}`,
        unit: random.between(0, input.units.length - 1),
      })),
    ],
  }
}

/** Every pair that keeps the hard rules, and how many offers each rule removed, whatever the order. */
const candidatesIn = ({ input, tasks }: MatchingPlan) =>
  tasks.map(({ candidates: { needs, first, offer, points, removed, considered, lacking } }) =>
    needs.map((need, at) => ({
      need: input.needs[need]!.id,
      offers: [...offer.slice(first[at], first[at + 1])]
        .map((place, arc) => `${input.offers[place]!.id} ${points[first[at]! + arc]!}`)
        .sort(),
      facts: [[...removed[at]!], considered[at], lacking[at]],
    })),
  )

describe('a matching that goes on', () => {
  it('keeps every rule and proves the bound that a matching from nothing proves, change after change', () => {
    fc.assert(
      fc.property(anyMatching, fc.array(fc.integer(), { minLength: 1, maxLength: 5 }), (input, seeds) => {
        const rematch = new Rematch()
        const first = rematch.plan(input)
        assert.deepEqual(piecesOf(first), piecesOf(solveMatching(input)))
        let question = input
        for (const seed of seeds) {
          question = changed(question, seed)
          const plan = rematch.plan(question)
          assertSound(plan)
          assertSameQuestion(plan, solveMatching(question))
        }
      }),
      { numRuns: 120 },
    )
  })

  /** What units have, and so what later categories are asked, depends on the plan: compared as far as that is the same. */
  function assertSameQuestion(warm: MatchingPlan, cold: MatchingPlan): void {
    const [warmCandidates, coldCandidates] = [candidatesIn(warm), candidatesIn(cold)]
    const lacking = ({ tasks }: MatchingPlan) => tasks.map(({ candidates }) => [...candidates.lacking])
    const [warmLacks, coldLacks] = [lacking(warm), lacking(cold)]
    warm.tasks.forEach((task, at) => {
      if (JSON.stringify(warmLacks[at]) !== JSON.stringify(coldLacks[at])) return
      assert.deepEqual(warmCandidates[at], coldCandidates[at])
      const sumOf = (served: Int32Array, weigh: (need: number) => number) =>
        served.reduce((sum, units, need) => sum + units * weigh(need), 0)
      const rank = (need: number): number => task.assignment.ranks[need]!
      assert.equal(sumOf(task.optimum, rank), sumOf(cold.tasks[at]!.optimum, rank))
    })
    if (JSON.stringify(warmLacks) === JSON.stringify(coldLacks)) assert.equal(warm.bound, cold.bound)
  }

  it('changes nothing where nothing has changed', () => {
    for (let seed = 0; seed < 30; seed++) {
      const input = smallMatching(seed, { offers: 12, needs: 30 })
      const rematch = new Rematch()
      const before = rematch.plan(input)
      assert.deepEqual(piecesOf(rematch.plan(structuredClone(input))), piecesOf(before))
    }
  })

  it('starts from nothing on another day', () => {
    const input = smallMatching(3, { offers: 12, needs: 30 })
    const rematch = new Rematch()
    rematch.plan(input)
    const later = { ...input, today: input.today + 40 }
    assert.deepEqual(piecesOf(rematch.plan(later)), piecesOf(solveMatching(later)))
  })

  it('gives the reasons of the plan that it made', () => {
    for (let seed = 0; seed < 30; seed++) {
      const input = smallMatching(seed, { offers: 8, needs: 40 })
      const rematch = new Rematch()
      rematch.plan(input)
      const { tasks } = rematch.plan(input)
      const reasons = solveMatching(input).tasks.map(({ shortfalls }) => shortfalls.map(({ threshold }) => threshold))
      assert.deepEqual(
        tasks.map(({ shortfalls }) => shortfalls.map(({ threshold }) => threshold)),
        reasons,
      )
    }
  })
})
