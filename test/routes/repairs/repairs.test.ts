import { strict as assert } from 'node:assert'
import { offerModel } from '../../../src/features/offers/index.js'
import type { Actor } from '../../../src/shared/actor.js'
import { startApp, type TestApp } from '../../support/app.js'
import {
  aCoordinator,
  registerSchool,
  runRoundNow,
  storeNeedOf,
  storeOfferOfCompany,
} from '../../support/round-scene.js'

describe('A repair', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  /** Two offers that fit; the need stands on one of them after a round. */
  const scene = async () => {
    const { services, database } = test
    const unit = await registerSchool(services, { name: 'OŠ Bihać' })
    const offers = [
      await storeOfferOfCompany(test, { quantity: 10, territory: { scope: 'national' } }),
      await storeOfferOfCompany(test, { quantity: 10, territory: { scope: 'national' } }),
    ]
    const need = await storeNeedOf(test, unit, { quantity: 5 })
    await runRoundNow(services)
    const [standing] = await proposals()
    assert.ok(standing !== undefined)
    const stored = await offerModel(database.connection).findById(standing.offerId).lean()
    const company: Actor = {
      ...aCoordinator(),
      role: 'company',
      organisation: String(stored?.companyId),
      authorities: new Set(),
    }
    return { standing, company, need, other: offers.find((id) => id !== standing.offerId) ?? '' }
  }
  const proposals = async (state: 'proposed' | 'superseded' = 'proposed') =>
    (await test.services.matches.list(aCoordinator(), { state })).items
  /** Plans what waits, as the jobs do. */
  const planned = async () => {
    const { repairs, rounds, roundRunner } = test.services
    await repairs.perform('USK')
    for (const { id } of await rounds.active(['USK'])) await roundRunner.perform(id)
    return (await repairs.readyFor(aCoordinator()))[0]
  }

  it('is proposed when an offer is withdrawn, changes nothing by itself, and is published when it is accepted', async () => {
    const { services } = test
    const { standing, company, other } = await scene()
    await services.offers.withdraw(company, standing.offerId, 'The stock has burnt down.')
    const repair = await planned()
    assert.deepEqual(repair?.changes, { standing: 1, kept: 0, gone: 1, changed: 0, fresh: 1 })
    assert.equal(repair.trigger?.event, 'offer-withdrawn')
    assert.deepEqual(await proposals(), [standing])
    const amra = await (await test.signedIn('coordinator', { authorities: ['USK'] })).open('/')
    await amra.follow(`Repair ${repair.number}`)
    assert.match(amra.text('main'), /An offer was withdrawn .*1 of 1 proposals changes\. 1 goes\. 1 is new\./)
    await amra.follow('Here they are: every change')
    assert.match(amra.text('.spona-rows'), /goes.*The offer is no longer open.*is new/)
    await amra.open(`/rounds/${repair.id}`)
    await amra.submit({}, 'Accept the repair')
    assert.match(amra.text('.govuk-notification-banner'), /The repair is accepted/)
    await services.roundRunner.perform(repair.id)
    assert.deepEqual(
      (await proposals()).map(({ offerId }) => offerId),
      [other],
    )
    assert.deepEqual(
      (await proposals('superseded')).map(({ id }) => id),
      [standing.id],
    )
    const acts = (await services.audit.of(repair.id)).map(({ act }) => act)
    assert.deepEqual(acts, ['round.requested', 'round.ready', 'round.repair-accepted', 'round.finished'])
  })

  it('is dismissed with a reason, which everybody can read; the queue stays as it is', async () => {
    const { services } = test
    const { standing, company } = await scene()
    await services.offers.pause(company, standing.offerId)
    const repair = await planned()
    const amra = await (await test.signedIn('coordinator', { authorities: ['USK'] })).open('/matches')
    assert.match(amra.text('main'), /A repair is proposed: 2 changes/)
    assert.match(amra.text('.spona-rows'), /Can’t be approved as things are now: The offer is no longer open/)
    assert.equal(amra.$('input[name=chosen]').length, 0)
    await amra.open(`/rounds/${repair?.id ?? ''}`)
    await amra.follow('Dismiss it with a reason')
    await amra.submit({ reason: 'It will be open again today.' })
    assert.match(amra.text('main'), /Person 1 dismissed it on .* “It will be open again today\.”/)
    assert.deepEqual(await proposals(), [standing])
    assert.deepEqual(await services.repairs.readyFor(aCoordinator()), [])
    const again = await amra.post(`/rounds/${repair?.id ?? ''}/accept`)
    assert.equal(again.status, 409)
  })

  it('can’t be accepted once things have moved on: another one is asked for', async () => {
    const { services, database } = test
    const { standing, company, other } = await scene()
    await services.offers.pause(company, standing.offerId)
    const repair = await planned()
    await offerModel(database.connection).updateOne({ _id: other }, { $set: { state: 'paused' } })
    const amra = await (
      await test.signedIn('coordinator', { authorities: ['USK'] })
    ).open(`/rounds/${repair?.id ?? ''}`)
    await amra.submit({}, 'Accept the repair')
    assert.equal(amra.status, 409)
    assert.match(amra.text('main'), /Things have moved on/)
    const next = await planned()
    assert.deepEqual(next?.changes, { standing: 1, kept: 0, gone: 1, changed: 0, fresh: 0 })
    assert.equal((await services.rounds.read(repair?.id ?? '')).dismissal?.by, null)
  })

  it('answers several things that happen together at once, and gives way to a round that somebody asks for', async () => {
    const { services } = test
    const { standing, company } = await scene()
    await services.offers.pause(company, standing.offerId)
    await services.decisions.reject(aCoordinator(), standing.id, 'The school closes in June.')
    await services.repairs.perform('USK')
    assert.equal((await services.rounds.active(['USK'])).length, 1)
    assert.deepEqual(await services.repairRequests.waiting(), [])
    const round = await services.rounds.start(aCoordinator(), '')
    assert.deepEqual(
      (await services.rounds.active(['USK'])).map(({ id }) => id),
      [round.id],
    )
    const [, repair] = (await services.rounds.list()).items
    assert.equal(repair?.state, 'cancelled')
  })

  it('is asked for when an offer has come to its end, and for nothing twice', async () => {
    const { services, database } = test
    const { standing } = await scene()
    await services.checkStanding()
    assert.deepEqual(await services.repairRequests.waiting(), [])
    await offerModel(database.connection).updateOne({ _id: standing.offerId }, { $set: { validTo: '2020-01-31' } })
    await services.checkStanding()
    assert.equal((await services.repairRequests.read('USK'))?.events[0]?.event, 'offer-lapsed')
    assert.ok((await planned()) !== undefined)
    await services.checkStanding()
    assert.deepEqual(await services.repairRequests.waiting(), [])
  })

  it('is not for others: schools, companies and coordinators of other authorities', async () => {
    const { services } = test
    const { standing, company } = await scene()
    await services.offers.pause(company, standing.offerId)
    const repair = await planned()
    const ivo = await (await test.signedIn('coordinator', { authorities: ['RS'] })).open(`/rounds/${repair?.id ?? ''}`)
    assert.equal(ivo.$('main form').length, 0)
    assert.equal((await ivo.open(`/rounds/${repair?.id ?? ''}/changes`)).$('.spona-rows__item').length, 0)
    assert.equal((await ivo.post(`/rounds/${repair?.id ?? ''}/accept`)).status, 403)
    assert.equal((await ivo.open(`/rounds/${repair?.id ?? ''}/dismiss`)).status, 403)
    for (const role of ['school', 'company', 'administrator'] as const) {
      const person = await test.signedIn(role, role === 'administrator' ? {} : { organisation: '0'.repeat(24) })
      assert.equal((await person.open(`/rounds/${repair?.id ?? ''}/dismiss`)).status, 403, role)
    }
  })
})
