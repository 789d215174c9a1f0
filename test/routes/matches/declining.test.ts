import { strict as assert } from 'node:assert'
import { Types } from 'mongoose'
import { createProposalStore } from '../../../src/features/matches/index.js'
import type { Actor } from '../../../src/shared/actor.js'
import { ConflictError, ForbiddenError, NotFoundError, RuleViolation } from '../../../src/shared/errors.js'
import { startApp, type TestApp } from '../../support/app.js'
import { storeNeed, storeOffer, storeProposal } from '../../support/stored-matches.js'

const coordinator: Actor = {
  id: new Types.ObjectId().toHexString(),
  name: 'Amra',
  role: 'coordinator',
  organisation: null,
  authorities: new Set(['USK']),
}

describe('Declining a match', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  async function scene() {
    const { connection } = test.database
    const [offerId, needId] = [await storeOffer(connection), await storeNeed(connection)]
    const [companyId, centralSchoolId] = [new Types.ObjectId(), new Types.ObjectId()]
    const id = await storeProposal(connection, { offerId, needId, companyId, centralSchoolId, quantity: 5 })
    const by = (role: 'company' | 'school', organisation: Types.ObjectId): Actor => ({
      id: new Types.ObjectId().toHexString(),
      name: 'Selma',
      role,
      organisation: String(organisation),
      authorities: new Set(),
    })
    const books = async () => {
      const offer = (await test.services.offerUnits.byIds([String(offerId)])).get(String(offerId))
      const need = (await test.services.needUnits.byIds([String(needId)])).get(String(needId))
      return { offer, need }
    }
    const company = by('company', companyId)
    return { id, offerId, needId, company, school: by('school', centralSchoolId), books }
  }

  const notNeeded = { cause: 'not-needed', words: '' } as const
  const soldOut = { cause: 'sold-out', words: 'The stock is gone.' } as const

  it('by a school frees what was reserved, is remembered as a refusal, and leaves the need its place', async () => {
    const { decisions } = test.services
    const { id, offerId, school, books } = await scene()
    await decisions.approve(coordinator, id)
    const before = await books()
    assert.deepEqual([before.offer?.reserved, before.need?.reserved], [5, 5])
    const declined = await decisions.decline(school, id, notNeeded)
    assert.equal(declined.state, 'declined')
    const { offer, need } = await books()
    assert.deepEqual([offer?.reserved, offer?.available, need?.reserved, need?.available], [0, 20, 0, 10])
    assert.deepEqual(
      need?.refusals.map((refusal) => refusal.offerId),
      [String(offerId)],
    )
    assert.equal(need.updatedAt.getTime(), before.need?.updatedAt.getTime())
    assert.equal((await test.services.audit.verify()).brokenAt, null)
  })

  it('by a company keeps the pair out of rounds as long as the terms stay, and refuses nothing in the school’s name', async () => {
    const { decisions, offerUnits, needUnits } = test.services
    const { id, offerId, needId, company, books } = await scene()
    await decisions.decline(company, id, soldOut)
    assert.deepEqual((await books()).need?.refusals, [])
    const store = createProposalStore(test.database.connection, () => new Date())
    const [offers, needs] = [await offerUnits.byIds([String(offerId)]), await needUnits.byIds([String(needId)])]
    const pair = { offerId: String(offerId), needId: String(needId) }
    assert.deepEqual(await store.rejected(['USK'], offers, needs), [pair])
    const more = new Map([...needs].map(([key, need]) => [key, { ...need, quantity: need.quantity + 1 }]))
    assert.deepEqual(await store.rejected(['USK'], offers, more), [])
  })

  it('against approving at the same moment: whoever is second wins nothing twice', async () => {
    for (let time = 0; time < 8; time++) {
      const { id, school, books } = await scene()
      const [approved, declined] = await Promise.allSettled([
        test.services.decisions.approve(coordinator, id),
        test.services.decisions.decline(school, id, notNeeded),
      ])
      assert.equal(declined.status, 'fulfilled')
      if (approved.status === 'rejected') assert.ok(approved.reason instanceof ConflictError)
      const { offer, need } = await books()
      assert.deepEqual([offer?.reserved, offer?.available, need?.reserved, need?.available], [0, 20, 0, 10])
    }
  })

  it('is for the two sides, once, with a cause of their own', async () => {
    const { decisions } = test.services
    const { id, company, school } = await scene()
    await assert.rejects(decisions.decline(coordinator, id, notNeeded), ForbiddenError)
    await assert.rejects(
      decisions.decline({ ...school, organisation: company.organisation }, id, notNeeded),
      NotFoundError,
    )
    await assert.rejects(decisions.decline(company, id, notNeeded), RuleViolation)
    await assert.rejects(decisions.decline(school, id, { cause: 'other', words: 'No.' }), RuleViolation)
    await decisions.decline(school, id, { cause: 'other', words: 'The roof is being repaired.' })
    await assert.rejects(decisions.decline(company, id, soldOut), ConflictError)
  })

  it('is done on a page that says what it does, by either side, and nobody else', async () => {
    const { id, school, company } = await scene()
    const selma = await test.signedIn('school', { organisation: school.organisation ?? '' })
    await selma.open(`/matches/${id}`)
    await selma.follow('Decline with a reason')
    assert.match(selma.text('main'), /your need keeps its place/)
    await selma.submit({ words: 'Later' }, 'Decline')
    assert.equal(selma.status, 422)
    assert.equal(selma.$('textarea').text().trim(), 'Later')
    assert.equal(selma.$(selma.$('.govuk-error-summary a').attr('href') ?? '').length, 1)
    await selma.submit({ cause: 'other', words: 'Later' }, 'Decline')
    assert.equal(selma.status, 422)
    await selma.submit({ cause: 'not-ready', words: 'Next year' }, 'Decline')
    assert.match(selma.text('.govuk-notification-banner'), /Declined: Laptops, new, 5 pieces: PŠ Vrtoče/)
    assert.match(
      selma.text('#history'),
      /declined by one side PŠ Vrtoče The school is not ready for it yet\. Next year/,
    )
    assert.equal((await selma.open(`/matches/${id}/decline`)).status, 409)

    const other = await scene()
    const mirza = await test.signedIn('company', { organisation: company.organisation ?? '' })
    assert.equal((await mirza.open(`/matches/${other.id}/decline`)).status, 404)
    for (const role of ['coordinator', 'national-coordinator', 'administrator'] as const) {
      const person = await test.signedIn(role, role === 'coordinator' ? { authorities: ['USK'] } : {})
      assert.equal((await person.open(`/matches/${other.id}/decline`)).status, 403, role)
    }
  })
})
