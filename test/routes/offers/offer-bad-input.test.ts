import assert from 'node:assert/strict'
import { offerModel } from '../../../src/features/offers/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import type { Browser } from '../../support/browse.js'
import { anOffer } from '../../support/builders-listings.js'
import { store } from '../../support/stored-listings.js'
import { companyPerson, typedOffer } from '../../support/typed-listings.js'

describe('The form of an offer', () => {
  let app: TestApp
  let person: Browser
  let company: string
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
    ;({ person, company } = await companyPerson(app))
  })
  after(() => app.close())

  const send = async (about: Parameters<typeof typedOffer>[0]): Promise<void> => {
    await person.open('/offers/new/DEV-LAPTOP')
    await person.submit(typedOffer(about))
  }
  /** Every message of the summary leads to exactly one element. */
  const linksLead = (): void => {
    person.$('.govuk-error-summary__list a').each((_, link) => {
      const target = person.$(link).attr('href') ?? ''
      assert.equal(person.$(target).length, 1, target)
    })
  }

  it('sent empty names every field that is missing, and each message leads to its field', async () => {
    await person.open('/offers/new/DEV-LAPTOP')
    await person.post('/offers/new/DEV-LAPTOP')
    assert.equal(person.status, 422)
    assert.match(person.text('title'), /^Error: /)
    assert.equal(person.errors.length, 11)
    for (const label of ['Title', 'How many', 'Memory', 'Where it is valid', 'First day', 'Value of one']) {
      assert.ok(
        person.errors.some((error) => error.startsWith(`${label}: `)),
        `nothing about ${label}`,
      )
    }
    linksLead()
  })

  for (const [what, about, expected] of [
    ['a negative quantity', { quantity: '-3' }, 'How many: enter 1 or more'],
    ['half a laptop', { quantity: '2,5' }, 'How many: enter a whole number, such as 12'],
    ['words for a number', { quantity: 'twenty' }, 'How many: enter a whole number, such as 12'],
    ['more than a million', { quantity: '1000001' }, 'How many: enter 1,000,000 or less'],
    ['a quantity sent twice', { quantity: ['1', '2'] }, 'How many: give one value only'],
    ['a title sent twice', { title: ['a', 'b'] }, 'Title: give one value only'],
    ['a title of 121 characters', { title: 'x'.repeat(121) }, 'Title: shorten it to 120 characters or fewer'],
    [
      'a day that is not',
      { 'validTo-day': '31', 'validTo-month': '2' },
      'Last day: enter a real date, such as 27 3 2027',
    ],
    ['a last day before the first', { 'validTo-year': '2025' }, 'Last day: it cannot be before the first day'],
    ['an unknown way of giving', { terms: 'loan' }, 'Terms: choose one of the options'],
    ['an unknown authority', { scope: 'authorities', authorities: ['XX'] }, 'Authorities: choose one of the options'],
    ['no authority', { scope: 'authorities' }, 'Authorities: tick at least one, or choose the whole country'],
    ['no municipality', { scope: 'municipalities' }, 'Municipalities: tick at least one, or choose the whole country'],
    [
      'an unknown municipality',
      { scope: 'municipalities', municipalities: ['atlantis'] },
      'Municipalities: choose one of the options',
    ],
    [
      'a lot larger than all',
      { minPerSchool: '21' },
      'Fewest for one school: enter 20 or less, because that is all you offer',
    ],
    [
      'a most below the fewest',
      { minPerSchool: '5', maxPerSchool: '4' },
      'Most for one school: enter 5 or more, because that is the fewest',
    ],
    ['too much memory', { 'spec-ramGb': '9999' }, 'Memory: enter 256 or less'],
    ['an unknown system', { 'spec-os': ['beos'] }, 'Operating system: choose one of the options'],
  ] as const) {
    it(`refuses ${what}, and keeps what was typed`, async () => {
      const { company: _, ...typed } = { company, ...about }
      await send(typed)
      assert.equal(person.status, 422)
      assert.deepEqual(person.errors, [expected])
      linksLead()
      if (!('title' in about)) assert.equal(person.$('#title').val(), 'Laptops for lower classes')
    })
  }

  it('stores nothing of fields that it does not have', async () => {
    await send({
      title: 'Hostile',
      ['__proto__']: 'x',
      'title[$gt]': '',
      $where: '1',
      companyId: 'c0000000000000000000000b',
      state: 'published',
      reserved: '5',
      'spec-__proto__': 'x',
      layout: '../../package.json',
    })
    assert.equal(person.text('.spona-state:first'), 'Draft')
    const stored = await offerModel(app.database.connection).findOne({ title: 'Hostile' }).lean()
    assert.equal(stored?.companyId.toHexString(), company)
    assert.deepEqual([stored.state, stored.reserved, stored.spec], ['draft', 0, { ramGb: 8 }])
  })

  it('shows hostile words as words', async () => {
    await send({ title: '<script>alert(1)</script>{{page}}' })
    assert.equal(person.text('h1'), '<script>alert(1)</script>{{page}}')
    assert.equal(person.$('h1 script').length, 0)
  })

  it('refuses a megabyte with one sentence', async () => {
    await person.open('/offers/new/DEV-LAPTOP')
    await person.submit(typedOffer({ description: 'x'.repeat(1_000_000) }))
    assert.equal(person.status, 413)
    assert.match(person.text('main'), /too large/)
  })

  it('tells the second of two editors, keeps what they typed, and lets them save over it when they have looked', async () => {
    const id = await store(app.database.connection, anOffer({ companyId: company }))
    const colleague = await app.signedIn('company', { organisation: company })
    await person.open(`/offers/${id}/edit`)
    await colleague.open(`/offers/${id}/edit`)
    await colleague.submit({ leadDays: '60' }, 'Save')
    await person.submit({ title: 'Mine' }, 'Save')
    assert.equal(person.status, 409)
    assert.equal(person.$('#title').val(), 'Mine')
    assert.match(person.text('main'), /Somebody else changed this/)
    assert.match(person.text('main'), /Yours differs from it in: Title and Time to deliver\./)
    assert.equal(person.$(`main a[href="/offers/${id}"]`).length, 1)
    await person.submit({}, 'Save')
    assert.equal(person.text('h1'), 'Mine')
  })

  it('that kept the version through other mistakes still notices the colleague', async () => {
    const id = await store(app.database.connection, anOffer({ companyId: company }))
    const colleague = await app.signedIn('company', { organisation: company })
    await person.open(`/offers/${id}/edit`)
    await colleague.open(`/offers/${id}/edit`)
    await colleague.submit({ leadDays: '60' }, 'Save')
    await person.submit({ quantity: '' }, 'Save')
    assert.equal(person.status, 422)
    await person.submit({ quantity: '30' }, 'Save')
    assert.equal(person.status, 409)
  })

  it('lets a published offer shrink to what is promised, not below', async () => {
    const id = await store(
      app.database.connection,
      anOffer({ companyId: company, available: 8, reserved: 6, committed: 4, delivered: 2 }),
    )
    await person.open(`/offers/${id}/edit`)
    await person.submit({ quantity: '11' }, 'Save')
    assert.equal(person.status, 422)
    assert.deepEqual(person.errors, ['12 of it are already promised: enter 12 or more'])
    await person.submit({ quantity: '12' }, 'Save')
    assert.match(person.text('main'), /Available 0 of 12/)
  })
})
