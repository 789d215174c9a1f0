import { strict as assert } from 'node:assert'
import { startApp, type TestApp } from '../../support/app.js'
import {
  registerSchool,
  runRoundNow,
  storeNeedOf,
  storeOfferOfCompany,
  aNationalCoordinator,
} from '../../support/round-scene.js'

describe('The pages of rounds', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  const coordinator = (authority = 'USK') => test.signedIn('coordinator', { authorities: [authority] })

  const scene = async () => {
    const { services } = test
    const mine = await registerSchool(services, { name: 'OŠ Bihać' })
    const theirs = await registerSchool(services, {
      name: 'OŠ Laktaši',
      authority: 'RS',
      municipality: 'laktasi',
      latitude: 44.91,
      longitude: 17.3,
    })
    await storeOfferOfCompany(test, { quantity: 5 })
    await storeNeedOf(test, mine, { quantity: 5, urgency: 3 })
    await storeNeedOf(test, theirs, { quantity: 3, urgency: 1 })
    return { mine, theirs }
  }

  it('start a round and follow it to its end', async () => {
    await scene()
    await test.services.jobs.start()
    const amra = await (await test.signedIn('national-coordinator')).open('/rounds')
    await amra.follow('Start a round')
    await amra.submit({ note: 'New laptops have come in' }, 'Start a round')
    assert.match(amra.text('.govuk-notification-banner'), /The round is on its way/)
    for (let look = 0; look < 100 && amra.$('.spona-progress').length > 0; look++) {
      assert.match(amra.response?.text ?? '', /<noscript><meta http-equiv="refresh" content="3"><\/noscript>/)
      assert.match(amra.$('.spona-progress').attr('data-progress-url') ?? '', /^\/rounds\/[0-9a-f]{24}\/progress$/)
      await new Promise((resolve) => setTimeout(resolve, 100))
      await amra.open(amra.path)
    }
    const main = amra.text('main')
    assert.match(main, /Proven best: under this policy nothing better exists/)
    assert.match(main, /Why it was asked for New laptops have come in/)
    assert.match(main, /Una-Sana Canton 1 5 0/)
    assert.match(main, /Republika Srpska 0 0 1/)
    assert.equal(amra.$('svg rect').length, 10)
    assert.doesNotMatch(amra.response?.text ?? '', /http-equiv="refresh"/)
  })

  it('stream the steps of a round to whoever may see it, and end with it', async () => {
    await scene()
    const id = await runRoundNow(test.services)
    const amra = await coordinator()
    const stream = await amra.agent.get(`/rounds/${id}/progress`)
    assert.match(String(stream.headers['content-type']), /^text\/event-stream/)
    assert.equal(stream.text, 'data: {"value":100,"max":100,"text":"Finished","finished":true}\n\n')
    const school = await test.signedIn('school', { organisation: '0'.repeat(24) })
    assert.equal((await school.agent.get(`/rounds/${id}/progress`)).status, 403)
    assert.equal((await amra.agent.get(`/rounds/${'f'.repeat(24)}/progress`)).status, 404)
  })

  it('say who was not served and why: a coordinator sees the own authority and by whom, the nation everything', async () => {
    const { services } = test
    const { theirs } = await scene()
    const id = await runRoundNow(services)
    const amra = await (await coordinator()).open(`/rounds/${id}/unmatched`)
    assert.match(amra.text('main'), /No need is in this list/)
    const ivo = await (await coordinator('RS')).open(`/rounds/${id}`)
    await ivo.follow('Which needs, and why')
    assert.match(ivo.text('.spona-rows__item'), new RegExp(`${theirs.name}.*The units go to OŠ Bihać \\(offer of`))
    await ivo.open(`/rounds/${id}/unmatched?reason=no-offer`)
    assert.match(ivo.text('main'), /No need is in this list/)
    const nation = await (await test.signedIn('national-coordinator')).open(`/rounds/${id}/unmatched`)
    assert.equal(nation.$('.spona-rows__item').length, 1)
  })

  it('keep a second round waiting, with the reason in the form', async () => {
    await test.services.rounds.start(aNationalCoordinator(), '')
    const ivo = await (await coordinator('RS')).open('/rounds')
    assert.equal(ivo.$('main a[href="/rounds/new"]').length, 0)
    await ivo.post('/rounds/new', { note: 'Mine' })
    assert.equal(ivo.status, 409)
    assert.match(
      ivo.errors.join(),
      /Round 1 has been on its way since .* \(asked for by: Nada; area: the whole country\)/,
    )
    assert.equal(ivo.$('#note').attr('value'), 'Mine')
  })

  it('are not for schools and companies, and starting is not for administrators', async () => {
    const id = await runRoundNow(test.services)
    for (const role of ['school', 'company'] as const) {
      const person = await test.signedIn(role, { organisation: '0'.repeat(24) })
      for (const path of ['/rounds', `/rounds/${id}`, `/rounds/${id}/unmatched`]) {
        assert.equal((await person.open(path)).status, 403, `${role} ${path}`)
      }
    }
    const administrator = await (await test.signedIn('administrator')).open('/rounds')
    assert.equal(administrator.$('main a[href="/rounds/new"]').length, 0)
    assert.equal((await administrator.post('/rounds/new')).status, 403)
  })

  it('list the rounds, the latest first, and show one that failed in words', async () => {
    await runRoundNow(test.services)
    const id = await runRoundNow(test.services)
    const amra = await (await coordinator()).open('/rounds')
    assert.match(amra.text('.spona-rows'), /Round 2 finished.*Round 1 finished/)
    await amra.open(`/rounds/${id}`)
    assert.match(amra.text('main'), /There was nothing to match/)
  })
})
