import { strict as assert } from 'node:assert'
import {
  comparePlans,
  firstPolicy,
  replay,
  type Policy,
  type RoundProposal,
} from '../../../src/features/planning/index.js'
import { factorNames, tierOnScale, type Factors } from '../../../src/shared/equity-scale.js'
import { aRound, aRoundNeed, aRoundOffer, aRoundSchool, firstPlan } from '../../support/round-builders.js'
import { roundInstance } from '../../support/instances.js'

const all = (value: number, others: Partial<Factors> = {}): Factors => ({
  ...(Object.fromEntries(factorNames.map((name) => [name, value])) as unknown as Factors),
  ...others,
})

/** Without light, but with everything else; and the other way round. */
const dark = aRoundSchool({
  id: 'dark',
  name: 'Bez struje',
  tier: 5,
  equityIndex: 0.1,
  factors: all(0, { electricity: 1 }),
})
const poor = aRoundSchool({
  ...{ id: 'poor', name: 'Bez interneta', isBranch: true, authority: 'RS', municipality: 'laktasi' },
  ...{ tier: 1, equityIndex: 0.9, factors: all(1, { electricity: 0 }) },
})
const scene = aRound({
  schools: [dark, poor],
  offers: [aRoundOffer({ quantity: 10 })],
  needs: [
    aRoundNeed({ id: 'of-dark', schoolId: 'dark', quantity: 8 }),
    aRoundNeed({ id: 'of-poor', schoolId: 'poor', quantity: 6 }),
  ],
})

const onlyElectricity: Policy = {
  ...firstPolicy,
  version: 2,
  equity: { weights: all(0, { electricity: 1 }), tierFrom: [0.8, 0.6, 0.4, 0.2] },
}

describe('A replay', () => {
  it('shows who gains and who loses under other weights, in the tiers that the round had', () => {
    const { before, after, comparison } = replay(scene, onlyElectricity)
    assert.deepEqual([before.unitsServed, after.unitsServed], [10, 10])
    assert.deepEqual([comparison.gaining, comparison.losing, comparison.unchanged], [1, 1, 0])
    assert.deepEqual(
      comparison.gains.map(({ name, before: was, after: is, tier }) => [name, was, is, tier]),
      [['Bez struje', 4, 8, 5]],
    )
    assert.deepEqual(
      comparison.losses.map(({ name, before: was, after: is, isBranch }) => [name, was, is, isBranch]),
      [['Bez interneta', 6, 2, true]],
    )
    const rows = new Map(comparison.groups.map(({ by, rows: found }) => [by, found]))
    assert.deepEqual(rows.get('tier')?.[0], { key: '1', asked: 6, before: 6, after: 2 })
    assert.deepEqual(rows.get('tier')?.[4], { key: '5', asked: 8, before: 4, after: 8 })
    assert.deepEqual(rows.get('authority'), [
      { key: 'RS', asked: 6, before: 6, after: 2 },
      { key: 'USK', asked: 8, before: 4, after: 8 },
    ])
    assert.deepEqual(rows.get('place'), [
      { key: 'branch', asked: 6, before: 6, after: 2 },
      { key: 'central', asked: 8, before: 4, after: 8 },
    ])
    assert.deepEqual(comparison.pairs, { kept: 2, gone: 0, fresh: 0 })
  })

  it('under the same policy changes nothing', () => {
    const drawn = roundInstance(7, { needs: 200, offers: 30 })
    const schools = drawn.schools.map((school) => ({ ...school, factors: all(school.equityIndex) }))
    const round = {
      ...drawn,
      schools: schools.map((one) => ({ ...one, tier: tierOnScale(one.equityIndex, firstPolicy.equity) })),
    }
    const { before, after, comparison } = replay(round, round.policy)
    assert.equal(comparison.gaining + comparison.losing + comparison.pairs.gone + comparison.pairs.fresh, 0)
    assert.equal(after.unitsServed, before.unitsServed)
    for (const { by, rows } of comparison.groups) {
      const sum = (name: 'asked' | 'before' | 'after'): number => rows.reduce((total, row) => total + row[name], 0)
      assert.deepEqual(
        [sum('asked'), sum('before'), sum('after')],
        [before.unitsNeeded, before.unitsServed, after.unitsServed],
        by,
      )
    }
  })

  it('leaves a unit whose factors are not known in its tier', () => {
    const unknown = { ...dark, factors: null, equityIndex: 0.3, tier: 4 as const }
    const { after } = replay({ ...scene, schools: [unknown, poor] }, onlyElectricity)
    assert.deepEqual(
      after.tiers.map(({ unitsNeeded }) => unitsNeeded),
      [0, 0, 0, 8, 6],
    )
  })

  it('of a policy that looks back is told what that policy remembers', () => {
    const schools = ['USK', 'RS'].map((authority) => aRoundSchool({ id: authority, name: authority, authority }))
    const needs = schools.map(({ id }) => aRoundNeed({ id: `of-${id}`, schoolId: id, quantity: 10 }))
    const round = aRound({ schools, needs, offers: [aRoundOffer({ quantity: 10 })] })
    const fair = { ...firstPolicy, points: { ...firstPolicy.points, fairness: 100 } }
    for (const [behind, ahead] of [
      ['USK', 'RS'],
      ['RS', 'USK'],
    ] as const) {
      const { after } = replay(round, fair, { [behind]: 0.1, [ahead]: 0.9 })
      assert.deepEqual(
        after.authorities.map(({ authority, unitsServed }) => [authority, unitsServed]).sort(),
        [
          [behind, 10],
          [ahead, 0],
        ].sort(),
      )
    }
  })
})

describe('Two plans', () => {
  it('are compared by pairs and by what each unit gets of all of them', () => {
    const { proposals } = firstPlan(scene)
    const moved: readonly RoundProposal[] = proposals.map((one) => ({ ...one, offerId: 'another' }))
    const comparison = comparePlans(scene, { proposals }, { proposals: moved })
    assert.deepEqual(comparison.pairs, { kept: 0, gone: 2, fresh: 2 })
    assert.deepEqual([comparison.gaining, comparison.losing, comparison.unchanged], [0, 0, 2])
  })

  it('name at most fifty units each way, the most changed first', () => {
    const schools = Array.from({ length: 60 }, (_, at) => aRoundSchool({ id: `s${at}`, name: `Škola ${at}` }))
    const needs = schools.map(({ id }, at) => aRoundNeed({ id: `n${at}`, schoolId: id, quantity: at + 1 }))
    const given = firstPlan({ schools, needs, offers: [aRoundOffer({ quantity: 5000 })] })
    const comparison = comparePlans(aRound({ schools, needs }), { proposals: [] }, given)
    assert.equal(comparison.gaining, 60)
    assert.equal(comparison.gains.length, 50)
    assert.deepEqual(
      comparison.gains.slice(0, 2).map(({ after }) => after),
      [60, 59],
    )
    assert.equal(comparison.losses.length, 0)
  })
})
