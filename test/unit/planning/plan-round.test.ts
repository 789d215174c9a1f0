import { strict as assert } from 'node:assert'
import { planRound, type RoundInput, type RoundPlan, type RoundProgress } from '../../../src/features/planning/index.js'
import { roundInstance } from '../../support/instances.js'
import { aRound, firstPlan, aRoundNeed, aRoundOffer, aRoundSchool } from '../../support/round-builders.js'
import { SeededRandom } from '../../support/seeded-random.js'

const summary = ({ proposals }: Pick<RoundPlan, 'proposals'>): string[] =>
  proposals.map(({ offerId, needId, quantity }) => `${offerId} → ${needId}: ${quantity}`)

const reasonsOf = (facts: Partial<RoundInput>): string[] =>
  firstPlan(facts).unmatched.map(({ needId, reasonCode, reason }) => `${needId}: ${reasonCode}, ${reason.key}`)

const twoSchools = [aRoundSchool(), aRoundSchool({ id: 'school-2', tier: 2 })]
const twoNeeds = [aRoundNeed(), aRoundNeed({ id: 'need-2', schoolId: 'school-2' })]

describe('a round', () => {
  it('gives the more marginalised school everything before the other gets anything', () => {
    const result = firstPlan({ schools: twoSchools, needs: twoNeeds })
    assert.deepEqual(summary(result), ['offer-1 → need-2: 10'])
    assert.deepEqual(result.figures.tiers[1], { tier: 2, unitsNeeded: 10, unitsServed: 10, optimum: 10 })
  })

  it('gives a school the line and, because of it, what needs a line', () => {
    const offline = { electricity: true, connectivity: false, devices: true }
    const line = aRoundNeed({ id: 'line', kind: 'CONN-SAT', quantity: 1 })
    const platform = aRoundNeed({ id: 'platform', kind: 'SW-LMS', quantity: 1 })
    const offers = [
      aRoundOffer({ id: 'dish', kind: 'CONN-SAT', quantity: 1 }),
      aRoundOffer({ id: 'lms', kind: 'SW-LMS', quantity: 1 }),
    ]
    const schools = [aRoundSchool({ has: offline })]
    assert.deepEqual(summary(firstPlan({ schools, offers, needs: [line, platform] })), [
      'dish → line: 1',
      'lms → platform: 1',
    ])
    const without = firstPlan({ schools, offers: offers.slice(1), needs: [line, platform] })
    assert.deepEqual(without.proposals, [])
    assert.deepEqual(
      without.unmatched.map(({ needId, reasonCode }) => [needId, reasonCode]),
      [
        ['line', 'no-offer'],
        ['platform', 'prerequisite'],
      ],
    )
  })

  it('never proposes a pair that is excluded, and says so when nothing else is left', () => {
    const offers = [aRoundOffer({ id: 'a' }), aRoundOffer({ id: 'b' })]
    const exclusions = [{ offerId: 'a', needId: 'need-1' }]
    assert.deepEqual(summary(firstPlan({ offers, exclusions })), ['b → need-1: 10'])
    const [unmatched] = firstPlan({ offers: offers.slice(0, 1), exclusions }).unmatched
    assert.equal(unmatched?.reasonCode, 'no-candidate')
    assert.deepEqual(unmatched.rules, [{ rule: 'excluded', removed: 1 }])
  })

  it('keeps a proposal that already stands when another offer is as good', () => {
    const offers = [aRoundOffer({ id: 'a' }), aRoundOffer({ id: 'b' })]
    for (const offerId of ['a', 'b']) {
      const standing = [{ offerId, needId: 'need-1', quantity: 10 }]
      assert.deepEqual(summary(firstPlan({ offers, standing })), [`${offerId} → need-1: 10`])
    }
  })

  it('names the next best offers beside a proposal, with what is left of them', () => {
    const offers = ['a', 'b', 'c', 'd', 'e'].map((id) =>
      aRoundOffer({ id, company: `Company ${id}`, leadDays: id === 'c' ? 0 : 30 }),
    )
    const [proposal] = firstPlan({ offers }).proposals
    assert.equal(proposal?.offerId, 'c')
    assert.deepEqual(
      proposal.alternatives.map(({ offerId, left }) => [offerId, left]),
      [
        ['a', 10],
        ['b', 10],
        ['d', 10],
      ],
    )
  })

  it('leaves out offers and needs of which nothing is left', () => {
    const result = firstPlan({ needs: [aRoundNeed({ quantity: 0 })] })
    assert.deepEqual([result.proposals, result.unmatched], [[], []])
  })

  it('has the same plan, reasons and hash whatever the order of its rows, and another hash for another input', () => {
    const input = roundInstance(4, { needs: 120, offers: 60 })
    const random = new SeededRandom(9)
    const shuffled = {
      ...input,
      schools: random.shuffle(input.schools),
      offers: random.shuffle(input.offers),
      needs: random.shuffle(input.needs),
    }
    const [one, other] = [firstPlan(input), firstPlan(shuffled)]
    assert.deepEqual([one.proposals, one.unmatched, one.inputHash], [other.proposals, other.unmatched, other.inputHash])
    assert.notEqual(firstPlan({ ...input, today: '2026-12-02' }).inputHash, one.inputHash)
  })

  it('accounts for every unit: what is served and what is missing is what was asked', () => {
    const input = roundInstance(6, { needs: 300, offers: 80 })
    const { proposals, unmatched, figures } = firstPlan(input)
    const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
    const missing = sum(unmatched.map((need) => need.missing))
    assert.equal(sum(proposals.map(({ quantity }) => quantity)) + missing, figures.unitsNeeded)
    assert.equal(figures.unitsNeeded - missing, figures.unitsServed)
    assert.equal(sum(figures.tiers.map(({ unitsServed }) => unitsServed)), figures.unitsServed)
    const { one, two, three } = figures.partners
    assert.equal(one + two + three, new Set(proposals.map(({ needId }) => needId)).size)
    assert.ok(figures.certified && figures.objective <= figures.bound && figures.unitsServed > 0)
  })

  it('tells its progress, category by category', () => {
    const told: RoundProgress[] = []
    planRound(aRound(), (progress) => told.push(progress))
    assert.deepEqual(told, [
      { done: 1, total: 7, category: 'devices' },
      { done: 7, total: 7, category: 'finished' },
    ])
  })
})

describe('a need without a proposal is told', () => {
  it('that nobody offers it', () => {
    assert.deepEqual(reasonsOf({ offers: [] }), ['need-1: no-offer, rounds.why-not.no-offer'])
  })

  it('which rule removed how many offers', () => {
    const offers = [
      aRoundOffer({ id: 'elsewhere', territory: { scope: 'authorities', authorities: ['RS'] } }),
      aRoundOffer({ id: 'small', spec: { ramGb: 4 } }),
      aRoundOffer({ id: 'smaller', spec: { ramGb: 2 } }),
      aRoundOffer({ id: 'used', kind: 'DEV-USED', spec: { usedType: 'laptop', ramGb: 8 } }),
    ]
    const [unmatched] = firstPlan({ offers, needs: [aRoundNeed({ spec: { ramGb: 8 } })] }).unmatched
    assert.equal(unmatched?.reasonCode, 'no-candidate')
    assert.deepEqual(unmatched.rules, [
      { rule: 'territory', removed: 1 },
      { rule: 'refurbished', removed: 1 },
      { rule: 'specification', about: 'ramGb', removed: 2 },
    ])
  })

  it('what is missing first', () => {
    const schools = [aRoundSchool({ has: { electricity: false, connectivity: true, devices: true } })]
    assert.deepEqual(reasonsOf({ schools }), ['need-1: prerequisite, rounds.why-not.prerequisite'])
  })

  it('that others come first, what would have changed it, and, for coordinators, who holds the units', () => {
    const [outbid] = firstPlan({ schools: twoSchools, needs: twoNeeds }).unmatched
    assert.deepEqual(outbid?.reason, {
      key: 'rounds.why-not.outbid',
      values: { count: 1, change: { key: 'rounds.change.tier', values: { tier: { key: 'rounds.tier.1' } } } },
    })
    assert.deepEqual(outbid.holders, [{ offerId: 'offer-1', needId: 'need-2' }])
  })

  it('that others come first by urgency, and not that more urgency would have been enough, though it would', () => {
    const schools = [aRoundSchool(), aRoundSchool({ id: 'school-2' })]
    const needs = (urgency: 1 | 2 | 3) => [
      aRoundNeed({ urgency }),
      aRoundNeed({ id: 'need-2', schoolId: 'school-2', urgency: 2 }),
    ]
    const [told] = firstPlan({ schools, needs: needs(1) }).unmatched
    assert.deepEqual(told?.reason.values?.['change'], { key: 'rounds.change.order' })
    assert.deepEqual(summary(firstPlan({ schools, needs: needs(3) })), ['offer-1 → need-1: 10'])
  })

  it('that the maximum for one school is reached', () => {
    assert.deepEqual(reasonsOf({ offers: [aRoundOffer({ quantity: 99, maxPerSchool: 4 })] }), [
      'need-1: limits, rounds.why-not.maximum',
    ])
  })

  it('that what is left is too small a lot', () => {
    // The optimum is 8 for the first school and 2 for the other, but nobody delivers 2.
    const offers = [aRoundOffer({ minPerSchool: 5 })]
    const needs = [aRoundNeed({ quantity: 7 }), aRoundNeed({ id: 'need-2', schoolId: 'school-2', quantity: 8 })]
    const schools = [aRoundSchool({ id: 'school-1', tier: 5 }), aRoundSchool({ id: 'school-2', tier: 1 })]
    const extra = aRoundOffer({ id: 'offer-2', quantity: 5, minPerSchool: 5, maxPerSchool: 5 })
    assert.deepEqual(summary(firstPlan({ schools, needs, offers })), ['offer-1 → need-2: 8'])
    const { unmatched } = firstPlan({ schools, needs, offers: [...offers, extra] })
    assert.deepEqual(
      unmatched.map(({ needId, missing, reasonCode }) => [needId, missing, reasonCode]),
      [['need-1', 2, 'limits']],
    )
  })
})
