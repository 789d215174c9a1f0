import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  equityFactors,
  equityIndex,
  equityPolicy,
  explainEquity,
  tierOf,
  unitHas,
  type SchoolFacts,
} from '../../../src/features/schools/index.js'
import { loadWords } from '../../../src/locales/words.js'
import { locales } from '../../../src/shared/locale.js'
import { aSchool } from '../../support/builders-register.js'

const unstated: Partial<SchoolFacts> = {
  latitude: null,
  longitude: null,
  schoolAreaType: null,
  numStudents: null,
  connectivityGovt: null,
  downloadSpeedContracted: null,
  electricityAvailability: null,
  numComputers: null,
  numTablets: null,
  numStudentsVulnerable: null,
  numStudentsWithDisabilities: null,
  specialEducation: null,
}

const worst = aSchool({
  parentSchoolIdGovt: 'OS-0',
  schoolAreaType: 'rural',
  latitude: 44.4,
  longitude: 16.5,
  connectivityGovt: false,
  downloadSpeedContracted: null,
  electricityAvailability: false,
  numComputers: 0,
  numTablets: 0,
  numStudents: 10,
  numStudentsVulnerable: 8,
  numStudentsWithDisabilities: 4,
})
const best = aSchool({
  numComputers: 100,
  numStudentsVulnerable: 0,
  numStudentsWithDisabilities: 0,
  latitude: 44.81472,
  longitude: 15.86917,
})

const valueOf = (name: string, facts: Partial<SchoolFacts>): number | null => {
  const factor = equityFactors(aSchool(facts)).find((one) => one.name === name)
  return factor?.isStated === true ? factor.value : null
}

describe('the equity index', () => {
  it('is 1 where everything is missing that counts, and 0 where nothing is', () => {
    assert.equal(equityIndex(worst), 1)
    assert.equal(equityIndex(best), 0)
  })

  it('has weights that sum to 1', () => {
    const sum = Object.values(equityPolicy.weights).reduce((total, weight) => total + weight, 0)
    assert.ok(Math.abs(sum - 1) < 1e-12)
  })

  it('counts a fact that is not stated as neither for nor against', () => {
    const { branch } = equityPolicy.weights
    assert.equal(equityIndex(aSchool(unstated)), Math.round((1 - branch) * 0.5 * 10_000) / 10_000)
    assert.ok(equityFactors(aSchool(unstated)).every(({ name, isStated }) => isStated === (name === 'branch')))
  })

  it('weighs no line most, a slow line less, and a line of the benchmark not at all', () => {
    assert.equal(valueOf('connectivity', { connectivityGovt: false, downloadSpeedContracted: 50 }), 1)
    assert.equal(valueOf('connectivity', { downloadSpeedContracted: 0 }), 0.6)
    assert.equal(valueOf('connectivity', { downloadSpeedContracted: 10 }), 0.3)
    assert.equal(valueOf('connectivity', { downloadSpeedContracted: 20 }), 0)
    assert.equal(valueOf('connectivity', { downloadSpeedContracted: null }), 0.3)
  })

  it('counts devices by the pupils who share them', () => {
    assert.equal(valueOf('devices', { numStudents: 100, numComputers: 8, numTablets: 2 }), 0.5)
    assert.equal(valueOf('devices', { numStudents: 100, numComputers: 50 }), 0)
    assert.equal(valueOf('devices', { numStudents: null, numComputers: 0 }), 1)
    assert.equal(valueOf('devices', { numStudents: null, numComputers: 5 }), null)
    assert.equal(valueOf('devices', { numStudents: 0, numComputers: 5 }), null)
  })

  it('takes special education as the full weight of its factor', () => {
    assert.equal(valueOf('disability', { specialEducation: true, numStudentsWithDisabilities: null }), 1)
    assert.equal(valueOf('disability', { numStudents: 100, numStudentsWithDisabilities: 10 }), 0.5)
  })

  it('knows half of remoteness when half is stated', () => {
    assert.equal(valueOf('remoteness', { schoolAreaType: 'rural', latitude: null }), 0.75)
    assert.equal(valueOf('remoteness', { schoolAreaType: null, municipality: '' }), null)
  })

  it('lies between 0 and 1 and rises when a line or the power goes', () => {
    const count = fc.option(fc.nat(2000))
    const facts = fc.record({
      numStudents: count,
      numComputers: count,
      numTablets: count,
      numStudentsVulnerable: count,
      numStudentsWithDisabilities: count,
      downloadSpeedContracted: count,
      latitude: fc.option(fc.double({ min: 42, max: 46, noNaN: true })),
      specialEducation: fc.option(fc.boolean()),
      connectivityGovt: fc.constant(true),
      electricityAvailability: fc.constant(true),
    })
    fc.assert(
      fc.property(facts, (stated) => {
        const index = equityIndex(aSchool(stated))
        assert.ok(index >= 0 && index <= 1)
        assert.ok(equityIndex(aSchool({ ...stated, connectivityGovt: false })) >= index)
        assert.ok(equityIndex(aSchool({ ...stated, electricityAvailability: false })) > index)
      }),
    )
  })
})

describe('the tier', () => {
  it('is 1 for the most marginalised and 5 for the least', () => {
    assert.equal(tierOf(equityIndex(worst)), 1)
    assert.equal(tierOf(equityIndex(best)), 5)
  })

  it('changes exactly at the published limits, each of which opens a tier', () => {
    equityPolicy.tierFrom.forEach((limit, at) => {
      assert.equal(tierOf(limit), at + 1)
      assert.equal(tierOf(limit - 0.0001), at + 2)
    })
  })
})

describe('the explanation of the index', () => {
  it('adds up to the index and begins with what adds most', () => {
    const factors = explainEquity(worst)
    const sum = factors.reduce((total, { adds }) => total + adds, 0)
    assert.ok(Math.abs(sum - equityIndex(worst)) < 0.0001)
    assert.equal(factors[0]?.name, 'connectivity')
  })

  it('is written in all five languages, whatever is stated', () => {
    const words = loadWords()
    for (const locale of locales) {
      const { t } = words(locale)
      for (const facts of [
        worst,
        best,
        aSchool(unstated),
        aSchool({ downloadSpeedContracted: 5, specialEducation: true, municipality: '' }),
      ]) {
        for (const factor of explainEquity(facts)) {
          assert.ok(t(factor.label).length > 0)
          assert.ok(!/\{\{|undefined/.test(t(factor.words)), t(factor.words))
        }
      }
    }
    const { t } = words('en')
    const devices = explainEquity(aSchool({ numComputers: 1, numStudents: 300 })).find(({ name }) => name === 'devices')
    assert.equal(t(devices?.words ?? ''), '1 computer or tablet; 300 pupils.')
  })
})

describe('what a unit has', () => {
  it('is held against it only where the register says no', () => {
    assert.deepEqual(unitHas(aSchool(unstated)), { electricity: true, connectivity: true, devices: true })
    assert.deepEqual(unitHas(worst), { electricity: false, connectivity: false, devices: false })
  })
})
