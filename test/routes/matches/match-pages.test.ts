import { strict as assert } from 'node:assert'
import { Types } from 'mongoose'
import { startApp, type TestApp } from '../../support/app.js'
import { storeMatch, storeOffer, storeProposal } from '../../support/stored-matches.js'

describe('The pages of matches', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  const coordinator = (authority = 'USK') => test.signedIn('coordinator', { authorities: [authority] })

  it('show a coordinator what waits for a decision, the most marginalised first, each with its reason', async () => {
    const { connection } = test.database
    await storeMatch(connection, { school: 'OŠ Bihać', tier: 4 })
    await storeMatch(connection, { school: 'PŠ Vrtoče', tier: 1 })
    await storeMatch(connection, { school: 'OŠ Banja Luka', authority: 'RS' })
    await storeMatch(connection, { school: 'PŠ Kulen Vakuf', state: 'approved' })
    const amra = await (await coordinator()).open('/matches')
    const labels = amra
      .$('.govuk-checkboxes__label')
      .map((_, label) => amra.$(label).text().trim())
      .get()
    assert.deepEqual(
      labels.map((label) => label.split(': ')[1]),
      ['PŠ Vrtoče', 'OŠ Bihać'],
    )
    assert.match(amra.text('main'), /2 matches in this list/)
    assert.match(amra.text('.spona-rows__item'), /Offer: Laptops for schools \(Iskra\)/)
  })

  it('approve the chosen ones and say how many', async () => {
    const { connection } = test.database
    const [first] = await Promise.all([storeProposal(connection), storeProposal(connection)])
    const amra = await (await coordinator()).open('/matches')
    await amra.submit({ chosen: [first] }, 'Approve the chosen ones')
    assert.equal(amra.status, 200)
    assert.match(amra.text('.govuk-notification-banner'), /1 match approved/)
    assert.match(amra.text('main'), /1 match in this list/)
  })

  it('approve everything on the page with one button', async () => {
    const { connection } = test.database
    await Promise.all([storeProposal(connection), storeProposal(connection), storeProposal(connection)])
    const amra = await (await coordinator()).open('/matches')
    await amra.submit({}, 'Approve all 3 on this page')
    assert.match(amra.text('.govuk-notification-banner'), /3 matches approved/)
  })

  it('ask for a choice when nothing is ticked, and keep the filters', async () => {
    await storeProposal(test.database.connection)
    const amra = await (await coordinator()).open('/matches?tier=1')
    await amra.submit({}, 'Approve the chosen ones')
    assert.equal(amra.status, 422)
    assert.deepEqual(amra.errors, ['Matches to approve: choose one of the options'])
    assert.equal(amra.$('#tier option[selected]').attr('value'), '1')
    assert.equal(amra.$(amra.$('.govuk-error-summary a').attr('href') ?? '').length, 1)
  })

  it('say for each that could not be approved why, with how many are left', async () => {
    const { connection } = test.database
    const offerId = await storeOffer(connection, { quantity: 7 })
    const ids = await Promise.all([5, 5].map((quantity) => storeProposal(connection, { offerId, quantity })))
    const amra = await (await coordinator()).open('/matches')
    await amra.submit({ chosen: ids }, 'Approve the chosen ones')
    assert.equal(amra.status, 409)
    assert.match(amra.text('main'), /1 match approved/)
    assert.match(amra.text('main'), /this match needs 5, and 2 are left/)
  })

  it('tell the one who comes second what happened, on the page of the match', async () => {
    const id = await storeProposal(test.database.connection)
    const [amra, ivo] = [await coordinator(), await coordinator()]
    await amra.open(`/matches/${id}`)
    await ivo.open(`/matches/${id}`)
    await amra.submit({}, 'Approve')
    assert.match(amra.text('.govuk-notification-banner'), /Approved/)
    await ivo.submit({}, 'Approve')
    assert.equal(ivo.status, 409)
    assert.match(ivo.errors.join(), /Somebody was faster: this match is now “approved”/)
    assert.equal(ivo.$('button').filter((_, b) => ivo.$(b).text().trim() === 'Approve').length, 0)
  })

  it('show reason, alternatives and history to a coordinator', async () => {
    const id = await storeMatch(test.database.connection, {
      alternatives: [{ offerId: 'a'.repeat(24), company: 'Mreža', left: 12 }],
    })
    const amra = await (await coordinator()).open(`/matches/${id}`)
    assert.match(amra.text('main'), /Other offers for this need Company Left by the plan Mreža 12/)
    assert.match(amra.text('main'), /The authority decides whether to approve/)
  })

  it('reject with a written reason, and keep what was typed when it says too little', async () => {
    const id = await storeProposal(test.database.connection)
    const amra = await (await coordinator()).open(`/matches/${id}`)
    await amra.follow('Reject with a reason')
    await amra.submit({ reason: 'No.' })
    assert.equal(amra.status, 422)
    assert.equal(amra.$('textarea').text().trim(), 'No.')
    await amra.submit({ reason: 'The school closes in June.' })
    assert.match(amra.text('.govuk-notification-banner'), /Rejected/)
    await amra.open(`/matches/${id}`)
    assert.match(amra.text('#history'), /rejected Person 1 The school closes in June\./)
  })

  it('show a school and a company their own, with what happens next, and nobody else’s', async () => {
    const { connection } = test.database
    const [school, company] = [new Types.ObjectId(), new Types.ObjectId()]
    const id = await storeMatch(connection, { centralSchoolId: school, companyId: company })
    const other = await storeMatch(connection)
    for (const person of [
      await test.signedIn('school', { organisation: String(school) }),
      await test.signedIn('company', { organisation: String(company) }),
    ]) {
      await person.open('/matches')
      assert.match(person.text('main'), /PŠ Vrtoče proposed The authority decides/)
      assert.equal(person.$('.spona-rows__item').length, 1)
      await person.open(`/matches/${id}`)
      assert.equal(person.status, 200)
      assert.doesNotMatch(person.text('main'), /Other offers/)
      assert.equal((await person.open(`/matches/${other}`)).status, 404)
      assert.equal((await person.post(`/matches/${id}/approve`)).status, 403)
    }
  })

  it('name whom to call once a match is approved, and not before', async () => {
    const { connection } = test.database
    const school = new Types.ObjectId()
    const { id: company } = await test.services.organisations.createCompany({
      name: 'Mreža',
      kind: 'telecom',
      place: 'Bihać',
      email: 'pisite@mreza.example',
    })
    const facts = { centralSchoolId: school, companyId: new Types.ObjectId(company) }
    const person = await test.signedIn('school', { organisation: String(school) })
    await person.open(`/matches/${await storeMatch(connection, facts)}`)
    assert.doesNotMatch(person.text('main'), /pisite@mreza\.example/)
    await person.open(`/matches/${await storeMatch(connection, { ...facts, state: 'approved' })}`)
    assert.match(person.text('main'), /Contact of the company Mreža, pisite@mreza\.example/)
  })

  it('hide the matches of one authority from the coordinators of another', async () => {
    const id = await storeProposal(test.database.connection)
    const ivo = await coordinator('RS')
    for (const path of [`/matches/${id}`, `/matches/${id}/reject`]) {
      assert.equal((await ivo.open(path)).status, 404, path)
    }
    await ivo.open('/matches')
    assert.match(ivo.text('main'), /There is nothing to decide here/)
  })

  it('send strangers to sign in, and refuse others to decide', async () => {
    const id = await storeProposal(test.database.connection)
    const stranger = await test.browse().open('/matches')
    assert.equal(stranger.path, '/sign-in')
    const national = await (await test.signedIn('national-coordinator')).open('/matches')
    assert.equal(national.status, 200)
    assert.equal((await national.post(`/matches/${id}/approve`)).status, 403)
    assert.equal((await national.open(`/matches/${id}/reject`)).status, 403)
  })

  it('lead through a long queue page by page, each match once', async () => {
    const { connection } = test.database
    await Promise.all(Array.from({ length: 60 }, (_, n) => storeMatch(connection, { tier: ((n % 5) + 1) as 1 })))
    const amra = await (await coordinator()).open('/matches')
    const seen: string[] = []
    for (;;) {
      seen.push(
        ...amra
          .$('input[name=shown]')
          .map((_, input) => amra.$(input).attr('value') ?? '')
          .get(),
      )
      const next = amra.$('.govuk-pagination__next a').attr('href')
      if (next === undefined) break
      await amra.open(next)
    }
    assert.equal(seen.length, 60)
    assert.equal(new Set(seen).size, 60)
  })
})
