import assert from 'node:assert/strict'
import { openDatabase, type Database } from '../../src/db/connect.js'
import { createIndexes } from '../../src/db/indexes.js'
import { createOrganisationService, type OrganisationService } from '../../src/features/organisations/index.js'
import { ConflictError, NotFoundError, RuleViolation } from '../../src/shared/errors.js'
import { aCompany } from '../support/builders-register.js'

describe('companies', () => {
  const now = new Date('2026-11-24T08:00:00Z')
  let database: Database
  let organisations: OrganisationService

  before(async () => {
    database = await openDatabase({ directory: null })
    organisations = createOrganisationService(database.connection, () => now)
    await createIndexes(database.connection)
  })
  after(() => database.close())

  it('are kept and found again, by one id or several', async () => {
    const one = await organisations.createCompany(aCompany({ name: 'Žica d.o.o.' }))
    const other = await organisations.createCompany(aCompany({ name: 'Antena d.o.o.' }))
    assert.deepEqual(await organisations.company(one.id), one)
    assert.equal(one.createdAt.getTime(), now.getTime())
    const found = await organisations.companiesByIds([one.id, 'nobody', '0'.repeat(24)])
    assert.deepEqual([...found.values()], [one])
    assert.deepEqual(await organisations.companies(), [other, one])
  })

  it('have names of their own, whatever script they are written in', async () => {
    await organisations.createCompany(aCompany({ name: 'Mreža d.o.o.' }))
    await assert.rejects(organisations.createCompany(aCompany({ name: 'МРЕЖА ДОО' })), ConflictError)
  })

  it('are not stored wrong, and not made up', async () => {
    await assert.rejects(organisations.createCompany(aCompany({ email: 'x' })), RuleViolation)
    await assert.rejects(organisations.company('0'.repeat(24)), NotFoundError)
    await assert.rejects(organisations.company('what'), NotFoundError)
  })
})
