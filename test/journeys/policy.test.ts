import { strict as assert } from 'node:assert'
import { setTimeout as pause } from 'node:timers/promises'
import { createServices } from '../../src/services.js'
import { resumePolicies } from '../../src/services/policy-services.js'
import { startApp, type TestApp } from '../support/app.js'
import type { Browser } from '../support/browse.js'
import { registerSchool, storeNeedOf, storeOfferOfCompany } from '../support/round-scene.js'

const line = { connectivityGovt: false, downloadSpeedContracted: null, electricityAvailability: true }
const light = { connectivityGovt: true, downloadSpeedContracted: 100, electricityAvailability: false }
const support = { quantity: 5, kind: 'SUPPORT', spec: {} } as const

describe('A national coordinator', () => {
  let app: TestApp
  let nejra: Browser
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
    await resumePolicies(app.services)
    nejra = await app.signedIn('national-coordinator')
  })
  after(() => app.close())

  /** Reads the page again until nothing on it is on its way. */
  async function awaitEnd(): Promise<void> {
    for (let look = 0; look < 300 && nejra.$('.spona-progress').length > 0; look++) {
      await pause(50)
      await nejra.open(nejra.path)
    }
  }
  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let look = 0; look < 200; look++) {
      if (await isSo()) return
      await pause(50)
    }
    assert.fail('It never came about')
  }
  async function runRound(): Promise<void> {
    await nejra.open('/rounds')
    await nejra.follow('Start a round')
    await nejra.submit({}, 'Start a round')
    await awaitEnd()
  }
  const tiers = async (): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await app.services.schools.allUnits()).map((unit) => [
        unit.name,
        `${unit.tier} by version ${unit.equityVersion}`,
      ]),
    )

  it('drafts a policy, tries it on a past round, publishes it, and the next round is made with it', async () => {
    const offline = await registerSchool(app.services, { schoolIdGovt: 'OFF', name: 'OŠ Bez interneta', ...line })
    const dark = await registerSchool(app.services, { schoolIdGovt: 'DARK', name: 'OŠ Bez struje', ...light })
    await storeOfferOfCompany(app, support)
    await storeNeedOf(app, offline, support)
    const darkNeed = await storeNeedOf(app, dark, support)
    assert.deepEqual(await tiers(), { 'OŠ Bez interneta': '3 by version 1', 'OŠ Bez struje': '4 by version 1' })

    await app.services.jobs.start()
    await runRound()
    assert.match(nejra.text('main'), /Policy.*version 1/)
    await nejra.open('/matches')
    assert.match(nejra.text('main'), /OŠ Bez interneta/)
    assert.doesNotMatch(nejra.text('.spona-rows'), /OŠ Bez struje/)

    await nejra.follow('Policy drafts')
    await nejra.follow('Draft a policy')
    await nejra.submit({
      title: 'Electricity before everything',
      'weight-connectivity': '0',
      'weight-electricity': '32',
    })
    await nejra.follow('Replay on a past round')
    await nejra.submit({ round: nejra.$('input[name=round]').first().attr('value') ?? '' }, 'Replay')
    await awaitEnd()
    assert.match(nejra.text('main'), /gain most.*OŠ Bez struje.*lose most.*OŠ Bez interneta/)

    await nejra.follow('Electricity before everything')
    // Until it is published the draft changes nothing; and this once nobody is there to do what follows.
    await app.services.jobs.stop()
    await nejra.follow('Publish')
    await nejra.submit({ reason: 'A school without electricity can use nothing of all this.' }, 'Publish this policy')
    assert.equal(nejra.path, '/policies/2')
    assert.deepEqual(await tiers(), { 'OŠ Bez interneta': '3 by version 1', 'OŠ Bez struje': '4 by version 1' })
    await nejra.open(`/schools/${dark.id}`)
    assert.match(nejra.text('main'), /Version 1 of the weights/)

    // The next process finds what is left to do.
    await app.database.connection.collection('jobs').deleteMany({ name: 'reweigh' })
    const next = createServices(app.services.config, app.database)
    await next.jobs.start()
    await resumePolicies(next)
    await until(async () => (await app.services.needs.read(schoolOf(dark.centralId), darkNeed)).tier === 3)
    await next.jobs.stop()
    assert.deepEqual(await tiers(), { 'OŠ Bez interneta': '5 by version 2', 'OŠ Bez struje': '3 by version 2' })

    await app.services.jobs.start()
    await runRound()
    assert.match(nejra.text('main'), /Policy.*version 2/)
    await nejra.open('/matches')
    assert.match(nejra.text('.spona-rows'), /OŠ Bez struje/)
    assert.doesNotMatch(nejra.text('.spona-rows'), /OŠ Bez interneta/)

    // A school that arrives now is weighed by what is in force.
    await registerSchool(app.services, { schoolIdGovt: 'NEW', name: 'OŠ Nova', ...light })
    assert.equal((await tiers())['OŠ Nova'], '3 by version 2')
    assert.equal((await app.services.audit.verify()).brokenAt, null)
  })
})

const schoolOf = (organisation: string) =>
  ({ id: 'f'.repeat(24), name: 'Škola', role: 'school', organisation, authorities: new Set<string>() }) as const
