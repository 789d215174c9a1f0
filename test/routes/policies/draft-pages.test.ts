import { strict as assert } from 'node:assert'
import { startApp, type TestApp } from '../../support/app.js'
import type { Browser } from '../../support/browse.js'
import { aDraft, aNationalCoordinator, darkFirst, replayNow } from '../../support/policy-scene.js'
import { registerSchool, runRoundNow, storeNeedOf, storeOfferOfCompany } from '../../support/round-scene.js'

describe('Drafts of policies', () => {
  let test: TestApp
  let nejra: Browser
  beforeEach(async () => {
    test = await startApp()
    await test.services.policies.ensureFirst()
    nejra = await test.signedIn('national-coordinator')
  })
  afterEach(() => test.close())

  const acts = async (id: string): Promise<string[]> => (await test.services.audit.of(id)).map(({ act }) => act)
  const drafts = () => test.services.policies.drafts(aNationalCoordinator())
  const titled = { title: 'More for branch schools' }

  /** Five laptops: a poor school without a line, and one without electricity. */
  const aPastRound = async (): Promise<string> => {
    const { services } = test
    const offline = await registerSchool(services, {
      ...{ schoolIdGovt: 'OFF', name: 'OŠ Bez interneta' },
      ...{ connectivityGovt: false, electricityAvailability: true },
    })
    const dark = await registerSchool(services, {
      ...{ schoolIdGovt: 'DARK', name: 'OŠ Bez struje' },
      ...{ connectivityGovt: true, downloadSpeedContracted: 100, electricityAvailability: false },
    })
    await storeOfferOfCompany(test, { quantity: 5, kind: 'SUPPORT', spec: {} })
    await storeNeedOf(test, offline, { quantity: 5, kind: 'SUPPORT', spec: {} })
    await storeNeedOf(test, dark, { quantity: 5, kind: 'SUPPORT', spec: {} })
    return runRoundNow(services)
  }

  it('begin with the numbers in force, each with what it does and its limits', async () => {
    await (await nejra.open('/')).follow('Policy drafts')
    await nejra.follow('Draft a policy')
    assert.equal(nejra.$('#weight-connectivity').attr('value'), '22')
    assert.equal(nejra.$('#step-4').attr('value'), '')
    assert.match(nejra.text('#weight-connectivity-hint'), /^1 without a line.*From 0 to 100\.$/)
    const numbers = nejra.$('main input[type=text], main input:not([type])').toArray()
    assert.ok(numbers.every((input) => nejra.$(`label[for="${nejra.$(input).attr('id') ?? ''}"]`).length === 1))
    await nejra.submit({ ...titled, 'weight-connectivity': '20', 'weight-branch': '12,0' })
    assert.equal(nejra.status, 200)
    assert.match(nejra.text('.govuk-notification-banner'), /The draft is saved/)
    assert.match(nejra.text('main'), /Branch school 10% 12%/)
    const draft = (await drafts()).at(0)!
    assert.equal(draft.terms.equity.weights.branch, 0.12)
    assert.deepEqual(await acts(draft.id), ['policy.drafted'])
  })

  it('are refused with everything that is wrong, and nothing of what was typed is lost', async () => {
    await nejra.open('/policies/drafts/new')
    await nejra.submit({
      ...{ ...titled, 'weight-devices': '25,5', 'tier-2': '0,7', 'step-1': '90', 'step-2': '30', 'step-3': '' },
      ...{ 'preferred-partners': '3', 'most-partners': '2' },
    })
    assert.equal(nejra.status, 422)
    assert.deepEqual(nejra.errors, [
      'The weights add up to 107.5%: that is 7.5% too much.',
      'This limit has to be lower than the one before (0.64).',
      'This step has to be longer than the one before (90 days).',
      'This cannot be more than the most companies for one need (2).',
    ])
    assert.equal(nejra.$('#weight-devices').attr('value'), '25,5')
    assert.equal(nejra.$('#title').attr('value'), titled.title)
    await nejra.submit({ 'weight-devices': '1', 'points-fit': '60,5', 'tier-2': '0,485', 'most-partners': 'many' })
    assert.equal(nejra.status, 422)
    assert.equal(nejra.errors.length, 2)
    assert.match(nejra.errors.join(), /Fit.*whole number|whole number/)
    await nejra.submit({ 'points-fit': '60', 'most-partners': '3' })
    assert.match(nejra.errors.join(), /83%: 17% are missing/)
    assert.match(nejra.errors.join(), /at most 2 decimal places/)
    assert.deepEqual(await drafts(), [])
  })

  it('of two who edit at once keep what both wrote: the second is told, and may save over it', async () => {
    const { id } = await aDraft(test.services)
    const zlatan = await test.signedIn('national-coordinator')
    await nejra.open(`/policies/drafts/${id}/edit`)
    await zlatan.open(`/policies/drafts/${id}/edit`)
    await nejra.submit({ 'points-fit': '50' })
    assert.equal(nejra.path, `/policies/drafts/${id}`)
    await zlatan.submit({ 'points-fit': '70', 'points-territory': '10' })
    assert.equal(zlatan.status, 409)
    assert.match(zlatan.errors.join(), /Somebody else has edited this draft meanwhile/)
    assert.equal(zlatan.$('#points-fit').attr('value'), '70')
    assert.match(zlatan.text('.govuk-inset-text'), /Fit and Territory/)
    assert.equal((await test.services.policies.draft(aNationalCoordinator(), id)).terms.points.fit, 50)
    await zlatan.submit()
    assert.equal(zlatan.status, 200)
    const saved = await test.services.policies.draft(aNationalCoordinator(), id)
    assert.deepEqual([saved.terms.points.fit, saved.terms.points.territory, saved.revision], [70, 10, 2])
    assert.deepEqual(await acts(id), ['policy.drafted', 'policy.edited', 'policy.edited'])
  })

  it('cannot be published before this very text was replayed, and it is said so', async () => {
    const round = await aPastRound()
    const { id } = await aDraft(test.services)
    const because = { reason: 'Electricity comes before everything else.' }
    await nejra.open(`/policies/drafts/${id}`)
    assert.match(nejra.text('.govuk-inset-text'), /This text has not been replayed on any past round/)
    assert.equal(nejra.$(`a[href$="/publish"]`).length, 0)
    await nejra.open(`/policies/drafts/${id}/publish`)
    await nejra.submit(because)
    assert.equal(nejra.status, 422)
    assert.match(nejra.errors.join(), /Replay it first/)
    assert.match(nejra.text('textarea'), /Electricity comes before/)

    await replayNow(test.services, id, round)
    await nejra.open(`/policies/drafts/${id}/edit`)
    await nejra.submit({ 'points-fit': '50' })
    assert.match(nejra.text('main'), /earlier text of the draft/)
    await (await nejra.open(`/policies/drafts/${id}/publish`)).submit(because)
    assert.equal(nejra.status, 422)
  })

  it('are published once, with a reason, against the version whose changes were read', async () => {
    const round = await aPastRound()
    const [one, other] = [
      await aDraft(test.services),
      await aDraft(test.services, { ...darkFirst(), deadlineSteps: [] }),
    ]
    for (const { id } of [one, other]) await replayNow(test.services, id, round)
    const zlatan = await test.signedIn('national-coordinator')
    await zlatan.open(`/policies/drafts/${other.id}/publish`)
    await (await nejra.open(`/policies/drafts/${one.id}`)).follow('Publish')
    assert.match(nejra.text('main'), /Internet line 22% 0%/)
    await nejra.submit({ reason: 'Too short' })
    assert.equal(nejra.status, 422)
    await nejra.submit({ reason: 'Electricity comes before everything else.' })
    assert.equal(nejra.path, '/policies/2')
    assert.match(nejra.text('.govuk-notification-banner'), /published and in force/)
    await zlatan.submit({ reason: 'Deadlines should not count at all.' })
    assert.equal(zlatan.status, 409)
    assert.match(zlatan.errors.join(), /Version 2 has been published meanwhile/)
    assert.match(zlatan.text('textarea'), /Deadlines should not count/)
    assert.match(zlatan.text('main'), /In force \(version 2\)/)
    await zlatan.submit()
    assert.equal(zlatan.path, '/policies/3')
    assert.equal(
      (
        await nejra.post(`/policies/drafts/${one.id}/publish`, {
          reason: 'Once more, please.',
          revision: '0',
          inForce: '3',
        })
      ).status,
      404,
    )
    assert.deepEqual(await acts(one.id), ['policy.drafted', 'policy.replayed', 'policy.published'])
    assert.equal((await test.services.audit.verify()).brokenAt, null)
  })

  it('that two people publish in the same moment become one version: the other is told', async () => {
    const { policyDrafts, policies } = test.services
    const round = await aPastRound()
    const both = [await aDraft(test.services), await aDraft(test.services, { ...darkFirst(), deadlineSteps: [] })]
    for (const { id } of both) await replayNow(test.services, id, round)
    const publication = { revision: 0, inForce: 1, reason: 'Now or never, for all schools.' }
    const ends = await Promise.allSettled(
      both.map(({ id }) => policyDrafts.publish(aNationalCoordinator(), id, publication)),
    )
    assert.deepEqual(ends.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    assert.match(
      ends.map((end) => (end.status === 'rejected' ? String(end.reason) : '')).join(''),
      /publish\.overtaken/,
    )
    assert.deepEqual(
      (await policies.versions()).map(({ version, state }) => [version, state]),
      [
        [2, 'published'],
        [1, 'retired'],
      ],
    )
    assert.equal((await drafts()).length, 1)
  })

  it('are discarded for good after a question, unless somebody has edited them since', async () => {
    const { id } = await aDraft(test.services)
    const zlatan = await test.signedIn('national-coordinator')
    await zlatan.open(`/policies/drafts/${id}/discard`)
    await (await nejra.open(`/policies/drafts/${id}/edit`)).submit({ 'points-fit': '50' })
    await zlatan.submit()
    assert.equal(zlatan.status, 409)
    assert.match(zlatan.errors.join(), /edited this draft meanwhile/)
    await zlatan.submit()
    assert.match(zlatan.text('.govuk-notification-banner'), /The draft is discarded/)
    assert.equal((await nejra.open(`/policies/drafts/${id}`)).status, 404)
    assert.deepEqual((await acts(id)).at(-1), 'policy.discarded')
  })

  it('that say what is in force already have nothing to publish', async () => {
    await nejra.open('/policies/drafts/new')
    await nejra.submit(titled)
    assert.match(nejra.text('.govuk-inset-text'), /says the same as version 1/)
    assert.match(nejra.text('main'), /Nothing differs from the policy in force/)
  })
})
