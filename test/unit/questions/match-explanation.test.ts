import { strict as assert } from 'node:assert'
import { solveRound } from '../../../src/features/planning/index.js'
import { demandOfOffer, demandSignals, explainMatch, planOutcome } from '../../../src/features/questions/index.js'
import { roundInstance } from '../../support/instances.js'
import { aRound, aRoundNeed, aRoundOffer, aRoundSchool } from '../../support/round-builders.js'

const pair = { offerId: 'offer-1', needId: 'need-1' }

describe('Why this school', () => {
  const schools = [
    aRoundSchool({ tier: 2 }),
    aRoundSchool({ id: 'school-2', name: 'OŠ Laktaši', authority: 'RS', tier: 4 }),
  ]
  const needs = [aRoundNeed({ quantity: 10 }), aRoundNeed({ id: 'need-2', schoolId: 'school-2', quantity: 7 })]
  const input = aRound({ schools, needs })

  it('says what speaks for the match, in figures', () => {
    const { factors, binding, quantity } = explainMatch(input, pair, planOutcome(input, null))
    assert.equal(quantity, 10)
    assert.equal(binding, 'need')
    assert.equal(factors.tier, 2)
    assert.deepEqual(factors.rivalsByTier, { before: 0, same: 0, after: 1 })
    assert.equal(factors.ranked, null)
  })

  it('says what would be without it: what the need gets instead, and who gains', () => {
    const offers = [
      aRoundOffer(),
      aRoundOffer({ id: 'offer-2', company: 'Una d.o.o.', companyId: 'company-2', quantity: 3 }),
    ]
    const more = aRound({ schools, needs, offers })
    const { without } = explainMatch(more, pair, planOutcome(more, null))
    assert.deepEqual(without.instead, [{ company: 'Una d.o.o.', units: 3 }])
    assert.equal(without.missing, 7)
    assert.deepEqual(without.others.rows, [{ authority: 'RS', tier: 4, gained: 4, lost: 0 }])
  })

  it('names what keeps the match from being larger', () => {
    const small = aRound({ offers: [aRoundOffer({ quantity: 4 })] })
    assert.equal(explainMatch(small, pair, planOutcome(small, null)).binding, 'offer')
    const capped = aRound({ offers: [aRoundOffer({ maxPerSchool: 4 })] })
    assert.equal(explainMatch(capped, pair, planOutcome(capped, null)).binding, 'maximum')
  })
})

describe('What an offer would do', () => {
  it('is the difference between the plan with it and the plan without it', () => {
    const input = roundInstance(4, { needs: 80, offers: 16 })
    for (const offer of input.offers.slice(0, 8)) {
      const effect = demandOfOffer(input, { ...offer, quantity: offer.quantity + 20 })
      const without = solveRound({ ...input, offers: input.offers.filter(({ id }) => id !== offer.id) })
      const sum = (pieces: typeof without): number => pieces.reduce((units, { quantity }) => units + quantity, 0)
      const changed = input.offers.map((one) => (one.id === offer.id ? { ...one, quantity: one.quantity + 20 } : one))
      const standing = solveRound({ ...input, offers: input.offers.filter(({ id }) => id !== offer.id) })
      const after = solveRound({ ...input, offers: changed, standing })
      assert.equal(effect.unlocked, sum(after) - sum(without))
      assert.equal(effect.used, sum(after.filter(({ offerId }) => offerId === offer.id)))
    }
  })

  it('counts no pupil twice, and of a need that gets a part that part', () => {
    const needs = [
      aRoundNeed({ quantity: 10, students: 100 }),
      aRoundNeed({ id: 'need-2', kind: 'DEV-LAPTOP', quantity: 10, students: 40 }),
    ]
    const { students, schoolUnits, unlocked } = demandOfOffer(
      aRound({ needs, offers: [] }),
      aRoundOffer({ quantity: 15 }),
    )
    assert.deepEqual([unlocked, schoolUnits], [15, 1])
    assert.ok(students === 100 || students === 50, String(students))
  })

  it('judges an offer that has not begun as on its first day', () => {
    const offer = aRoundOffer({ validFrom: '2027-02-01', leadDays: 10 })
    assert.equal(demandOfOffer(aRound({ offers: [] }), offer).used, 10)
    const needs = [aRoundNeed({ deadline: '2027-02-05' })]
    assert.equal(demandOfOffer(aRound({ offers: [], needs }), offer).used, 0)
  })
})

describe('What would help most', () => {
  it('is solved for the most wanted kinds and places, and says what units have to be like', () => {
    const needs = [aRoundNeed({ quantity: 12, students: 30, spec: { ramGb: 16 } })]
    const input = aRound({ needs, offers: [] })
    const { signals, solved } = demandSignals(input, planOutcome(input, null))
    assert.deepEqual(
      signals.map(({ authority, units, unlocked, students, spec }) => [authority, units, unlocked, students, spec]),
      [
        [null, 10, 10, 25, { ramGb: 16 }],
        ['USK', 10, 10, 25, { ramGb: 16 }],
      ],
    )
    assert.equal(solved, 3)
  })

  it('asks no more questions than it is told to', () => {
    const input = roundInstance(5, { needs: 200, offers: 20 })
    const { signals } = demandSignals(input, planOutcome(input, null), 7)
    assert.ok(signals.length > 0 && signals.length <= 7)
  })
})
