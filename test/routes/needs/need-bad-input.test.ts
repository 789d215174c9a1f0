import assert from 'node:assert/strict'
import { kindsFor } from '../../../src/features/catalogue/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aNeed } from '../../support/builders-listings.js'
import { store } from '../../support/stored-listings.js'
import { companyPerson, schoolPerson, typedNeed, type School } from '../../support/typed-listings.js'

describe('The form of a need', () => {
  let app: TestApp
  let school: School
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
    school = await schoolPerson(app)
  })
  after(() => app.close())

  it('exists for every kind that can be needed, as that of an offer for every kind that can be offered', async () => {
    const { person: company } = await companyPerson(app)
    const { person } = school
    for (const [reader, side, path] of [
      [person, 'need', '/needs'],
      [company, 'offer', '/offers'],
    ] as const) {
      await reader.open(`${path}/new`)
      const links = reader
        .$(`main a[href^="${path}/new/"]`)
        .map((_, link) => reader.$(link).attr('href'))
        .get()
      assert.deepEqual(
        links.toSorted(),
        kindsFor(side)
          .map(({ code }) => `${path}/new/${code}`)
          .toSorted(),
      )
      for (const link of links) assert.equal((await reader.open(link)).status, 200, link)
    }
  })

  for (const [what, about, expected] of [
    ['no reason', { reason: '' }, 'Why it is needed: enter a value'],
    ['a reason of one word', { reason: 'Please' }, 'Why it is needed: write at least 10 characters'],
    [
      'a reason of 2,001 characters',
      { reason: 'x'.repeat(2001) },
      'Why it is needed: shorten it to 2,000 characters or fewer',
    ],
    ['nothing asked for', { quantity: '0' }, 'How many: enter 1 or more'],
    ['minus thirty students', { students: '-30' }, 'Students who will use it: enter 0 or more'],
    ['an urgency of 4', { urgency: '4' }, 'Urgency: choose one of the options'],
    ['two urgencies', { urgency: ['1', '3'] }, 'Urgency: give one value only'],
    ['half a day', { 'deadline-day': '1' }, 'Wanted by: enter a real date, such as 27 3 2027'],
    [
      'a unit that does not exist',
      { schoolUnitId: 'aaaaaaaaaaaaaaaaaaaaaaaa' },
      'School unit: choose one of the options',
    ],
    ['a unit that is no id', { schoolUnitId: '__proto__' }, 'School unit: choose one of the options'],
  ] as const) {
    it(`refuses ${what}, and keeps what was typed`, async () => {
      const { person, central } = school
      await person.open('/needs/new/DEV-LAPTOP')
      await person.submit(typedNeed(central, { teachers: '7', ...about }))
      assert.equal(person.status, 422)
      assert.deepEqual(person.errors, [expected])
      assert.equal(person.$('#teachers').val(), '7')
      const target = person.$('.govuk-error-summary__list a').attr('href') ?? ''
      assert.equal(person.$(target).length, 1, target)
    })
  }

  it('lets a published need shrink to what is approved, not below, and keeps its kind and unit', async () => {
    const { person, central, branch } = school
    const id = await store(
      app.database.connection,
      aNeed({ schoolUnitId: branch, centralSchoolId: central, quantity: 10, available: 6, reserved: 4 }),
    )
    await person.open(`/needs/${id}/edit`)
    assert.equal(person.$('input[name=schoolUnitId]').length, 1)
    await person.submit({ quantity: '3' }, 'Save')
    assert.deepEqual(person.errors, ['4 of it are already promised: enter 4 or more'])
    await person.submit({ quantity: '4' }, 'Save')
    assert.match(person.text('main'), /Still missing 0 of 4/)
    assert.equal((await person.open(`/needs/${id}/kind`)).status, 409)
    assert.equal((await person.open(`/needs/${id}/edit/DEV-TABLET`)).status, 409)
  })

  it('tells the second of two editors and keeps what they typed', async () => {
    const { person, central } = school
    const id = await store(app.database.connection, aNeed({ schoolUnitId: central, centralSchoolId: central }))
    const colleague = await app.signedIn('school', { organisation: central })
    await person.open(`/needs/${id}/edit`)
    await colleague.open(`/needs/${id}/edit`)
    await colleague.submit({ urgency: '3' }, 'Save')
    await person.submit({ students: '44' }, 'Save')
    assert.equal(person.status, 409)
    assert.equal(person.$('#students').val(), '44')
    await person.submit({}, 'Save')
    assert.equal(person.status, 200)
    assert.match(person.text('main'), /44/)
  })

  it('finds a need by the name of its school in either script', async () => {
    const { person, central } = await schoolPerson(app, {
      name: 'ОШ Ђурђевик',
      authority: 'TK',
      municipality: 'zivinice',
    })
    await person.open('/needs/new/DEV-LAPTOP')
    await person.submit(typedNeed(central))
    for (const typed of ['djurdjevik', 'Đurđevik', 'ЂУРЂ']) {
      await person.open(`/needs?q=${encodeURIComponent(typed)}`)
      assert.equal(person.$('.spona-rows__item').length, 1, typed)
    }
    await person.open('/needs?q=tuzla')
    assert.equal(person.$('.spona-rows__item').length, 0)
  })
})
