import { strict as assert } from 'node:assert'
import { startApp, type TestApp } from '../support/app.js'

describe('The mark of a demonstration', () => {
  let app: TestApp

  before(async () => {
    app = await startApp()
  })

  after(async () => {
    await app.close()
  })

  it('is set before the first record and after the last, and what was left half-made is made anew', async () => {
    const { demonstration, organisations } = app.services
    const company = { name: 'Vidra Telekom', kind: 'telecom', place: 'Sarajevo', email: 'v@spona.example' } as const
    assert.equal(await demonstration.state(), 'none')
    await demonstration.begin()
    await organisations.createCompany(company)
    assert.equal(await demonstration.state(), 'begun')
    await demonstration.begin()
    assert.deepEqual(await organisations.companies(), [])
    await organisations.createCompany(company)
    await demonstration.finish()
    assert.equal(await demonstration.state(), 'whole')
    assert.equal((await organisations.companies()).length, 1)
  })
})
