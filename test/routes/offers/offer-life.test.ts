import assert from 'node:assert/strict'
import { startApp, type TestApp } from '../../support/app.js'
import { companyPerson, schoolPerson, typedNeed, typedOffer } from '../../support/typed-listings.js'
import { store } from '../../support/stored-listings.js'
import { anOffer } from '../../support/builders-listings.js'

describe('A company with an offer', () => {
  let app: TestApp
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
  })
  after(() => app.close())

  it('chooses a kind, fills in its form, checks the draft and publishes it', async () => {
    const { person } = await companyPerson(app)
    await person.open('/offers')
    await person.follow('New offer')
    await person.follow('Laptops, new')
    await person.submit(typedOffer(), 'Save as a draft')
    assert.equal(person.text('h1'), 'Laptops for lower classes')
    assert.equal(person.text('.spona-state:first'), 'Draft')
    assert.match(person.text('main'), /The draft is saved/)
    assert.match(person.text('main'), /900 KM for one, 18,000 KM for all/)
    await person.submit({}, 'Publish')
    assert.match(person.text('main'), /The offer is published/)
    assert.deepEqual(
      person
        .$('.spona-table tbody tr')
        .toArray()
        .map((row) => person.$(row).find('.spona-state').text()),
      ['Published', 'Draft'],
    )
    await person.open('/offers')
    assert.match(person.text('.spona-rows'), /Laptops for lower classes.*Published.*20/)
  })

  it('pauses it, publishes it again and withdraws it with a reason', async () => {
    const { person, company } = await companyPerson(app)
    const id = await store(app.database.connection, anOffer({ companyId: company }))
    await person.open(`/offers/${id}`)
    await person.submit({}, 'Pause')
    assert.equal(person.text('.spona-state:first'), 'Paused')
    await person.submit({}, 'Publish again')
    assert.equal(person.text('.spona-state:first'), 'Published')
    await person.follow('Withdraw')
    await person.submit({ reason: '' }, 'Withdraw')
    assert.equal(person.status, 422)
    assert.deepEqual(person.errors, ['Why it is withdrawn: enter a value'])
    await person.submit({ reason: 'The stock was sold.' }, 'Withdraw')
    assert.equal(person.text('.spona-state:first'), 'Withdrawn')
    assert.match(person.text('.spona-table'), /The stock was sold\./)
    assert.equal(person.$('main form, main .govuk-button').length, 0)
  })

  it('is told before publishing which open needs it could meet, by authority and tier', async () => {
    const school = await schoolPerson(app, { authority: 'TK', municipality: 'zivinice' })
    await school.person.open('/needs/new/DEV-LAPTOP')
    await school.person.submit(typedNeed(school.branch, { quantity: '7' }))
    await school.person.submit({}, 'Publish')
    const { person } = await companyPerson(app)
    await person.open('/offers/new/DEV-LAPTOP')
    await person.submit(typedOffer({ scope: 'authorities', authorities: ['TK'] }))
    assert.match(person.text('main'), /1 open need could be met by this offer; it asks for 7 pieces/)
    assert.equal(person.text('.spona-table:first tbody th'), 'Tuzla Canton')
    await person.open('/offers/new/DEV-LAPTOP')
    await person.submit(typedOffer({ scope: 'authorities', authorities: ['BD'] }))
    assert.match(person.text('main'), /No open need fits this offer right now/)
  })

  it('may choose another kind as long as it is a draft', async () => {
    const { person } = await companyPerson(app)
    await person.open('/offers/new/DEV-LAPTOP')
    await person.submit(typedOffer())
    const offer = person.path
    await person.follow('Edit')
    await person.follow('Choose another kind')
    await person.follow('Tablets')
    assert.equal(person.$('#title').val(), 'Laptops for lower classes')
    await person.submit({ title: 'Tablets for lower classes', 'spec-screenInches': '10' }, 'Save')
    assert.equal(person.path, offer)
    assert.match(person.text('main'), /Kind Tablets/)
    await person.submit({}, 'Publish')
    await person.follow('Edit')
    assert.doesNotMatch(person.text('main'), /Choose another kind/)
    await person.open(`${offer}/edit/DEV-LAPTOP`)
    assert.equal(person.status, 409)
  })

  it('is asked whether a quantity far from the usual is right, and loses nothing of what was typed', async () => {
    const { person } = await companyPerson(app)
    await person.open('/offers/new/DEV-LAPTOP')
    await person.submit(typedOffer({ quantity: '5.000', levels: ['primary'] }))
    assert.equal(person.text('h1'), 'You wrote 5,000 pieces. Is it right?')
    await person.submit({}, 'No, change it')
    assert.equal(person.status, 200)
    assert.equal(person.$('#title').val(), 'Laptops for lower classes')
    assert.equal(person.$('#quantity').val(), '5000')
    assert.equal(person.$('input[name=levels]:checked').val(), 'primary')
    await person.submit({ quantity: '50000' })
    assert.equal(person.text('h1'), 'You wrote 50,000 pieces. Is it right?')
    await person.submit({}, 'Yes, this is right')
    assert.match(person.text('main'), /50,000 pieces/)
    await person.follow('Edit')
    await person.submit({ title: 'Laptops for everybody' }, 'Save')
    assert.equal(person.text('h1'), 'Laptops for everybody')
  })
})
