import { strict as assert } from 'node:assert'
import { createHash } from 'node:crypto'
import { firstPolicy } from '../../../src/features/planning/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aDraft, aNationalCoordinator, replayNow } from '../../support/policy-scene.js'
import { registerSchool, runRoundNow, storeNeedOf, storeOfferOfCompany } from '../../support/round-scene.js'

describe('The public pages of policies', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
    await test.services.policies.ensureFirst()
  })
  afterEach(() => test.close())

  /** Publishes a second version after trying it on a round. */
  const publishSecond = async (reason = 'Branch schools without electricity were left behind.') => {
    const { services } = test
    await storeOfferOfCompany(test, { quantity: 5 })
    await storeNeedOf(test, await registerSchool(services, { name: 'OŠ Skrivena' }), { quantity: 5 })
    const round = await runRoundNow(services)
    const draft = await aDraft(services)
    await replayNow(services, draft.id, round)
    await services.policyDrafts.publish(aNationalCoordinator(), draft.id, { revision: 0, inForce: 1, reason })
  }

  it('show the first policy to a stranger, every number with what it does', async () => {
    const stranger = await test.browse().open('/policies')
    assert.match(stranger.text('.spona-rows'), /Policy, version 1 in force The first policy/)
    await stranger.follow('Policy, version 1')
    const main = stranger.text('main')
    assert.match(main, /This policy is in force/)
    assert.match(main, /Internet line 22% 1 without a line/)
    assert.match(main, /Tier 1 from an index of 0\.64/)
    assert.match(main, /First step 30 days/)
    assert.match(main, /Share of one company in one authority none/)
    assert.equal(stranger.$('a[href^="/policies/drafts"]').length, 0)
    assert.equal((await stranger.open('/policies/2')).status, 404)
    assert.equal((await stranger.open('/policies/0')).status, 404)
  })

  it('say of a new version what changed, why, when, and by what office, but name nobody', async () => {
    await publishSecond()
    const stranger = await test.browse().open('/policies')
    assert.match(
      stranger.text('.spona-rows'),
      /version 2 in force Branch schools.*2 numbers differ.*version 1 no longer in force/,
    )
    assert.match(stranger.text('.spona-rows'), /Published by the national coordinator/)
    await stranger.open('/policies/2')
    assert.match(stranger.text('main'), /Internet line 22% 0%/)
    assert.match(stranger.text('main'), /Replay on round 1 Nothing changes: every school unit gets the same/)
    assert.doesNotMatch(stranger.response?.text ?? '', /Nejra|OŠ Skrivena/)
    await stranger.open('/policies/1')
    assert.match(stranger.text('main'), /no longer in force/)
  })

  it('give the same as JSON, from which anybody can compute the fingerprint', async () => {
    await publishSecond()
    const answer = await test.browse().agent.get('/policies/2.json')
    assert.match(String(answer.headers['content-type']), /^application\/json/)
    const body = answer.body as {
      policy: Record<string, unknown>
      hash: string
      changes: unknown[]
      replays: unknown[]
    }
    const { version, ...terms } = body.policy
    assert.equal(version, 2)
    assert.deepEqual(
      Object.keys(terms).sort(),
      Object.keys(firstPolicy)
        .filter((key) => key !== 'version')
        .sort(),
    )
    assert.equal(createHash('sha256').update(inOrder(terms)).digest('hex'), body.hash)
    assert.deepEqual(body.changes, [
      { number: 'weight-connectivity', measure: 'percent', before: 22, after: 0 },
      { number: 'weight-electricity', measure: 'percent', before: 10, after: 32 },
    ])
    assert.equal(body.replays.length, 1)
    assert.doesNotMatch(answer.text, /Nejra|OŠ Skrivena/)
    const first = (await test.browse().agent.get('/policies/1.json')).body as { policy: unknown }
    assert.deepEqual(first.policy, firstPolicy)
    assert.equal((await test.browse().agent.get('/policies/3.json')).status, 404)
  })

  it('are the source of the page about the equity index, and of what a unit is explained with', async () => {
    await publishSecond()
    const stranger = await test.browse().open('/equity')
    assert.match(stranger.text('main'), /Internet line 0%/)
    assert.match(stranger.text('main'), /Electricity 32%/)
    assert.match(stranger.text('main'), /Version 2 of the weights/)
    await stranger.follow('All versions, and why they were published')
    assert.equal(stranger.path, '/policies')
  })

  it('are read in every language', async () => {
    await publishSecond()
    for (const [language, words] of [
      ['bs', /Pravila, verzija 2.*više nije na snazi/],
      ['hr', /Pravila, inačica 2.*više nije na snazi/],
      ['sr-Latn', /Pravila, verzija 2/],
      ['sr-Cyrl', /Правила, верзија 2/],
    ] as const) {
      const reader = await test.browse(language).open('/policies')
      assert.match(reader.text('main'), words)
      assert.equal((await reader.open('/policies/2')).status, 200)
    }
  })
})

/** JSON with the keys of every object in order, as the page describes it. */
function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${inOrder(inner)}`).join(',')}}`
}
