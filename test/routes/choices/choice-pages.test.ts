import assert from 'node:assert/strict'
import { startApp, type TestApp } from '../../support/app.js'
import type { Browser } from '../../support/browse.js'
import { aNeed, anOffer } from '../../support/builders-listings.js'
import { aCompany } from '../../support/builders-register.js'
import { store } from '../../support/stored-listings.js'
import { schoolPerson } from '../../support/typed-listings.js'

describe('A school that chooses among offers', () => {
  let app: TestApp
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
  })
  after(() => app.close())

  /** A school in a canton of its own, its published need, and offers of two companies for that canton. */
  async function scene(authority: 'TK' | 'ZDK' | 'BPK' | 'SBK' | 'PK' | 'HNK' | 'ZHK', offers: number) {
    const { connection } = app.database
    const school = await schoolPerson(app, { authority, municipality: '' })
    const place = { authority, municipality: '', tier: 3 } as const
    const facts = { schoolUnitId: school.central, centralSchoolId: school.central, ...place }
    const need = await store(connection, aNeed(facts))
    const companies = [await app.services.organisations.createCompany(aCompany())]
    companies.push(await app.services.organisations.createCompany(aCompany()))
    const territory = { scope: 'authorities', authorities: [authority] } as const
    const ids: string[] = []
    for (let n = 0; n < offers; n += 1) {
      const companyId = companies[n % 2]?.id ?? ''
      ids.push(
        await store(connection, anOffer({ companyId, title: `Laptops ${n + 1}`, territory, reach: [authority] })),
      )
    }
    return { school: school.person, need, ids, companies }
  }

  const choose = (person: Browser, answers: Record<string, string>) =>
    person.submit(
      Object.fromEntries(Object.entries(answers).map(([id, answer]) => [`answer-${id}`, answer])),
      'Save the answers',
    )

  it('puts them in order and refuses one with a reason; the need keeps its day', async () => {
    const { school, need, ids, companies } = await scene('TK', 3)
    const [a = '', b = '', c = ''] = ids
    await school.open(`/needs/${need}`)
    await school.follow('Choose among the offers that fit')
    assert.match(school.text('main'), /Laptops 1 .*Tuzla Canton.*Delivered in 30 days.*20 pieces/)
    await school.submit(
      { [`answer-${a}`]: '2', [`answer-${b}`]: '1', [`answer-${c}`]: 'offer', [`reason-${c}`]: 'Too heavy' },
      'Save the answers',
    )
    assert.equal(school.path, `/needs/${need}`)
    assert.match(school.text('.govuk-notification-banner'), /Your answers are saved/)
    assert.match(school.text('main'), new RegExp(`First choice Laptops 2 \\(${companies[1]?.name ?? ''}\\)`))
    assert.match(school.text('main'), /No, thank you Laptops 3 .* Too heavy/)
    const stored = (await app.services.needUnits.byIds([need])).get(need)
    assert.deepEqual(stored?.ranking, [b, a])
    assert.equal(stored.updatedAt.getTime(), new Date('2026-11-02T08:00:00Z').getTime())
    assert.equal((await app.services.audit.verify()).brokenAt, null)
  })

  it('refuses everything of a company, no longer sees its offers, and can take that back', async () => {
    const { school, need, ids } = await scene('ZDK', 4)
    await school.open(`/needs/${need}/choices`)
    await choose(school, { [ids[0] ?? '']: 'company' })
    await school.follow('Choose among the offers that fit')
    assert.doesNotMatch(school.text('main'), /Laptops 1|Laptops 3/)
    assert.match(school.text('main'), /Laptops 2.*Laptops 4/)
    const welcome = school.$('input[name=welcome]').attr('value') ?? ''
    await school.submit({ welcome: [welcome] }, 'Save the answers')
    await school.follow('Choose among the offers that fit')
    assert.match(school.text('main'), /Laptops 1.*Laptops 2.*Laptops 3/)
  })

  it('is told of answers that contradict each other, at the field, and keeps what was chosen', async () => {
    const { school, need, ids } = await scene('BPK', 3)
    const [a = '', b = '', c = ''] = ids
    await school.open(`/needs/${need}/choices`)
    await choose(school, { [a]: '1', [b]: '1' })
    assert.equal(school.status, 422)
    assert.deepEqual(school.errors, ['You have given this place to “Laptops 1” already: choose another one'])
    assert.equal(school.$(`.govuk-error-summary a[href="#answer-${b}"]`).length, 1)
    assert.equal(school.$(`#answer-${a} option[selected]`).attr('value'), '1')
    await choose(school, { [a]: '1', [b]: '', [c]: 'company' })
    assert.match(school.errors.join(), /You refuse everything of this company/)
    await school.submit({ [`answer-${c}`]: '', [`reason-${a}`]: 'Why not' }, 'Save the answers')
    assert.match(school.errors.join(), /you have not said no to this offer/)
    await school.submit({ [`answer-${a}`]: '7' }, 'Save the answers')
    assert.equal(school.status, 422)
  })

  it('that comes second is told, and can save over it when it has looked', async () => {
    const { school, need, ids } = await scene('SBK', 1)
    await school.open(`/needs/${need}/choices`)
    const stale = school.$('input[name=version]').attr('value') ?? ''
    await choose(school, { [ids[0] ?? '']: '1' })
    await school.open(`/needs/${need}/choices`)
    await school.submit({ version: stale, [`answer-${ids[0] ?? ''}`]: 'offer' }, 'Save the answers')
    assert.equal(school.status, 409)
    assert.equal(school.$(`#answer-${ids[0] ?? ''} option[selected]`).attr('value'), 'offer')
    await school.submit({}, 'Save the answers')
    assert.match(school.text('main'), /No, thank you Laptops 1/)
  })

  it('leafs through many, and what it put in order stays in sight', async () => {
    const { school, need, ids } = await scene('PK', 53)
    await school.open(`/needs/${need}/choices`)
    assert.equal(school.$('main select').length, 50)
    await choose(school, { [ids[4] ?? '']: '1' })
    await school.open(`/needs/${need}/choices`)
    await school.open(school.$('.govuk-pagination__next a').attr('href') ?? '')
    assert.equal(school.$('main select').length, 3)
    assert.match(school.text('main'), /Laptops 5 /)
    await choose(school, { [ids[52] ?? '']: '2' })
    assert.match(school.text('main'), /First choice Laptops 5 .*Second choice Laptops 53 /)
  })

  it('is the only one who may; coordinators read the answers, companies nothing', async () => {
    const { school, need, ids, companies } = await scene('HNK', 1)
    await school.open(`/needs/${need}/choices`)
    await choose(school, { [ids[0] ?? '']: '1' })
    const coordinator = await (await app.signedIn('coordinator', { authorities: ['HNK'] })).open(`/needs/${need}`)
    assert.match(coordinator.text('main'), /First choice Laptops 1/)
    assert.equal(coordinator.$(`main a[href="/offers/${ids[0] ?? ''}"]`).length, 1)
    assert.equal((await coordinator.open(`/needs/${need}/choices`)).status, 403)
    const other = await schoolPerson(app)
    assert.equal((await other.person.open(`/needs/${need}/choices`)).status, 404)
    const others = [
      await app.signedIn('company', { organisation: companies[0]?.id ?? '' }),
      await app.signedIn('national-coordinator'),
      await app.signedIn('administrator'),
    ]
    for (const person of others) assert.equal((await person.open(`/needs/${need}/choices`)).status, 403)
    assert.equal((await app.browse().open(`/needs/${need}/choices`)).path, '/sign-in')
  })

  it('reads it in each language', async () => {
    const { school, need } = await scene('ZHK', 1)
    for (const locale of ['bs', 'hr', 'sr-Latn', 'sr-Cyrl', 'en']) {
      await school.open(`/needs/${need}/choices`)
      await school.post(`/language/${locale}`, { back: '/' })
      await school.open(`/needs/${need}/choices`)
      assert.equal(school.status, 200, locale)
      assert.equal(school.$('main select').length, 1)
    }
  })
})
