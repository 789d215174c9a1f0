import { strict as assert } from 'node:assert'
import { explanationModel } from '../../../src/features/explanations/explanation-model.js'
import { startApp, type TestApp } from '../../support/app.js'
import { anOffer } from '../../support/builders-listings.js'
import { registerSchool, runRoundNow, storeNeedOf, storeOfferOfCompany } from '../../support/round-scene.js'
import { store } from '../../support/stored-listings.js'
import { companyPerson, typedOffer } from '../../support/typed-listings.js'

describe('What would help most', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
    test.setNow(new Date('2026-11-24T09:00:00Z'))
  })
  afterEach(() => test.close())

  /** Two schools ask for twelve laptops in all, and there are five: for the first one. */
  const scene = async () => {
    const first = await registerSchool(test.services, { name: 'PŠ Vrtoče' })
    const later = await registerSchool(test.services, { name: 'OŠ Bihać' })
    await storeOfferOfCompany(test, { quantity: 5, minPerSchool: null, maxPerSchool: null })
    await storeNeedOf(test, first, { quantity: 5, urgency: 3, beneficiaries: { students: 50, teachers: 1 } })
    await storeNeedOf(test, later, { quantity: 7, urgency: 1, beneficiaries: { students: 70, teachers: 2 } })
    return runRoundNow(test.services)
  }

  it('is told to companies once a round was solved again, without the name of a school', async () => {
    const { person } = await companyPerson(test)
    await person.open('/demand')
    assert.match(person.text('main'), /No round has been solved again for this yet/)
    await test.services.demand.perform(await scene())
    await person.open('/offers')
    await person.follow('What would help')
    const main = person.text('main')
    assert.match(main, /Confirmed by solving again/)
    assert.match(main, /10 pieces more: Laptops, new/)
    assert.match(main, /Valid in Una-Sana Canton, this unlocks 1 school unit, 70 pupils\./)
    assert.match(main, /Valid in the whole country, this unlocks 1 school unit, 70 pupils\./)
    assert.match(main, /More for schools\s*7 pieces\s*Missing there in all\s*7 pieces/)
    assert.doesNotMatch(main, /Bihać|Vrtoče/)
  })

  it('is narrowed to a category and a place', async () => {
    await test.services.demand.perform(await scene())
    const amra = await test.signedIn('coordinator', { authorities: ['USK'] })
    await amra.open('/demand?category=devices&authority=USK')
    assert.equal(amra.$('.spona-rows__item').length, 1)
    await amra.open('/demand?category=training')
    assert.equal(amra.$('.spona-rows__item').length, 0)
    assert.match(amra.text('main'), /Nothing in this selection/)
  })

  it('is not for schools, and found once for each round', async () => {
    const round = await scene()
    await test.services.demand.perform(round)
    await test.services.demand.perform(round)
    assert.equal((await test.services.demand.latest()).signals.length, 2)
    const school = await test.signedIn('school', { organisation: '0'.repeat(24) })
    assert.equal((await school.open('/demand')).status, 403)
  })

  it('is told of a stored offer by solving again, to its company, and again after it has changed', async () => {
    await scene()
    const { person, company } = await companyPerson(test)
    const id = await store(
      test.database.connection,
      anOffer({ companyId: company, state: 'draft', publishedAt: null, quantity: 6, minPerSchool: null }),
    )
    await person.open(`/offers/${id}`)
    await person.follow('What a round would do with this offer')
    await person.submit({}, 'Check by solving again')
    const [asked] = await explanationModel(test.database.connection).find({ state: 'asked' }).lean()
    await test.services.explanations.perform(String(asked?._id))
    await person.open(person.path)
    assert.match(person.text('main'), /Used: 6 pieces of 6 pieces\./)
    assert.match(
      person.text('main'),
      /reaches those who would otherwise get less: 1 need, 1 school unit and 60 pupils\./,
    )
    assert.doesNotMatch(person.text('main'), /Bihać|Vrtoče/)
    await person.open(`/offers/${id}/edit`)
    await person.submit({ quantity: '3' }, 'Save')
    await person.open(`/offers/${id}/effect`)
    assert.equal(person.$('main button').text().trim(), 'Check by solving again')
    const stranger = await companyPerson(test)
    assert.equal((await stranger.person.open(`/offers/${id}/effect`)).status, 404)
  })

  it('is told of an offer while it is written: nothing is saved, nothing typed is lost', async () => {
    await scene()
    const { person } = await companyPerson(test)
    await person.open('/offers/new/DEV-LAPTOP')
    await person.submit(typedOffer({ quantity: '4' }), 'See what it would meet')
    assert.equal(person.status, 200)
    const told = person.text('[role=status]')
    assert.match(told, /Used: 4 pieces of 4 pieces\./)
    assert.match(told, /1 need, 1 school unit and 40 pupils/)
    assert.match(told, /Confirmed by solving again: round 1, 3 times\./)
    assert.match(told, /Nothing has been saved yet/)
    assert.equal(person.$('input[name=title]').attr('value'), 'Laptops for lower classes')
    assert.equal(person.$('input[name=quantity]').attr('value'), '4')
    await person.submit({ quantity: '' }, 'See what it would meet')
    assert.equal(person.status, 422)
    await person.submit({ quantity: '4' }, 'Save as a draft')
    assert.equal(person.text('h1'), 'Laptops for lower classes')
    await person.open('/offers')
    assert.equal(person.$('.spona-rows__item').length, 1)
  })

  it('is told without a figure of a round where there has been none', async () => {
    const { person, company } = await companyPerson(test)
    const id = await store(test.database.connection, anOffer({ companyId: company }))
    await person.open(`/offers/${id}`)
    await person.follow('What a round would do with this offer')
    assert.match(person.text('main'), /There has been no round yet about the schools that this offer reaches/)
    assert.equal(person.$('main form').length, 0)
    await person.open('/offers/new/DEV-LAPTOP')
    await person.submit(typedOffer(), 'See what it would meet')
    assert.match(person.text('[role=status]'), /There has been no round yet about the schools that this offer reaches/)
  })
})
