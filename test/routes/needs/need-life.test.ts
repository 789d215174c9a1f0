import assert from 'node:assert/strict'
import { startApp, type TestApp } from '../../support/app.js'
import { schoolPerson, typedNeed } from '../../support/typed-listings.js'

describe('A school with a need', () => {
  let app: TestApp
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
  })
  after(() => app.close())

  it('posts a need for one of its branches, and its coordinator sees it once it is published', async () => {
    const { person, branch } = await schoolPerson(app, { authority: 'TK', municipality: 'zivinice' })
    const coordinator = await app.signedIn('coordinator', { authorities: ['TK'] })
    await person.open('/needs')
    await person.follow('New need')
    await person.follow('Laptops, new')
    await person.submit(typedNeed(branch), 'Save as a draft')
    assert.match(person.text('h1'), /^Laptops, new – Područna škola/)
    assert.match(person.text('main'), /only your school sees it/)
    assert.match(person.text('main'), /Živinice, Tuzla Canton/)
    const need = person.path
    await coordinator.open(need)
    assert.equal(coordinator.status, 404)
    await person.submit({}, 'Publish')
    assert.match(person.text('main'), /The need is published/)
    await coordinator.open('/needs')
    assert.match(coordinator.text('.spona-rows'), /Laptops, new – Područna škola/)
    await coordinator.open(need)
    assert.equal(coordinator.status, 200)
    assert.equal(coordinator.$('main form, main .govuk-button').length, 0)
  })

  it('is told that only numbers of pupils are kept', async () => {
    const { person } = await schoolPerson(app)
    await person.open('/needs/new/DEV-LAPTOP')
    assert.match(person.text('#students-hint'), /Only their number/)
    assert.match(person.text('#reason-hint'), /no names of pupils/)
  })

  it('is asked about more laptops than the unit has students', async () => {
    const { person, branch, central } = await schoolPerson(app, { numStudents: 300 })
    await person.open('/needs/new/DEV-LAPTOP')
    await person.submit(typedNeed(branch, { quantity: '25' }))
    assert.equal(person.text('h1'), 'You wrote 25 pieces. Is it right?')
    await person.submit({}, 'Yes, this is right')
    assert.match(person.text('main'), /25 pieces/)
    await person.open('/needs/new/DEV-LAPTOP')
    await person.submit(typedNeed(central, { quantity: '25' }))
    assert.match(person.text('main'), /The draft is saved/)
  })

  it('cannot ask for a unit of another school', async () => {
    const { person } = await schoolPerson(app)
    const { branch: foreign } = await schoolPerson(app)
    await person.open('/needs/new/DEV-LAPTOP')
    await person.submit(typedNeed(foreign))
    assert.equal(person.status, 422)
    assert.deepEqual(person.errors, ['School unit: choose one of the options'])
  })

  it('may state a day by which it is wanted, and take it back', async () => {
    const { person, central } = await schoolPerson(app)
    const day = { 'deadline-day': '1', 'deadline-month': '9', 'deadline-year': '2027' }
    await person.open('/needs/new/DEV-LAPTOP')
    await person.submit(typedNeed(central, day))
    assert.match(person.text('main'), /Wanted by 1 September 2027/)
    await person.follow('Edit')
    assert.equal(person.$('#deadline-month').val(), '9')
    await person.submit({ 'deadline-day': '', 'deadline-month': '', 'deadline-year': '' }, 'Save')
    assert.match(person.text('main'), /No deadline/)
    await person.follow('Edit')
    await person.submit({ ...day, 'deadline-day': '31' }, 'Save')
    assert.equal(person.status, 422)
    assert.match(person.errors.join(), /Wanted by: enter a real date/)
  })

  it('withdraws a need for good, and keeps a paused one', async () => {
    const { person, central } = await schoolPerson(app)
    await person.open('/needs/new/DEV-LAPTOP')
    await person.submit(typedNeed(central))
    await person.submit({}, 'Publish')
    await person.submit({}, 'Pause')
    await person.submit({}, 'Publish again')
    await person.follow('Withdraw')
    await person.submit({ reason: 'The municipality bought them.' }, 'Withdraw')
    assert.equal(person.text('.spona-state:first'), 'Withdrawn')
    await person.open(`${person.path}/withdraw`)
    assert.equal(person.status, 409)
  })
})
