import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  dimensionsFor,
  encodeValue,
  holds,
  kindCodes,
  kinds,
  rules,
  satisfies,
  servedKinds,
  type NeedTerms,
  type OfferTerms,
  type SchoolTerms,
} from '../../../src/features/catalogue/index.js'

const today = '2026-11-24'

const offer = (terms: Partial<OfferTerms> = {}): OfferTerms => ({
  kind: 'DEV-LAPTOP',
  spec: { ramGb: 8 },
  territory: { scope: 'national' },
  levels: [],
  validFrom: null,
  validTo: null,
  leadDays: null,
  minPerSchool: null,
  ...terms,
})

const school = (terms: Partial<SchoolTerms> = {}): SchoolTerms => ({
  authority: 'USK',
  municipality: 'bihac',
  level: 'primary',
  has: { electricity: true, connectivity: true, devices: true },
  ...terms,
})

const need = (terms: Partial<NeedTerms> = {}): NeedTerms => ({
  kind: 'DEV-LAPTOP',
  spec: {},
  quantity: 10,
  deadline: null,
  school: school(),
  ...terms,
})

/** The rules that fail, with what they are about. */
function failed(given: OfferTerms, asked: NeedTerms): readonly string[] {
  const verdict = satisfies(given, asked, today)
  return verdict.ok ? [] : verdict.failed.map(({ rule, about }) => (about === undefined ? rule : `${rule} ${about}`))
}

describe('an offer satisfies a need', () => {
  it('when nothing stands in the way', () => {
    assert.deepEqual(satisfies(offer(), need(), today), { ok: true })
  })

  it('only of its own kind', () => {
    assert.deepEqual(failed(offer(), need({ kind: 'DEV-TABLET' })), ['kind'])
    assert.deepEqual(failed(offer({ kind: 'MONEY' }), need()), ['kind'])
    assert.deepEqual(failed(offer({ kind: 'GOLD' }), need({ kind: 'GOLD' })), ['kind'])
  })

  it('with refurbished computers only where the school accepts them, and of the type it asks for', () => {
    const used = offer({ kind: 'DEV-USED', spec: { usedType: 'laptop', ramGb: 8 } })
    assert.deepEqual(failed(used, need()), ['refurbished'])
    assert.deepEqual(failed(used, need({ spec: { refurbished: false } })), ['refurbished'])
    assert.deepEqual(failed(used, need({ spec: { refurbished: true, ramGb: 8 } })), [])
    assert.deepEqual(failed(used, need({ kind: 'DEV-DESKTOP', spec: { refurbished: true } })), ['kind'])
    assert.deepEqual(failed(used, need({ spec: { refurbished: true, ramGb: 16 } })), ['specification ramGb'])
    assert.deepEqual(servedKinds(offer({ kind: 'DEV-USED', spec: {} })), [])
  })

  it('where it is valid', () => {
    assert.deepEqual(failed(offer({ territory: { scope: 'authorities', authorities: ['TK'] } }), need()), ['territory'])
    assert.deepEqual(failed(offer({ territory: { scope: 'municipalities', municipalities: ['bihac'] } }), need()), [])
  })

  it('for the level it is meant for, and for a school of both', () => {
    const secondary = offer({ levels: ['secondary'] })
    assert.deepEqual(failed(secondary, need()), ['level'])
    assert.deepEqual(failed(secondary, need({ school: school({ level: null }) })), [])
  })

  it('up to and including its last day', () => {
    assert.deepEqual(failed(offer({ validTo: '2026-11-23' }), need()), ['validity'])
    assert.deepEqual(failed(offer({ validTo: '2026-11-24' }), need()), [])
  })

  it('when it begins by the deadline, or has begun where there is none', () => {
    const later = offer({ validFrom: '2027-01-01' })
    assert.deepEqual(failed(later, need()), ['validity'])
    assert.deepEqual(failed(later, need({ deadline: '2027-01-01' })), [])
    assert.deepEqual(failed(later, need({ deadline: '2026-12-31' })), ['validity', 'lead-time'])
  })

  it('when it can be delivered by the deadline', () => {
    assert.deepEqual(failed(offer({ leadDays: 7 }), need({ deadline: '2026-12-01' })), [])
    assert.deepEqual(failed(offer({ leadDays: 8 }), need({ deadline: '2026-12-01' })), ['lead-time'])
    assert.deepEqual(failed(offer({ leadDays: 8, validFrom: '2026-12-01' }), need({ deadline: '2026-12-08' })), [
      'lead-time',
    ])
    assert.deepEqual(failed(offer({ leadDays: 400 }), need()), [])
  })

  it('when its minimum lot is not more than the need', () => {
    assert.deepEqual(failed(offer({ minPerSchool: 10 }), need()), [])
    assert.deepEqual(failed(offer({ minPerSchool: 11 }), need()), ['minimum-lot'])
  })

  it('when the unit has what the thing stands on', () => {
    const dark = school({ has: { electricity: false, connectivity: false, devices: false } })
    assert.deepEqual(failed(offer(), need({ school: dark })), ['prerequisite electricity'])
    const course = offer({ kind: 'TRAIN-DIGI', spec: { hours: 10, mode: ['online'] } })
    const lit = school({ has: { electricity: true, connectivity: false, devices: false } })
    assert.deepEqual(failed(course, need({ kind: 'TRAIN-DIGI', school: lit })), ['prerequisite devices'])
  })

  it('by every property that the need states, and by no other', () => {
    const course = offer({
      kind: 'TRAIN-DIGI',
      spec: { hours: 16, mode: ['online', 'blended'], digCompEdu: ['1', '2'] },
    })
    const asks = (spec: NeedTerms['spec']) => failed(course, need({ kind: 'TRAIN-DIGI', spec }))
    assert.deepEqual(asks({}), [])
    assert.deepEqual(asks({ hours: 16, mode: ['in-person', 'blended'], digCompEdu: ['2'], certificate: false }), [])
    assert.deepEqual(asks({ hours: 17, mode: ['in-person'], digCompEdu: ['2', '3'], certificate: true }), [
      'specification hours',
      'specification mode',
      'specification digCompEdu',
      'specification certificate',
    ])
  })

  it('never by a promise that it did not make', () => {
    assert.deepEqual(failed(offer({ spec: {} }), need({ spec: { ramGb: 4, os: ['linux'] } })), [
      'specification ramGb',
      'specification os',
    ])
    const content = offer({ kind: 'SW-CONTENT', spec: { language: ['bs'], gradeFrom: 5 } })
    assert.deepEqual(failed(content, need({ kind: 'SW-CONTENT', spec: { gradeFrom: 5, gradeTo: 9 } })), [
      'specification gradeTo',
    ])
    assert.deepEqual(failed(content, need({ kind: 'SW-CONTENT', spec: { gradeFrom: 4 } })), ['specification gradeFrom'])
  })

  it('is answered with every rule that failed, each with words', () => {
    const verdict = satisfies(offer({ spec: { ramGb: 8 }, minPerSchool: 50 }), need({ spec: { ramGb: 16 } }), today)
    assert.ok(!verdict.ok)
    assert.deepEqual(
      verdict.failed.map(({ words }) => words.key),
      ['catalogue.failed.minimum-lot', 'catalogue.failed.at-least'],
    )
  })
})

describe('satisfies, whatever it is given', () => {
  const anything = fc.anything()
  const spec = fc.dictionary(
    fc.constantFrom(...new Set(kinds.flatMap((kind) => kind.dimensions.map(({ name }) => name)))),
    anything,
  )
  const date = fc.option(fc.oneof(fc.string(), fc.constant('2026-02-30'), fc.constant('2027-01-01')))
  const kind = fc.oneof(fc.string(), fc.constantFrom(...kindCodes))

  it('answers and never throws', () => {
    const has = fc.record({ electricity: fc.boolean(), connectivity: fc.boolean(), devices: fc.boolean() })
    const days = fc.option(fc.oneof(fc.integer(), fc.constant(Number.NaN)))
    fc.assert(
      fc.property(
        kind,
        kind,
        fc.boolean(),
        spec,
        spec,
        date,
        date,
        days,
        has,
        fc.string(),
        (a, b, same, given, asked, from, by, lead, facts, now) => {
          const verdict = satisfies(
            offer({ kind: a, spec: given, validFrom: from, validTo: by, leadDays: lead, minPerSchool: lead }),
            need({ kind: same ? a : b, spec: asked, deadline: by, school: school({ has: facts }) }),
            now,
          )
          if (!verdict.ok)
            assert.ok(verdict.failed.length > 0 && verdict.failed.every(({ rule }) => rules.includes(rule)))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('compares a property by two numbers only', () => {
    for (const one of kinds.filter(({ sides }) => sides.includes('need'))) {
      for (const dimension of dimensionsFor(one.code, 'need')) {
        assert.ok(holds(dimension.rule, null, null), 'nothing asked, nothing promised')
        assert.ok(holds(dimension.rule, encodeValue(dimension, 'what'), encodeValue(dimension, {})), dimension.name)
      }
    }
  })
})
