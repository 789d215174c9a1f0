import { strict as assert } from 'node:assert'
import { setTimeout as pause } from 'node:timers/promises'
import { startApp, type TestApp } from '../support/app.js'
import type { Browser } from '../support/browse.js'
import { companyPerson, schoolPerson, typedNeed, typedOffer } from '../support/typed-listings.js'

describe('A company, a school and a coordinator', () => {
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

  it('come from an offer and two needs to an approved match, and everybody sees what happened and why', async () => {
    const company = (await companyPerson(app)).person
    const remote = await schoolPerson(app, {
      name: 'OŠ Kulen Vakuf',
      connectivityGovt: false,
      numComputers: 0,
      schoolAreaType: 'rural',
    })
    const town = await schoolPerson(app, { name: 'OŠ Bihać' })
    const amra = await app.signedIn('coordinator', { authorities: ['USK'] })

    const offer = await post(company, '/offers', 'New offer', typedOffer({ quantity: '10', 'validFrom-month': '11' }))
    const remoteNeed = await post(remote.person, '/needs', 'New need', typedNeed(remote.central, { quantity: '8' }))
    const townNeed = await post(town.person, '/needs', 'New need', typedNeed(town.central, { quantity: '8' }))

    await amra.open('/')
    await amra.follow('Rounds')
    await amra.follow('Start a round')
    await amra.submit({ note: 'The first round' }, 'Start a round')
    for (let look = 0; look < 200 && amra.$('.spona-progress').length > 0; look++) {
      await pause(100)
      await amra.open(amra.path)
    }
    assert.match(amra.text('main'), /Proven best/)

    await amra.follow('Matches')
    assert.match(amra.text('main'), /Laptops, new, 8 pieces: OŠ Kulen Vakuf.*Laptops, new, 2 pieces: OŠ Bihać/)
    await amra.follow('Reason, alternatives and history: Laptops, new, 8 pieces: OŠ Kulen Vakuf')
    assert.match(amra.text('main'), /Why this match .*tier/)
    await amra.submit({}, 'Approve')
    assert.match(amra.text('.govuk-notification-banner'), /Approved: Laptops, new, 8 pieces: OŠ Kulen Vakuf/)
    await amra.follow('Reason, alternatives and history: Laptops, new, 2 pieces: OŠ Bihać')
    await amra.follow('Reject with a reason')
    await amra.submit({ reason: 'Two laptops are of no use to this school.' })

    await remote.person.follow('Matches')
    assert.match(remote.person.text('main'), /OŠ Kulen Vakuf approved The authority has approved it/)
    await remote.person.open(remoteNeed)
    assert.match(remote.person.text('main'), /Matches for this need .*Laptops for lower classes.* approved/)
    assert.doesNotMatch(remote.person.text('main'), /Why the last round did not serve this need/)

    await town.person.open(townNeed)
    const why = town.person.text('main')
    assert.match(why, /Round 1 of .* could not serve 6 pieces of this need.*its units go to needs that come first/)
    assert.doesNotMatch(why, /Kulen Vakuf/)
    assert.match(why, /rejected The authority has said no/)
    const [link = ''] = /Offer: Laptops for lower classes \([^)]*\)/.exec(why) ?? []
    await town.person.follow(link)
    assert.match(town.person.text('#history'), /Two laptops are of no use to this school/)

    await company.open(offer)
    assert.match(company.text('main'), /Matches of this offer .*8 pieces: OŠ Kulen Vakuf approved/)
    await company.follow('Matches')
    assert.match(company.text('main'), /OŠ Bihać rejected/)
    assert.equal((await app.services.audit.verify()).brokenAt, null)
  })
})
