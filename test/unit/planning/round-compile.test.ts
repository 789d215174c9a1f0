import { strict as assert } from 'node:assert'
import { satisfies } from '../../../src/features/catalogue/index.js'
import { solveMatching } from '../../../src/features/matching/index.js'
import { compileRound, type RoundInput } from '../../../src/features/planning/index.js'
import { roundInstance } from '../../support/instances.js'

/** All pairs, judged by the catalogue one by one; a lot that the offer itself cannot fill serves nobody. */
function pairsByCatalogue(
  input: RoundInput,
  has: (unit: string) => { electricity: boolean; connectivity: boolean; devices: boolean },
): string[] {
  const schoolOf = new Map(input.schools.map((school) => [school.id, school]))
  return input.needs.flatMap((need) => {
    const { authority, municipality, level } = schoolOf.get(need.schoolId)!
    const asked = { ...need, school: { authority, municipality, level, has: has(need.schoolId) } }
    return input.offers
      .filter((offer) => {
        const lot = offer.minPerSchool ?? 1
        const possible = lot <= Math.min(offer.quantity, offer.maxPerSchool ?? lot)
        return possible && satisfies(offer, asked, input.today).ok
      })
      .map((offer) => `${need.id} ${offer.id}`)
  })
}

function pairsOfEngine(input: RoundInput): string[] {
  const plan = solveMatching(compileRound(input))
  return plan.tasks.flatMap(({ candidates }) =>
    candidates.needs.flatMap((place, at) =>
      [...candidates.offer.slice(candidates.first[at], candidates.first[at + 1])].map(
        (offer) => `${plan.input.needs[place]!.id} ${plan.input.offers[offer]!.id}`,
      ),
    ),
  )
}

const all = { electricity: true, connectivity: true, devices: true }

describe('the compiled question of a round', () => {
  it('has exactly the pairs that the catalogue says are satisfied', () => {
    let found = 0
    for (let seed = 1; seed <= 12; seed++) {
      const drawn = roundInstance(seed, { needs: 150, offers: 120, particular: 0.7 })
      // Everybody has everything, so that no pair depends on what the plan itself gives.
      const input = { ...drawn, schools: drawn.schools.map((school) => ({ ...school, has: all })) }
      const expected = pairsByCatalogue(input, () => all).sort()
      assert.deepEqual(pairsOfEngine(input).sort(), expected, `seed ${seed}`)
      found += expected.length
    }
    assert.ok(found > 1000, `only ${found} pairs`)
  })

  it('has no pair for a unit that lacks what the kind requires and is not given it', () => {
    const drawn = roundInstance(5, { needs: 150, offers: 120 })
    const none = { electricity: false, connectivity: false, devices: false }
    const input = { ...drawn, schools: drawn.schools.map((school) => ({ ...school, has: none })) }
    // Without power a unit is given neither line nor devices, so nothing changes while the plan is made.
    assert.deepEqual(pairsOfEngine(input).sort(), pairsByCatalogue(input, () => none).sort())
  })

  it('serves nobody with an offer or a need of a kind that the catalogue does not know', () => {
    const input = roundInstance(3, { needs: 20, offers: 20 })
    const strange = { ...input, needs: input.needs.map((need) => ({ ...need, kind: 'DEV-ROCKET' })) }
    assert.deepEqual(pairsOfEngine(strange), [])
  })

  it('is refused when a need belongs to no school unit or the day is no date', () => {
    const input = roundInstance(3, { needs: 5, offers: 5 })
    assert.throws(() => compileRound({ ...input, schools: [] }), RangeError)
    assert.throws(() => compileRound({ ...input, today: 'tomorrow' }), RangeError)
  })
})
