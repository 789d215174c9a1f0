import assert from 'node:assert/strict'
import { startApp, type TestApp } from '../../support/app.js'
import type { Browser } from '../../support/browse.js'
import { anOffer } from '../../support/builders-listings.js'
import { store } from '../../support/stored-listings.js'
import { companyPerson } from '../../support/typed-listings.js'

describe('The list of offers', () => {
  let app: TestApp
  let person: Browser
  let company: string
  let national: Browser
  const add = (about: Parameters<typeof anOffer>[0]) =>
    store(app.database.connection, anOffer({ companyId: company, ...about }))
  const titles = (reader: Browser): string[] =>
    reader
      .$('.spona-rows__title')
      .map((_, title) => reader.$(title).text().trim())
      .get()

  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
    ;({ person, company } = await companyPerson(app))
    national = await app.signedIn('national-coordinator')
    await add({ title: 'Рачунари за Ђурђевик', updatedAt: new Date('2026-11-01T08:00:00Z') })
    await add({
      title: 'Tableti za Čelić',
      kind: 'DEV-TABLET',
      reach: ['TK'],
      updatedAt: new Date('2026-11-02T08:00:00Z'),
    })
    await add({
      title: 'Draft of something',
      state: 'draft',
      publishedAt: null,
      updatedAt: new Date('2026-11-03T08:00:00Z'),
    })
    await add({
      title: 'Optika',
      kind: 'CONN-FIBRE',
      state: 'paused',
      reach: ['KS', 'TK'],
      updatedAt: new Date('2026-11-04T08:00:00Z'),
    })
    await add({ title: 'Over', validTo: '2026-11-23', updatedAt: new Date('2026-11-05T08:00:00Z') })
  })
  after(() => app.close())

  it('shows a company its own, drafts too, the newest first', async () => {
    await person.open('/offers')
    assert.deepEqual(titles(person), [
      'Over',
      'Optika',
      'Draft of something',
      'Tableti za Čelić',
      'Рачунари за Ђурђевик',
    ])
    assert.match(person.text('.spona-rows__item:first'), /Ended/)
  })

  for (const typed of ['Đurđevik', 'djurdjevik', 'ђурђевик', 'durd', 'za racunari']) {
    it(`finds Ђурђевик by "${typed}"`, async () => {
      await national.open('/offers')
      await national.submit({ q: typed }, 'Show')
      assert.deepEqual(titles(national), ['Рачунари за Ђурђевик'])
      assert.equal(national.$('#q').val(), typed)
    })
  }

  it('is narrowed by kind, category, state and authority, and says what it is narrowed by', async () => {
    const narrowed = async (query: string): Promise<string[]> => titles(await national.open(`/offers?${query}`))
    assert.deepEqual(await narrowed('kind=DEV-TABLET'), ['Tableti za Čelić'])
    assert.deepEqual(await narrowed('kind=connectivity'), ['Optika'])
    assert.deepEqual(await narrowed('state=paused&authority=KS'), ['Optika'])
    assert.equal(national.$('#authority option[selected]').text(), 'Sarajevo Canton')
    assert.deepEqual(await narrowed('authority=TK&kind=devices&q=celic'), ['Tableti za Čelić'])
    assert.deepEqual(await narrowed('q=nowhere'), [])
    assert.match(national.text('.spona-empty'), /Nothing fits these filters/)
    await national.follow('Clear the filters')
    assert.equal(titles(national).length, 5)
  })

  it('takes nonsense in its address for nothing asked', async () => {
    for (const query of ['kind=__proto__', 'state[$gt]=', 'authority=%00', 'after=abc', 'q=a&q=b', 'after=WzEsMl0']) {
      assert.equal((await national.open(`/offers?${query}`)).status, 200, query)
      assert.equal(titles(national).length, 5, query)
    }
  })

  it('is turned page by page, keeps its filters, shows every offer once even when many changed at the same moment', async () => {
    const at = new Date('2026-10-01T08:00:00Z')
    for (let n = 0; n < 45; n += 1) await add({ title: `Satelit ${n}`, kind: 'CONN-SAT', updatedAt: at })
    const seen: string[] = []
    await national.open('/offers?kind=CONN-SAT')
    for (const size of [20, 20, 5]) {
      assert.equal(titles(national).length, size)
      seen.push(...titles(national))
      const next = national.$('a[rel=next]').attr('href')
      if (next !== undefined) await national.open(next)
      assert.equal(national.$('#kind option[selected]').val(), 'CONN-SAT')
    }
    assert.equal(new Set(seen).size, 45)
    assert.equal(national.$('a[rel=next]').length, 0)
    await national.follow('Back to the beginning of the list')
    assert.equal(titles(national).length, 20)
    assert.equal(national.path, '/offers?kind=CONN-SAT')
  })

  it('asks the database once for the offers and once for the names', async () => {
    const asked: string[] = []
    app.database.connection.set('debug', (collection: string, method: string) => asked.push(`${collection}.${method}`))
    await national.open('/offers')
    app.database.connection.set('debug', false)
    assert.deepEqual(
      asked.filter((one) => !one.startsWith('accounts.') && !one.startsWith('sessions.')),
      ['offers.find', 'companies.find'],
    )
  })

  it('is read in each of the five languages', async () => {
    for (const [language, title] of [
      ['bs', 'Ponude'],
      ['hr', 'Ponude'],
      ['sr-Latn', 'Ponude'],
      ['sr-Cyrl', 'Понуде'],
      ['en', 'Offers'],
    ] as const) {
      await national.open(`/language/${language}?back=%2Foffers`)
      assert.equal(national.text('h1'), title)
      assert.doesNotMatch(national.text('main'), /\{\{|offers\./)
    }
  })
})
