import assert from 'node:assert/strict'
import { areaOf, authorities, authorityMeant, authorityOf, bodies } from '../../../src/features/authorities/index.js'
import { locales } from '../../../src/shared/locale.js'
import { toLatin } from '../../../src/shared/text.js'

describe('the authorities', () => {
  it('are sixteen, of which twelve decide', () => {
    assert.equal(bodies.length, 16)
    assert.equal(authorities.length, 12)
    assert.deepEqual(
      bodies.filter((body) => !body.deciding).map((body) => body.code),
      ['MCP', 'FMON', 'RS-MNTR', 'KS-MNVO'],
    )
  })

  it('have a name in every language, the same in both scripts of Serbian', () => {
    for (const body of bodies) {
      for (const locale of locales) assert.ok(body.names[locale], `${body.code} ${locale}`)
      assert.equal(toLatin(body.names['sr-Cyrl'] ?? ''), body.names['sr-Latn'])
    }
    for (const { area } of authorities) assert.equal(toLatin(area['sr-Cyrl'] ?? ''), area['sr-Latn'])
  })

  it('are meant by the code of the area or of the deciding body, however it is typed', () => {
    assert.equal(authorityMeant(' usk '), 'USK')
    assert.equal(authorityMeant('RS-MPK'), 'RS')
    assert.equal(authorityMeant('RS-MNTR'), null)
    assert.equal(authorityMeant('Sarajevo'), null)
    assert.equal(authorityOf('RS').body, 'RS-MPK')
  })

  it('are shown by the name of their area', () => {
    assert.deepEqual(areaOf('TK'), { names: authorityOf('TK').area })
    assert.equal(areaOf('XX'), 'XX')
  })
})
