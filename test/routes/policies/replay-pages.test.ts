import { strict as assert } from 'node:assert'
import { startApp, type TestApp } from '../../support/app.js'
import type { Browser } from '../../support/browse.js'
import { aDraft, aNationalCoordinator, replayNow } from '../../support/policy-scene.js'
import { registerSchool, runRoundNow, storeNeedOf, storeOfferOfCompany } from '../../support/round-scene.js'

describe('The replay of a draft', () => {
  let test: TestApp
  let nejra: Browser
  beforeEach(async () => {
    test = await startApp()
    nejra = await test.signedIn('national-coordinator')
  })
  afterEach(() => test.close())

  /** Five laptops for two schools that want five each: one without a line, one without electricity. */
  const aPastRound = async (): Promise<string> => {
    const { services } = test
    const line = { connectivityGovt: false, downloadSpeedContracted: null, electricityAvailability: true }
    const light = { connectivityGovt: true, downloadSpeedContracted: 100, electricityAvailability: false }
    const offline = await registerSchool(services, { schoolIdGovt: 'OFF', name: 'OŠ Bez interneta', ...line })
    const dark = await registerSchool(services, { schoolIdGovt: 'DARK', name: 'OŠ Bez struje', ...light })
    await storeOfferOfCompany(test, { quantity: 5, kind: 'SUPPORT', spec: {} })
    await storeNeedOf(test, offline, { quantity: 5, kind: 'SUPPORT', spec: {} })
    await storeNeedOf(test, dark, { quantity: 5, kind: 'SUPPORT', spec: {} })
    return runRoundNow(services)
  }

  it('is asked for on a round of choice, waits without a script, and tells who gains and who loses', async () => {
    await aPastRound()
    await test.services.jobs.start()
    const { id } = await aDraft(test.services)
    await (await nejra.open(`/policies/drafts/${id}`)).follow('Replay on a past round')
    await nejra.submit({}, 'Replay')
    assert.equal(nejra.status, 422)
    await nejra.submit({ round: nejra.$('input[name=round]').first().attr('value') ?? '' }, 'Replay')
    assert.match(nejra.path, /^\/policies\/replays\/[0-9a-f]{24}$/)
    for (let look = 0; look < 200 && nejra.$('.spona-progress').length > 0; look++) {
      assert.match(nejra.response?.text ?? '', /<noscript><meta http-equiv="refresh" content="3"><\/noscript>/)
      await new Promise((resolve) => setTimeout(resolve, 50))
      await nejra.open(nejra.path)
    }
    const main = nejra.text('main')
    assert.match(main, /School units that gain: 1, that lose: 1, that get the same: 0; tier 1 gets/)
    assert.match(main, /In all 5 units would have been given instead of 5/)
    assert.match(main, /Una-Sana Canton 10 5 5 0/)
    assert.match(
      main,
      /School units that gain most.*OŠ Bez struje.*0 5 \+5.*School units that lose most.*OŠ Bez interneta.*5 0 −5/,
    )
    assert.equal(nejra.$('svg rect').length, 2 + 10)
    assert.doesNotMatch(nejra.response?.text ?? '', /http-equiv="refresh"/)
    const stream = await nejra.agent.get(`${nejra.path}/progress`)
    assert.equal(stream.text, 'data: {"value":100,"max":100,"text":"Finished","finished":true}\n\n')
  })

  it('of the same text on the same round is one, however often it is asked for', async () => {
    const round = await aPastRound()
    const { id } = await aDraft(test.services)
    const first = await replayNow(test.services, id, round)
    assert.equal(await replayNow(test.services, id, round), first)
    const found = await test.services.policyReplays.of(aNationalCoordinator(), id)
    assert.equal(found.length, 1)
    assert.equal((await test.services.audit.of(id)).filter(({ act }) => act === 'policy.replayed').length, 1)
  })

  it('that failed is told in words, and can be asked for again', async () => {
    const { services, database } = test
    const round = await aPastRound()
    const { id } = await aDraft(services)
    const asked = await services.policyReplays.request(aNationalCoordinator(), id, round)
    const files = database.connection.collection('round_files')
    const kept = await files.find().toArray()
    await files.deleteMany({})
    await services.policyReplays.perform(asked.id)
    await nejra.open(`/policies/replays/${asked.id}`)
    assert.match(nejra.text('main'), /failed.*Something went wrong on our side/)
    await files.insertMany(kept)
    await nejra.follow('Replay again')
    assert.equal(nejra.path, `/policies/drafts/${id}/replay`)
    const again = await replayNow(services, id, round)
    assert.match((await nejra.open(`/policies/replays/${again}`)).text('main'), /finished/)
  })

  it('that dies in the middle is begun again, and given up after the third time', async () => {
    const { services, database } = test
    const round = await aPastRound()
    const { id } = await aDraft(services)
    const asked = await services.policyReplays.request(aNationalCoordinator(), id, round)
    const replays = database.connection.collection('policy_replays')
    await replays.updateOne({}, { $set: { state: 'running', attempt: 2 } })
    await services.policyReplays.perform(asked.id)
    assert.equal((await services.policyReplays.read(aNationalCoordinator(), asked.id)).state, 'finished')
    await replays.updateOne({}, { $set: { state: 'running', attempt: 3, outcome: null } })
    await services.policyReplays.perform(asked.id)
    assert.equal((await services.policyReplays.read(aNationalCoordinator(), asked.id)).state, 'failed')
  })

  it('says where there is no round to try a draft on, and refuses one that is none', async () => {
    const { id } = await aDraft(test.services)
    await nejra.open(`/policies/drafts/${id}/replay`)
    assert.match(nejra.text('.govuk-inset-text'), /no finished round that could be replayed/)
    await nejra.open(`/policies/drafts/new`)
    await nejra.post(`/policies/drafts/${id}/replay`, { round: 'f'.repeat(24) })
    assert.equal(nejra.status, 422)
  })

  it('is for national coordinators only', async () => {
    const round = await aPastRound()
    const { id } = await aDraft(test.services)
    const replay = await replayNow(test.services, id, round)
    const amra = await test.signedIn('coordinator', { authorities: ['USK'] })
    for (const path of ['/policies/drafts', `/policies/drafts/${id}`, `/policies/replays/${replay}`]) {
      assert.equal((await amra.open(path)).status, 403, path)
    }
    await assert.rejects(test.services.policyReplays.read({ ...aNationalCoordinator(), role: 'coordinator' }, replay))
  })
})
