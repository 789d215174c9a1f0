import { strict as assert } from 'node:assert'
import { setTimeout as pause } from 'node:timers/promises'
import { startApp, type TestApp } from '../support/app.js'
import type { Browser } from '../support/browse.js'
import { companyPerson, schoolPerson, typedNeed, typedOffer } from '../support/typed-listings.js'

describe('An offer for two cantons', () => {
  let app: TestApp
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
    await app.services.jobs.start()
  })
  after(() => app.close())

  const post = async (person: Browser, list: string, create: string, typed: Readonly<Record<string, unknown>>) => {
    await person.open(list)
    await person.follow(create)
    await person.follow('Laptops, new')
    await person.submit(typed as Readonly<Record<string, string>>, 'Save as a draft')
    await person.submit({}, 'Publish')
    return person.path
  }

  it('is kept in part, put first by a school, agreed to by everybody concerned, and declined without loss', async () => {
    const company = (await companyPerson(app)).person
    const bihac = await schoolPerson(app, { name: 'OŠ Bihać' })
    const prijedor = await schoolPerson(app, { name: 'OŠ Prijedor', authority: 'RS', municipality: 'prijedor' })
    const amra = await app.signedIn('coordinator', { authorities: ['USK'] })
    const jelena = await app.signedIn('coordinator', { authorities: ['RS'] })
    const ivo = await app.signedIn('national-coordinator')

    const wish = { quantity: '10', 'validFrom-month': '11', wishShare: '40', wishAuthorities: ['RS'] }
    const offer = await post(company, '/offers', 'New offer', typedOffer(wish))
    assert.match(company.text('main'), /40 % \(4 pieces of 10\) for schools of: Republika Srpska/)
    const need = await post(bihac.person, '/needs', 'New need', typedNeed(bihac.central, { quantity: '8' }))
    await bihac.person.follow('Choose among the offers that fit')
    const answer = bihac.person.$('main select').attr('name') ?? ''
    await bihac.person.submit({ [answer]: '1' }, 'Save the answers')
    assert.match(bihac.person.text('main'), /First choice Laptops for lower classes/)
    await post(prijedor.person, '/needs', 'New need', typedNeed(prijedor.central, { quantity: '8' }))

    await ivo.open('/')
    await ivo.follow('Rounds')
    await ivo.follow('Start a round')
    await ivo.submit({ note: 'Everything that is open' }, 'Start a round')
    for (let look = 0; look < 300 && ivo.$('.spona-progress').length > 0; look++) {
      await pause(100)
      await ivo.open(ivo.path)
    }

    await amra.open('/')
    await amra.follow('Matches')
    assert.match(amra.text('main'), /OŠ Bihać.*The authority and the national coordinator have to agree/)
    await amra.submit({}, 'Approve the chosen ones')
    assert.equal(amra.status, 422)
    const [box = ''] = amra
      .$('input[name=chosen]')
      .map((_, input) => amra.$(input).attr('value') ?? '')
      .get()
    await amra.submit({ chosen: box }, 'Approve the chosen ones')
    assert.match(amra.text('.govuk-notification-banner'), /Agreed to and waiting for the national coordinator: 1/)
    assert.match(amra.text('main'), /There is nothing to decide here/)

    await ivo.follow('Shared offers')
    assert.match(ivo.text('main'), /Una-Sana Canton \d 1 \d+ yes/)
    assert.match(ivo.text('main'), /Republika Srpska \d 1 \d+ not yet/)
    await ivo.submit({}, 'Agree to this division')
    assert.match(ivo.text('.govuk-notification-banner'), /Approved at once: 1; waiting for their authorities: 1/)

    await jelena.open('/')
    await jelena.follow('Matches')
    await jelena.open(jelena.$('main a[href^="/matches/"]').first().attr('href') ?? '')
    assert.match(jelena.text('main'), /The national coordinator has agreed to the division of this offer/)
    await jelena.submit({}, 'Approve')
    assert.match(jelena.text('.govuk-notification-banner'), /Approved:/)
    await company.open(offer)
    assert.match(company.text('.spona-figures'), /Available 0 of 10 Reserved 10 of 10/)

    await prijedor.person.open('/')
    await prijedor.person.follow('Matches')
    await prijedor.person.open(prijedor.person.$('main a[href^="/matches/"]').first().attr('href') ?? '')
    await prijedor.person.follow('Decline with a reason')
    await prijedor.person.submit({ cause: 'got-elsewhere' }, 'Decline')
    assert.match(prijedor.person.text('main'), /declined by one side/)
    await company.open(offer)
    assert.match(company.text('main'), /OŠ Prijedor declined by one side/)
    await bihac.person.open(need)
    assert.match(bihac.person.text('main'), /Matches for this need .* approved/)
    assert.equal((await app.services.audit.verify()).brokenAt, null)
  })
})
