import { strict as assert } from 'node:assert'
import { costOfWish, firstPolicy, planKeys, planRound, type RoundInput } from '../../../src/features/planning/index.js'
import { roundInstance } from '../../support/instances.js'
import { aRoundNeed, aRoundOffer, aRoundSchool, aRound, firstPlan } from '../../support/round-builders.js'
import { withChoices } from '../../support/round-choices.js'

const summary = (facts: Partial<RoundInput>): string[] =>
  firstPlan(facts).proposals.map(({ offerId, needId, quantity }) => `${offerId} → ${needId}: ${quantity}`)

const here = aRoundSchool({ tier: 5 })
const there = aRoundSchool({ id: 'school-2', authority: 'TK', municipality: 'tuzla', tier: 1 })
const bothNeeds = [aRoundNeed(), aRoundNeed({ id: 'need-2', schoolId: 'school-2' })]
const bothSchools = { schools: [here, there], needs: bothNeeds }
const keepHere = (share: number) => aRoundOffer({ wish: { authorities: ['USK'], share } })

describe('the wish of a company', () => {
  it('keeps its share for the schools of some authorities, though others come first', () => {
    assert.deepEqual(summary(bothSchools), ['offer-1 → need-2: 10'])
    assert.deepEqual(summary({ ...bothSchools, offers: [keepHere(0.35)] }), [
      'offer-1 → need-1: 4',
      'offer-1 → need-2: 6',
    ])
  })

  it('keeps no unit too many for a share that binary numbers cannot hold', () => {
    const offers = [aRoundOffer({ quantity: 100, wish: { authorities: ['USK'], share: 0.07 } })]
    const needs = [aRoundNeed({ quantity: 100 }), aRoundNeed({ id: 'need-2', schoolId: 'school-2', quantity: 100 })]
    assert.deepEqual(summary({ ...bothSchools, needs, offers }), ['offer-1 → need-1: 7', 'offer-1 → need-2: 93'])
  })

  it('leaves unused what nobody of those authorities asks for, and tells the others why', () => {
    const facts = { schools: [there], needs: bothNeeds.slice(1), offers: [keepHere(1)] }
    const [unmatched] = firstPlan(facts).unmatched
    assert.deepEqual([unmatched?.reasonCode, unmatched?.rules], ['no-candidate', [{ rule: 'kept', removed: 1 }]])
    assert.deepEqual(summary({ ...facts, offers: [keepHere(0.5)] }), ['offer-1 → need-2: 5'])
  })

  it('keeps the maximum for one unit and the minimum lot beside it', () => {
    const needs = [...bothNeeds, aRoundNeed({ id: 'need-3', schoolId: 'school-2' })]
    const offer = { ...keepHere(0.5), quantity: 20, maxPerSchool: 8 }
    const given = new Map(
      firstPlan({ ...bothSchools, needs, offers: [offer] }).proposals.map((one) => [one.needId, one]),
    )
    assert.equal(given.get('need-1')?.quantity, 8)
    assert.equal((given.get('need-2')?.quantity ?? 0) + (given.get('need-3')?.quantity ?? 0), 8)
    assert.deepEqual(summary({ ...bothSchools, offers: [{ ...keepHere(0.5), minPerSchool: 6 }] }), [
      'offer-1 → need-1: 10',
    ])
  })

  it('has a cost, in worth, units, schools and pupils, found by solving without it', () => {
    const cost = costOfWish(aRound({ schools: [there], needs: bothNeeds.slice(1), offers: [keepHere(0.4)] }), 'offer-1')
    assert.deepEqual([cost.kept, cost.units, cost.schoolUnits, cost.students], [4, 4, 0, 12])
    assert.ok(cost.worth > 0)
    assert.deepEqual(
      cost.comparison.losses.map(({ schoolId, before, after }) => [schoolId, before, after]),
      [['school-2', 10, 6]],
    )
    const free = costOfWish(aRound({ schools: [here], offers: [keepHere(0.4)] }), 'offer-1')
    assert.deepEqual([free.worth, free.units, free.comparison.losses], [0, 0, []])
  })

  it('has no cost where there is no wish', () => {
    assert.throws(() => costOfWish(aRound(), 'offer-1'), RangeError)
    assert.throws(() => costOfWish(aRound({ offers: [keepHere(0.4)] }), 'offer-9'), RangeError)
  })
})

describe('what a school likes', () => {
  const offers = ['a', 'b', 'c'].map((id) => aRoundOffer({ id, companyId: `company-${id}` }))

  it('decides between offers that are as good', () => {
    assert.deepEqual(summary({ offers, needs: [aRoundNeed({ ranking: ['c', 'a'] })] }), ['c → need-1: 10'])
  })

  it('goes to the one who likes it most when two want it', () => {
    const schools = [aRoundSchool(), aRoundSchool({ id: 'school-2' })]
    const needs = [
      aRoundNeed({ ranking: ['a', 'b'] }),
      aRoundNeed({ id: 'need-2', schoolId: 'school-2', ranking: ['a'] }),
    ]
    assert.deepEqual(summary({ schools, needs, offers: offers.slice(0, 2) }), ['b → need-1: 10', 'a → need-2: 10'])
  })

  it('never outweighs the tier of another', () => {
    const schools = [aRoundSchool({ tier: 5 }), aRoundSchool({ id: 'school-2', tier: 4 })]
    const needs = [aRoundNeed({ ranking: ['a'] }), aRoundNeed({ id: 'need-2', schoolId: 'school-2' })]
    assert.deepEqual(summary({ schools, needs, offers: offers.slice(0, 1) }), ['a → need-2: 10'])
  })

  it('is never what it refused, by offer or by company, and is told so', () => {
    assert.deepEqual(summary({ offers, needs: [aRoundNeed({ refused: ['a', 'company-b'] })] }), ['c → need-1: 10'])
    const needs = [aRoundNeed({ refused: ['a', 'company-b', 'company-c'] })]
    const [unmatched] = firstPlan({ offers, needs }).unmatched
    assert.deepEqual([unmatched?.reasonCode, unmatched?.rules], ['no-candidate', [{ rule: 'refused', removed: 3 }]])
  })
})

describe('the memory of past rounds', () => {
  const policy = { ...firstPolicy, points: { ...firstPolicy.points, fairness: 30 } }
  const served = { USK: 0.2, TK: 0.8 }

  it('brings forward a school whose authority was served less, inside a rank', () => {
    const schools = [aRoundSchool({ authority: 'TK' }), aRoundSchool({ id: 'school-2', authority: 'USK' })]
    assert.deepEqual(summary({ schools, needs: bothNeeds, served, policy }), ['offer-1 → need-2: 10'])
    const other = { USK: 0.8, TK: 0.2 }
    assert.deepEqual(summary({ schools, needs: bothNeeds, served: other, policy }), ['offer-1 → need-1: 10'])
  })

  it('counts for nothing where the policy gives it no points, and never outweighs tier, urgency or deadline', () => {
    const of = (facts: Partial<RoundInput>): string[] => summary({ ...facts, served, policy })
    const schools = [aRoundSchool({ authority: 'TK' }), aRoundSchool({ id: 'school-2', authority: 'USK' })]
    const first = ['offer-1 → need-1: 10']
    assert.deepEqual(of({ schools: [{ ...schools[0]!, tier: 2 }, schools[1]!], needs: bothNeeds }), first)
    assert.deepEqual(of({ schools, needs: [{ ...bothNeeds[0]!, urgency: 3 }, bothNeeds[1]!] }), first)
    assert.deepEqual(of({ schools, needs: [{ ...bothNeeds[0]!, deadline: '2026-12-20' }, bothNeeds[1]!] }), first)
    const without = { schools, needs: bothNeeds }
    assert.deepEqual(summary({ ...without, served }), summary(without))
  })
})

describe('every plan of a round with wishes, rankings and refusals', () => {
  it('keeps all of them', () => {
    for (let seed = 1; seed <= 4; seed++) {
      const input = { ...withChoices(roundInstance(seed, { needs: 250, offers: 60 }), seed), plans: planKeys }
      const needs = new Map(input.needs.map((need) => [need.id, need]))
      const authorityOf = new Map(input.schools.map(({ id, authority }) => [id, authority]))
      for (const { proposals, figures } of planRound(input).plans) {
        assert.ok(figures.certified && figures.objective <= figures.bound)
        for (const offer of input.offers) {
          const given = proposals.filter(({ offerId }) => offerId === offer.id)
          for (const { needId } of given) {
            const { refused } = needs.get(needId)!
            assert.ok(!refused.includes(offer.id) && !refused.includes(offer.companyId))
          }
          const { wish, quantity } = offer
          if (wish === null) continue
          const outside = given.filter(({ schoolId }) => !wish.authorities.includes(authorityOf.get(schoolId)!))
          const units = outside.reduce((sum, one) => sum + one.quantity, 0)
          assert.ok(units <= quantity - Math.floor(wish.share * quantity), `${offer.id} gives away ${units}`)
        }
      }
    }
  })
})
