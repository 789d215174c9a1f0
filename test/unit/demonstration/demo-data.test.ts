import { strict as assert } from 'node:assert'
import { authorityCodes, municipalityOf } from '../../../src/features/authorities/index.js'
import { Chance } from '../../../src/features/demonstration/chance.js'
import { demoNeeds } from '../../../src/features/demonstration/demo-needs.js'
import { demoCompanies, demoOffers } from '../../../src/features/demonstration/demo-offers.js'
import { demoRegister } from '../../../src/features/demonstration/demo-register.js'
import totals from '../../../src/features/demonstration/demo-totals.json' with { type: 'json' }
import { kilometres } from '../../../src/features/schools/equity-index.js'
import { belongElsewhere } from '../../support/language-words.js'
import { listed } from '../../support/source-files.js'

const today = '2026-11-24'
const register = demoRegister(new Chance(1))
const facts = register.map((unit) => unit.facts)
const branches = facts.filter(({ parentSchoolIdGovt }) => parentSchoolIdGovt !== null)
const needs = demoNeeds(register, today, new Chance(2))
const offers = demoOffers(today)

describe('The made-up register', () => {
  it('has 241 units, spread over the twelve authorities as the totals say', () => {
    assert.equal(register.length, 241)
    for (const { code, demoUnits } of totals.authorities) {
      assert.equal(facts.filter(({ authority }) => authority === code).length, demoUnits, code)
    }
    assert.deepEqual(totals.authorities.map(({ code }) => code).sort(), [...authorityCodes].sort())
  })

  it('has about as many branches as there are, and they are the ones without internet', () => {
    const share = branches.length / facts.length
    assert.ok(share > 0.45 && share < 0.6, String(share))
    const offline = facts.filter(({ connectivityGovt }) => connectivityGovt === false)
    assert.ok(offline.length > 40 && offline.length < 90, String(offline.length))
    assert.ok(offline.every(({ parentSchoolIdGovt }) => parentSchoolIdGovt !== null))
    const pupils = branches.reduce((sum, { numStudents }) => sum + (numStudents ?? 0), 0) / branches.length
    assert.ok(pupils > 18 && pupils < 34, String(pupils))
  })

  it('gives every branch a central primary school of the same municipality', () => {
    const known = new Map(facts.map((unit) => [unit.schoolIdGovt, unit]))
    assert.equal(known.size, facts.length)
    for (const branch of branches) {
      const parent = known.get(branch.parentSchoolIdGovt ?? '')
      assert.equal(parent?.municipality, branch.municipality)
      assert.equal(parent.parentSchoolIdGovt, null)
      assert.equal(parent.level, 'primary')
    }
  })

  it('puts every unit near the seat of its municipality', () => {
    for (const { latitude, longitude, municipality } of facts) {
      const seat = municipalityOf(municipality)
      assert.ok(seat !== null && latitude !== null && longitude !== null)
      assert.ok(kilometres([latitude, longitude], [seat.latitude, seat.longitude]) < 20, municipality)
    }
  })

  it('counts people without contradiction', () => {
    for (const unit of facts) {
      const students = unit.numStudents ?? 0
      assert.ok(students >= 3 && (unit.numTeachers ?? 0) >= 1)
      assert.ok((unit.numStudentsVulnerable ?? 0) <= students && (unit.numStudentsWithDisabilities ?? 0) <= students)
      assert.ok((unit.teachersTrained ?? 0) <= (unit.numTeachers ?? 0))
    }
  })

  it('is the same whenever it is made', () => {
    assert.deepEqual(demoRegister(new Chance(1)), register)
    assert.deepEqual(demoNeeds(register, today, new Chance(2)), needs)
  })
})

describe('The made-up listings', () => {
  it('are 46 offers of 22 companies that are nobody, and 180 needs, in every state', () => {
    assert.equal(offers.length, 46)
    assert.equal(demoCompanies.length, 22)
    assert.deepEqual(
      [...new Set(offers.map(({ company }) => company))].sort((a, b) => a - b),
      [...demoCompanies.keys()],
    )
    assert.equal(needs.length, 180)
    assert.deepEqual([...new Set(offers.map(({ fate }) => fate))].sort(), [
      'draft',
      'expired',
      'open',
      'paused',
      'withdrawn',
    ])
    assert.deepEqual([...new Set(needs.map(({ fate }) => fate))].sort(), ['draft', 'open', 'paused', 'withdrawn'])
    for (const { email } of demoCompanies) assert.match(email, /\.example$/)
  })

  it('name no provider of the real partnerships that they are modelled on', () => {
    const real = /m:tel|bh telecom|eronet|telemach|microsoft|lanaco|qss|mikrofin|mi-bospo|unicef|unesco|telekom srbija/i
    assert.deepEqual(
      demoCompanies.filter(({ name }) => real.test(name)),
      [],
    )
  })

  it('are posted for units of their own schools, and ask for no more than there are people', () => {
    const known = new Map(facts.map((unit) => [unit.schoolIdGovt, unit]))
    for (const { unit, central, terms } of needs) {
      const asked = known.get(unit)
      assert.equal(asked?.parentSchoolIdGovt ?? unit, central)
      assert.ok(terms.beneficiaries.students <= (asked?.numStudents ?? 0))
      assert.ok(terms.quantity >= 1)
    }
  })

  it('end before today where they are meant to have expired, and after it otherwise', () => {
    for (const { fate, terms } of offers) assert.equal(terms.validTo < today, fate === 'expired', terms.title)
  })

  it('are written in the language that they say', () => {
    const texts = [
      ...offers.map(({ terms: { locale, title, description, conditions } }) => ({
        locale,
        text: `${title} ${description} ${conditions}`,
      })),
      ...needs.map(({ terms: { locale, reason } }) => ({ locale, text: reason })),
    ]
    const complaints = texts.flatMap(({ locale, text }) => {
      const isCyrillic = /\p{Script=Cyrillic}/u.test(text)
      if (isCyrillic !== (locale === 'sr-Cyrl')) return [`${locale}: ${text}`]
      const language = locale === 'hr' || locale === 'bs' ? locale : 'sr'
      return [...text.matchAll(belongElsewhere[language])].map(([found]) => `${locale}: “${found}” in “${text}”`)
    })
    assert.equal(complaints.length, 0, listed(complaints))
    assert.deepEqual([...new Set(texts.map(({ locale }) => locale))].sort(), ['bs', 'hr', 'sr-Cyrl', 'sr-Latn'])
  })
})
