import assert from 'node:assert/strict'
import { startApp, type TestApp } from '../../support/app.js'
import type { Browser } from '../../support/browse.js'
import { aNeed, anOffer } from '../../support/builders-listings.js'
import { store } from '../../support/stored-listings.js'
import { companyPerson, schoolPerson, type School } from '../../support/typed-listings.js'

describe('Offers and needs', () => {
  let app: TestApp
  let owner: Browser
  let rival: Browser
  let school: School
  let offer: string
  let draft: string
  let need: string
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
    const own = await companyPerson(app)
    owner = own.person
    rival = (await companyPerson(app)).person
    school = await schoolPerson(app, { authority: 'KS', municipality: 'ilidza' })
    const { connection } = app.database
    offer = await store(connection, anOffer({ companyId: own.company, reach: ['KS'] }))
    draft = await store(connection, anOffer({ companyId: own.company, state: 'draft', publishedAt: null }))
    need = await store(connection, aNeed({ schoolUnitId: school.branch, centralSchoolId: school.central }))
  })
  after(() => app.close())

  const statuses = async (person: Browser, paths: readonly string[]): Promise<number[]> => {
    const found: number[] = []
    for (const path of paths) found.push((await person.open(path)).status)
    return found
  }
  const posted = async (person: Browser, path: string): Promise<number> => {
    await person.open('/offers')
    if (person.$('input[name=_csrf]').length === 0) await person.open('/about')
    return (await person.post(path, { reason: 'Because of this.' })).status
  }

  it('of another company do not exist for a company, for reading and for every act', async () => {
    assert.deepEqual(
      await statuses(rival, [`/offers/${offer}`, `/offers/${offer}/edit`, `/offers/${offer}/withdraw`]),
      [404, 404, 404],
    )
    for (const act of ['publish', 'pause', 'resume', 'withdraw', 'edit']) {
      assert.equal(await posted(rival, `/offers/${offer}/${act}`), 404, act)
    }
    await rival.open('/offers')
    assert.equal(rival.$('.spona-rows__item').length, 0)
  })

  it('are seen by coordinators where they reach, published ones only, and changed by none of them', async () => {
    const sarajevo = await app.signedIn('coordinator', { authorities: ['KS'] })
    const tuzla = await app.signedIn('coordinator', { authorities: ['TK'] })
    assert.deepEqual(
      await statuses(sarajevo, [`/offers/${offer}`, `/offers/${draft}`, `/needs/${need}`]),
      [200, 404, 200],
    )
    assert.deepEqual(await statuses(tuzla, [`/offers/${offer}`, `/offers/${draft}`, `/needs/${need}`]), [404, 404, 404])
    assert.deepEqual(await statuses(sarajevo, ['/offers/new', `/offers/${offer}/edit`, '/needs/new']), [403, 403, 403])
    assert.equal(await posted(sarajevo, `/offers/${offer}/pause`), 403)
    assert.equal(await posted(sarajevo, `/needs/${need}/withdraw`), 403)
    await tuzla.open('/offers?authority=KS')
    assert.equal(tuzla.$('.spona-rows__item').length, 0)
  })

  it('are all seen by the nation and by administrators, who change none', async () => {
    for (const role of ['national-coordinator', 'administrator'] as const) {
      const person = await app.signedIn(role)
      assert.deepEqual(
        await statuses(person, [`/offers/${offer}`, `/offers/${draft}`, `/needs/${need}`]),
        [200, 200, 200],
      )
      assert.equal(await posted(person, `/offers/${offer}/pause`), 403)
    }
  })

  it('are kept apart: companies see no needs, schools see no offers', async () => {
    assert.deepEqual(await statuses(owner, ['/needs', `/needs/${need}`]), [403, 403])
    assert.deepEqual(await statuses(school.person, ['/offers', `/offers/${offer}`]), [403, 403])
  })

  it('ask strangers to sign in', async () => {
    const stranger = app.browse()
    for (const path of ['/offers', `/offers/${offer}`, '/needs/new', `/needs/${need}`]) {
      await stranger.open(path)
      assert.equal(stranger.path, '/sign-in', path)
    }
  })

  it('that do not exist are not found, however they are called', async () => {
    const paths = [
      '/offers/aaaaaaaaaaaaaaaaaaaaaaaa',
      '/offers/1',
      '/offers/%00',
      '/offers/new/DEV-NOTHING',
      '/offers/new/__proto__',
      `/offers/${offer}/burn`,
    ]
    assert.deepEqual(
      await statuses(owner, paths),
      paths.map(() => 404),
    )
    assert.deepEqual(await statuses(school.person, ['/needs/new/MONEY', '/needs/new/DEV-USED']), [404, 404])
  })

  it('answer 409 to a step that a colleague has taken meanwhile', async () => {
    await owner.open(`/offers/${offer}`)
    await owner.submit({}, 'Pause')
    assert.equal(await posted(owner, `/offers/${offer}/pause`), 409)
    assert.match(owner.text('main'), /State of the offer: Paused/)
    await owner.open(`/offers/${offer}`)
    await owner.submit({}, 'Publish again')
  })

  it('show no button that would be refused', async () => {
    await owner.open(`/offers/${offer}`)
    const acts = owner
      .$('main form')
      .map((_, form) => owner.$(form).attr('action'))
      .get()
    assert.deepEqual(acts, [`/offers/${offer}/pause`])
    assert.equal(await posted(owner, `/offers/${offer}/publish`), 409)
  })
})
