import { strict as assert } from 'node:assert'
import { planKeys } from '../../../src/features/planning/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import {
  aCoordinator,
  aNationalCoordinator,
  registerSchool,
  runRoundNow,
  storeNeedOf,
  storeOfferOfCompany,
} from '../../support/round-scene.js'

const reason = 'The canton wants to reach more pupils.'

describe('The plans of a round', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  /** One lot of laptops: a small, marginalised branch asks for it, and a large school that has much already. */
  const scene = async () => {
    const { services } = test
    const poor = await registerSchool(services, {
      ...{ name: 'PŠ Kulen Vakuf', connectivityGovt: false, numComputers: 0, schoolAreaType: 'rural', numStudents: 20 },
    })
    const rich = await registerSchool(services, { name: 'OŠ Bihać', numStudents: 900 })
    const other = await registerSchool(services, {
      ...{ name: 'OŠ Laktaši', authority: 'RS', municipality: 'laktasi', latitude: 44.91, longitude: 17.3 },
    })
    await storeOfferOfCompany(test, { quantity: 10 })
    const needs = [
      await storeNeedOf(test, poor, { quantity: 10, beneficiaries: { students: 20, teachers: 0 } }),
      await storeNeedOf(test, rich, { quantity: 10, beneficiaries: { students: 900, teachers: 0 } }),
      await storeNeedOf(test, other, { quantity: 10, beneficiaries: { students: 300, teachers: 0 } }),
    ] as const
    return { poor, rich, other, needs }
  }

  it('are all six, each with its figures, a drawing and its table', async () => {
    await scene()
    const id = await runRoundNow(test.services)
    const round = await test.services.rounds.read(id)
    assert.deepEqual(round.plans.map(({ key }) => key).sort(), [...planKeys].sort())
    assert.deepEqual([round.choice?.plan, round.choice?.by], ['equity-first', null])
    const nation = await (await test.signedIn('national-coordinator')).open(`/rounds/${id}`)
    await nation.follow('All plans of this round, and who gains and loses')
    assert.equal(nation.$('.spona-table tbody tr').length, 6)
    assert.equal(nation.$('.spona-table__row--current th').text().trim().startsWith('Most marginalised first'), true)
    assert.equal(nation.$('svg circle').length, 6)
    assert.equal(nation.$('.spona-chart__table tbody tr').length, 6)
  })

  it('stand side by side, with those who gain and lose by name where the reader may know them', async () => {
    await scene()
    const id = await runRoundNow(test.services)
    const path = `/rounds/${id}/plans/compare?one=equity-first&other=most-students`
    const nation = await (await test.signedIn('national-coordinator')).open(path)
    const tables = nation
      .$('.spona-table')
      .toArray()
      .map((table) => nation.$(table).text().replace(/\s+/g, ' '))
    assert.match(tables[1] ?? '', /gets more.*OŠ Bihać.*\+10/)
    assert.match(tables[2] ?? '', /gets less.*PŠ Kulen Vakuf.*-10/)
    assert.match(nation.text('main'), /1 school unit gets more with the second plan/)
    const ivo = await (await test.signedIn('coordinator', { authorities: ['RS'] })).open(path)
    assert.doesNotMatch(ivo.text('main'), /OŠ Bihać|PŠ Kulen Vakuf/)
    assert.match(ivo.text('main'), /and 1 other, which is not named here/)
    assert.equal((await nation.open(`/rounds/${id}/plans/compare?one=equity-first&other=best`)).status, 404)
  })

  it('can be exchanged with a reason: the choice is recorded and the difference goes into the queues', async () => {
    const { services } = test
    const { needs } = await scene()
    const id = await runRoundNow(services)
    const nation = await (await test.signedIn('national-coordinator')).open(`/rounds/${id}/plans`)
    await nation.follow('Choose another plan')
    await nation.submit({ plan: 'most-students', reason: 'Because.' })
    assert.equal(nation.status, 422)
    await nation.submit({ plan: 'most-students', reason })
    assert.match(nation.text('.govuk-notification-banner'), /The plan is chosen/)
    await services.roundRunner.perform(id)
    const round = await services.rounds.read(id)
    assert.deepEqual([round.state, round.choice?.plan, round.choice?.reason], ['finished', 'most-students', reason])
    assert.deepEqual(round.changes, { standing: 1, kept: 0, gone: 1, changed: 0, fresh: 1 })
    const queue = (await services.matches.list(aCoordinator(), { state: 'proposed' })).items
    assert.deepEqual(
      queue.map(({ needId }) => needId),
      [needs[1]],
    )
    await nation.open(`/rounds/${id}/changes`)
    assert.match(nation.text('.spona-rows'), /OŠ Bihać.*is new/)
    const acts = (await services.audit.of(id)).map(({ act }) => act)
    assert.deepEqual(acts, ['round.requested', 'round.finished', 'round.plan-chosen', 'round.finished'])
  })

  it('can no longer be exchanged once somebody has decided, or a newer round has come', async () => {
    const { services } = test
    await scene()
    const id = await runRoundNow(services)
    const nation = await (await test.signedIn('national-coordinator')).open(`/rounds/${id}/plans/choose`)
    const [match] = (await services.matches.list(aCoordinator(), { state: 'proposed' })).items
    await services.decisions.approve(aCoordinator(), match?.id ?? '')
    await nation.submit({ plan: 'most-students', reason })
    assert.equal(nation.status, 409)
    assert.match(nation.errors.join(), /Somebody has decided.*Start a new round/)
    assert.equal(nation.$('#reason').text(), reason)
    await runRoundNow(services)
    await nation.open(`/rounds/${id}/plans`)
    assert.match(nation.text('main'), /A newer round or repair has come after this one/)
  })

  it('are chosen by whoever may run a round of the same authorities', async () => {
    await scene()
    const id = await runRoundNow(test.services)
    const amra = await test.signedIn('coordinator', { authorities: ['USK'] })
    assert.equal((await amra.open(`/rounds/${id}/plans`)).status, 200)
    assert.equal(amra.$(`main a[href="/rounds/${id}/plans/choose"]`).length, 0)
    assert.equal((await amra.post(`/rounds/${id}/plans/choose`, { plan: 'fastest', reason })).status, 403)
    const own = await runRoundNow(test.services, aCoordinator())
    await amra.open(`/rounds/${own}/plans/choose`)
    await amra.submit({ plan: 'fastest', reason })
    assert.match(amra.text('.govuk-notification-banner'), /The plan is chosen/)
    const school = await test.signedIn('school', { organisation: '0'.repeat(24) })
    for (const path of ['plans', 'plans/compare?one=fastest&other=least-change', 'plans/choose', 'changes']) {
      assert.equal((await school.open(`/rounds/${id}/${path}`)).status, 403, path)
    }
  })

  it('are kept for twenty rounds, and say so when they are not kept any more', async () => {
    await scene()
    const { services } = test
    const first = await runRoundNow(services)
    assert.ok((await services.rounds.input(first)).length > 100)
    for (let more = 0; more < 20; more++) await runRoundNow(services, aNationalCoordinator())
    await assert.rejects(services.rounds.input(first))
    assert.equal((await services.rounds.read(first)).hasFiles, false)
    const nation = await (await test.signedIn('national-coordinator')).open(`/rounds/${first}/plans`)
    assert.match(nation.text('main'), /no longer kept whole/)
    assert.equal(nation.$('form[action$="/compare"]').length, 0)
  }).timeout(120_000)
})
