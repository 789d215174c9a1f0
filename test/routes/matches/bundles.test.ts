import { strict as assert } from 'node:assert'
import { Types } from 'mongoose'
import type { Actor } from '../../../src/shared/actor.js'
import { RuleViolation } from '../../../src/shared/errors.js'
import { startApp, type TestApp } from '../../support/app.js'
import { storeNeed, storeOffer, storeProposal } from '../../support/stored-matches.js'

const coordinator: Actor = {
  id: new Types.ObjectId().toHexString(),
  name: 'Amra',
  role: 'coordinator',
  organisation: null,
  authorities: new Set(['USK']),
}

const licences = { kind: 'SW-OS', offerKind: 'SW-OS', category: 'software' } as const

describe('A bundle: laptops before licences', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  /** One unit is given laptops by one company and licences for them by another. */
  async function scene(about: { readonly isShared?: boolean } = {}) {
    const { connection } = test.database
    const unit = { schoolId: new Types.ObjectId(), centralSchoolId: new Types.ObjectId() }
    const [offerId, needId] = [await storeOffer(connection), await storeNeed(connection)]
    const companyId = new Types.ObjectId()
    const first = await storeProposal(connection, { ...unit, offerId, needId, company: 'Sunce', ...about })
    const needsFirst = [{ offerId: String(offerId), needId: String(needId) }]
    const second = await storeProposal(connection, { ...unit, ...licences, companyId, needsFirst })
    return { first, second, companyId, unit }
  }

  it('is refused the wrong way round, in words that name what comes first, and approved the right way', async () => {
    const { decisions } = test.services
    const { first, second } = await scene()
    await assert.rejects(decisions.approve(coordinator, second), (error) => {
      assert.ok(error instanceof RuleViolation)
      assert.equal(error.words.key, 'matches.first.approve')
      return true
    })
    await decisions.approve(coordinator, first)
    assert.equal((await decisions.approve(coordinator, second)).state, 'approved')
  })

  it('is approved as a whole at once, whatever the order in which it was ticked', async () => {
    const { first, second } = await scene()
    const outcomes = await test.services.decisions.approveMany(coordinator, [second, first])
    assert.deepEqual(
      outcomes.map(({ id, refusal }) => [id, refusal]),
      [
        [first, null],
        [second, null],
      ],
    )
  })

  it('is linked on the page and in the queue; the refusal leads to what comes first', async () => {
    const { first, second } = await scene()
    const amra = await test.signedIn('coordinator', { authorities: ['USK'] })
    await amra.open('/matches')
    assert.match(amra.text('main'), /Needs first: Laptops, new, 5 pieces \(proposed\)/)
    assert.match(amra.text('main'), /Together with: .*, 5 licences \(proposed\)/)
    await amra.open(`/matches/${second}`)
    await amra.submit({}, 'Approve')
    assert.equal(amra.status, 422)
    assert.match(amra.errors.join(), /Approve first what this needs: computers or tablets comes with/)
    assert.equal(amra.$('.govuk-error-summary a').attr('href'), '#first')
    assert.equal(amra.$(`#first a[href="/matches/${first}"]`).length, 1)
  })

  it('waits and says so when what comes first is rejected', async () => {
    const { decisions } = test.services
    const { first, second } = await scene()
    await decisions.reject(coordinator, first, 'They are too old to be of use.')
    const amra = await test.signedIn('coordinator', { authorities: ['USK'] })
    await amra.open(`/matches/${second}`)
    assert.match(amra.text('#first'), /It waits: the unit first needs computers or tablets, and/)
    await amra.submit({}, 'Approve')
    assert.equal(amra.status, 422)
    assert.match(amra.errors.join(), /no longer in the plan/)
    await amra.open('/matches')
    assert.match(amra.text('main'), /is no longer in the plan: it waits for the next one/)
  })

  it('counts a new supplier of the same thing', async () => {
    const { decisions } = test.services
    const { first, second, unit } = await scene()
    await decisions.reject(coordinator, first, 'They are too old to be of use.')
    const other = await storeProposal(test.database.connection, {
      ...unit,
      kind: 'DEV-TABLET',
      offerKind: 'DEV-TABLET',
    })
    await assert.rejects(decisions.approve(coordinator, second), RuleViolation)
    await decisions.approve(coordinator, other)
    assert.equal((await decisions.approve(coordinator, second)).state, 'approved')
  })

  it('tells a company that something else comes too, and not from whom', async () => {
    const { first, second, companyId } = await scene()
    const mirza = await test.signedIn('company', { organisation: String(companyId) })
    await mirza.open(`/matches/${second}`)
    assert.match(mirza.text('#first'), /What it needs first .*proposed another company/)
    assert.doesNotMatch(mirza.text('#first'), /Sunce/)
    assert.equal(mirza.$(`a[href="/matches/${first}"]`).length, 0)
  })

  it('whose first part is shared waits for the nation with it, and follows it by itself', async () => {
    const { decisions, matches } = test.services
    const { connection } = test.database
    const { first, unit } = await scene({ isShared: true })
    const head = await matches.read(coordinator, first)
    const needsFirst = [{ offerId: head.offerId, needId: head.needId }]
    const second = await storeProposal(connection, { ...unit, ...licences, needsFirst, isShared: true })
    await assert.rejects(decisions.approve(coordinator, second), RuleViolation)
    const outcomes = await decisions.approveMany(coordinator, [second, first])
    assert.deepEqual(
      outcomes.map(({ match, refusal }) => [match?.state, refusal]),
      [
        ['proposed', null],
        ['proposed', null],
      ],
    )
    const nation: Actor = { ...coordinator, role: 'national-coordinator', authorities: new Set() }
    assert.equal((await decisions.share(nation, second)).state, 'proposed')
    assert.equal((await decisions.share(nation, first)).state, 'approved')
    assert.equal((await matches.read(coordinator, second)).state, 'approved')
  })
})
