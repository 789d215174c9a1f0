import { strict as assert } from 'node:assert'
import { explanationModel } from '../../../src/features/explanations/explanation-model.js'
import { startApp, type TestApp } from '../../support/app.js'
import { registerSchool, runRoundNow, storeNeedOf, storeOfferOfCompany } from '../../support/round-scene.js'

const ask = 'Check by solving again'

describe('The explanations of a round', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  /** Five laptops go to the poorer school, whose need comes first; the other one gets none. */
  const scene = async () => {
    const first = await registerSchool(test.services, { name: 'PŠ Vrtoče' })
    const later = await registerSchool(test.services, { name: 'OŠ Bihać' })
    const offer = await storeOfferOfCompany(test, { quantity: 5, minPerSchool: null, maxPerSchool: null })
    const served = await storeNeedOf(test, first, { quantity: 5, urgency: 3, tier: 1 })
    const unmet = await storeNeedOf(test, later, { quantity: 3, urgency: 1, tier: 5 })
    await runRoundNow(test.services)
    return { first, later, offer, served, unmet }
  }

  /** Does the questions that wait, as the jobs would. */
  const answerAll = async () => {
    const waiting = await explanationModel(test.database.connection).find({ state: 'asked' }).lean()
    for (const { _id } of waiting) await test.services.explanations.perform(String(_id))
  }

  it('tell a school what would have changed the answer, confirmed, and name no other school', async () => {
    const { later, unmet } = await scene()
    const mirza = await test.signedIn('school', { organisation: later.centralId })
    await mirza.open(`/needs/${unmet}`)
    await mirza.submit({}, ask)
    assert.equal(mirza.path, `/needs/${unmet}/why`)
    assert.match(mirza.text('[role=status]'), /is being solved again/)
    assert.equal(mirza.response?.headers['refresh'], '3')
    await answerAll()
    await mirza.open(mirza.path)
    const main = mirza.text('main')
    assert.match(main, /Asked for: 3 pieces\. Given: 0 pieces\./)
    assert.match(main, /What stands in the way: there is too little on offer/)
    assert.match(
      main,
      /The smallest change: 1 piece more on offer.*The need would get 1 piece\. Nobody else would get less\./,
    )
    assert.match(main, /Confirmed by solving again: Round 1, \d+ times, on /)
    assert.doesNotMatch(main, /Vrtoče/)
    assert.doesNotMatch(main, /more urgent|higher urgency/)
    assert.equal(mirza.response.headers['refresh'], undefined)
    assert.equal(mirza.$('main form').length, 0)
  })

  it('can be taken along as plain text by whoever may read them', async () => {
    const { later, unmet } = await scene()
    const mirza = await test.signedIn('school', { organisation: later.centralId })
    await mirza.open(`/needs/${unmet}/why/text`)
    assert.equal(mirza.status, 404)
    await mirza.open(`/needs/${unmet}/why`)
    await mirza.submit({}, ask)
    await answerAll()
    await mirza.open(`/needs/${unmet}/why`)
    const copied = mirza.$('main pre').text()
    await mirza.follow('Download as a text file')
    assert.match(mirza.response?.headers['content-type'] ?? '', /^text\/plain/)
    assert.match(mirza.response?.text ?? '', /^Why this need was not met\n/)
    assert.match(mirza.response?.text ?? '', /What would have changed the answer\n- The smallest change: 1 piece more/)
    assert.equal(mirza.response?.text, copied)
  })

  it('name to a coordinator who gains and who loses', async () => {
    const { first, served } = await scene()
    const amra = await test.signedIn('coordinator', { authorities: ['USK'] })
    await amra.open('/matches')
    await amra.open(amra.$('main a[href^="/matches/"]').first().attr('href') ?? '')
    await amra.submit({}, ask)
    await answerAll()
    await amra.open(amra.path)
    const main = amra.text('main')
    assert.match(main, /What keeps it from being larger Nothing: the need has all that it asks for/)
    assert.match(main, /The need would get nothing\.\s*Still missing then: 5 pieces\./)
    assert.match(main, /Others would get more: Una-Sana Canton, tier \d: 3\./)
    assert.match(main, /School units concerned: OŠ Bihać \+3\./)
    assert.ok(main.includes(first.name))
    assert.ok(served)
  })

  it('name no other school to the company and to the school of a match', async () => {
    const { first } = await scene()
    const [match] = (
      await test.services.matches.list(
        { id: '', name: '', role: 'administrator', organisation: null, authorities: new Set() },
        {},
      )
    ).items
    const company = await test.signedIn('company', { organisation: match?.companyId ?? '' })
    await company.open(`/matches/${match?.id}`)
    await company.submit({}, ask)
    await answerAll()
    for (const reader of [company, await test.signedIn('school', { organisation: first.centralId })]) {
      await reader.open(`/matches/${match?.id}/why`)
      assert.match(reader.text('main'), /Others would get more: Una-Sana Canton, tier \d: 3\./)
      assert.doesNotMatch(reader.text('main'), /Bihać/)
    }
  })

  it('are for those alone who may read the need or the match', async () => {
    const { first, unmet } = await scene()
    const other = await test.signedIn('school', { organisation: first.centralId })
    await other.open(`/needs/${unmet}/why`)
    assert.equal(other.status, 404)
    await other.post(`/needs/${unmet}/why`)
    assert.equal(other.status, 404)
    const company = await test.signedIn('company', { organisation: first.centralId })
    assert.equal((await company.open(`/needs/${unmet}/why`)).status, 403)
    const stranger = await test.signedIn('coordinator', { authorities: ['TK'] })
    assert.equal((await stranger.open(`/needs/${unmet}/why`)).status, 404)
  })

  it('are looked for one at a time for each person, and found once for all', async () => {
    const { unmet, served } = await scene()
    const amra = await test.signedIn('coordinator', { authorities: ['USK'] })
    await amra.open(`/needs/${unmet}/why`)
    await amra.submit({}, ask)
    const [match] = await test.services.matches.ofNeed(
      { id: '', name: '', role: 'administrator', organisation: null, authorities: new Set() },
      served,
    )
    await amra.open(`/matches/${match?.id}`)
    await amra.submit({}, ask)
    assert.equal(amra.status, 409)
    assert.match(amra.text('main'), /already waiting for another answer/)
    const nada = await test.signedIn('national-coordinator')
    await nada.open(`/needs/${unmet}/why`)
    assert.match(nada.text('[role=status]'), /is being solved again/)
    await answerAll()
    await amra.open(`/matches/${match?.id}`)
    await amra.submit({}, ask)
    assert.equal(amra.status, 200)
  })
})
