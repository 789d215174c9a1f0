import assert from 'node:assert/strict'
import {
  authorities,
  municipalities,
  municipalitiesOf,
  municipalityNamed,
  municipalityOf,
  type AuthorityCode,
} from '../../../src/features/authorities/index.js'
import { toLatin } from '../../../src/shared/text.js'

const named = (text: string, authority?: AuthorityCode): string | readonly string[] => {
  const found = municipalityNamed(text, authority)
  return found.ok ? found.municipality.slug : found.candidates.map(({ slug }) => slug)
}

describe('the municipalities', () => {
  it('are 143 with the people of the census of 2013', () => {
    assert.equal(new Set(municipalities.map(({ slug }) => slug)).size, 143)
    assert.equal(
      municipalities.reduce((sum, { population2013 }) => sum + population2013, 0),
      3_531_159,
    )
    assert.equal(
      authorities.reduce((sum, { code }) => sum + municipalitiesOf(code).length, 0),
      143,
    )
  })

  it('lie in the country, each marker within walking or driving distance of its seat', () => {
    for (const one of municipalities) {
      assert.ok(one.latitude > 42.5 && one.latitude < 45.3 && one.longitude > 15.7 && one.longitude < 19.7, one.slug)
      const north = (one.latitude - one.labelLatitude) * 111
      const east = (one.longitude - one.labelLongitude) * 80
      assert.ok(Math.hypot(north, east) < 25, `${one.slug}: ${Math.hypot(north, east)} km`)
    }
  })

  it('have one name in two scripts', () => {
    for (const one of municipalities) assert.equal(toLatin(one.nameCyrillic), one.name, one.slug)
  })

  it('are found by slug', () => {
    assert.equal(municipalityOf('banja-luka')?.name, 'Banja Luka')
    assert.equal(municipalityOf('nowhere'), null)
    assert.equal(named('foca'), 'foca')
  })

  it('are found by a name in either script, with or without marks', () => {
    assert.equal(named('Široki Brijeg'), 'siroki-brijeg')
    assert.equal(named('Бања Лука'), 'banja-luka')
    assert.equal(named('gorazde'), 'gorazde')
  })

  it('are not guessed where several have the name', () => {
    assert.deepEqual(named('Trnovo'), ['trnovo-ks', 'trnovo-rs'])
    assert.deepEqual(named('Kupres'), ['kupres', 'kupres-rs'])
    assert.deepEqual(named('Atlantis'), [])
  })

  it('are told apart by their authority', () => {
    assert.equal(named('Trnovo', 'KS'), 'trnovo-ks')
    assert.equal(named('Kupres', 'RS'), 'kupres-rs')
    assert.deepEqual(named('Foča', 'BPK'), [])
    assert.equal(named('kupres', 'K10'), 'kupres')
  })
})
