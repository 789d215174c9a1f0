import assert from 'node:assert/strict'
import { kinds } from '../../../src/features/catalogue/index.js'
import { startApp, type TestApp } from '../../support/app.js'

describe('the pages of the catalogue', () => {
  let test: TestApp
  before(async () => {
    test = await startApp()
  })
  after(() => test.close())

  it('name every kind to everybody, each with a page of its own', async () => {
    const reader = await test.browse().open('/catalogue')
    const links = reader
      .$('.spona-rows__title a')
      .map((_, link) => reader.$(link).attr('href'))
      .get()
    assert.deepEqual([...links].sort(), kinds.map(({ code }) => `/catalogue/${code}`).sort())
    for (const href of links) assert.equal((await reader.open(href)).status, 200, href)
  })

  it('say what an offer states and what a need may ask', async () => {
    const reader = await test.browse().open('/catalogue/DEV-LAPTOP')
    const memory = reader.text('tbody tr:first-child')
    assert.match(memory, /Memory.*RAM in GB.*1 to 256.*always.*if you like.*at least what is asked.*ramGb/)
  })

  it('are there in every language', async () => {
    for (const language of ['bs', 'hr', 'sr-Latn', 'sr-Cyrl']) {
      const reader = test.browse(language)
      assert.equal((await reader.open('/catalogue')).status, 200)
      for (const { code } of kinds) assert.equal((await reader.open(`/catalogue/${code}`)).status, 200)
    }
  })

  it('are not there for kinds of nothing', async () => {
    assert.equal((await test.browse().open('/catalogue/DEV-GOLD')).status, 404)
    assert.equal((await test.browse().open('/catalogue/constructor')).status, 404)
  })
})
