import assert from 'node:assert/strict'
import { companyFrom, companyKey, type NewCompany } from '../../../src/features/organisations/company.js'
import { RuleViolation } from '../../../src/shared/errors.js'

const given: NewCompany = {
  name: ' Mreža d.o.o. ',
  kind: 'telecom',
  place: 'Zenica',
  email: 'Skole@Mreza.example',
  website: 'https://mreza.example',
}

const refusedField = (company: NewCompany): string | undefined => {
  try {
    companyFrom(company)
    return undefined
  } catch (error) {
    assert.ok(error instanceof RuleViolation)
    return error.field
  }
}

describe('a company', () => {
  it('is taken with its words tidied', () => {
    assert.deepEqual(companyFrom(given), {
      name: 'Mreža d.o.o.',
      kind: 'telecom',
      place: 'Zenica',
      email: 'skole@mreza.example',
      website: 'https://mreza.example',
    })
    const { website: _none, ...without } = given
    assert.equal(companyFrom(without).website, null)
  })

  it('is refused with the field that is wrong', () => {
    assert.equal(refusedField({ ...given, name: ' ' }), 'name')
    assert.equal(refusedField({ ...given, name: 'x'.repeat(121) }), 'name')
    assert.equal(refusedField({ ...given, place: 'Ze\u0000nica' }), 'place')
    assert.equal(refusedField({ ...given, email: 'nobody' }), 'email')
    assert.equal(refusedField({ ...given, website: 'javascript:alert(1)' }), 'website')
    assert.equal(refusedField({ ...given, kind: 'bank' as 'other' }), 'kind')
  })

  it('is known by its words, not by how they are written', () => {
    assert.equal(companyKey('Mreža d.o.o.'), companyKey('МРЕЖА ДОО'))
    assert.notEqual(companyKey('Mreža'), companyKey('Mreže'))
  })
})
