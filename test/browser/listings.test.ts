import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { password, startApp, type TestApp } from '../support/app.js'
import { sidewaysScroll, startBrowser, violationsOn, type RealBrowser } from '../support/browser.js'
import { aNeed, anOffer } from '../support/builders-listings.js'
import { store } from '../support/stored-listings.js'
import { companyPerson, schoolPerson } from '../support/typed-listings.js'

describe('The pages of offers and needs in a browser', () => {
  let app: TestApp
  let browser: RealBrowser
  let offer: string
  let need: string
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
    browser = await startBrowser(app.app)
    const { company } = await companyPerson(app)
    const { central } = await schoolPerson(app)
    offer = await store(app.database.connection, anOffer({ companyId: company }))
    need = await store(app.database.connection, aNeed({ schoolUnitId: central, centralSchoolId: central }))
    for (const [role, organisation] of [
      ['company', company],
      ['school', central],
    ] as const) {
      await app.services.accounts.create({ email: `${role}@example.ba`, name: role, role, organisation, password })
    }
  })
  after(async () => {
    await browser.close()
    await app.close()
  })

  const signIn = async (role: 'company' | 'school', window: Parameters<RealBrowser['open']>[0]): Promise<Page> => {
    const page = await browser.open(window)
    await page.goto('/sign-in')
    await page.locator('#email').fill(`${role}@example.ba`)
    await page.locator('#password').fill(password)
    await page.locator('main button[type=submit]').click()
    await page.waitForLoadState()
    return page
  }

  for (const width of [320, 1280]) {
    it(`are accessible and fit a window of ${width} pixels`, async () => {
      const company = await signIn('company', { width })
      const school = await signIn('school', { width })
      const visits: readonly (readonly [Page, string])[] = [
        [company, '/offers'],
        [company, '/offers/new'],
        [company, '/offers/new/DEV-LAPTOP'],
        [company, `/offers/${offer}`],
        [company, `/offers/${offer}/edit`],
        [company, `/offers/${offer}/withdraw`],
        [school, '/needs'],
        [school, '/needs/new/TRAIN-DIGI'],
        [school, `/needs/${need}`],
      ]
      for (const [page, path] of visits) {
        await page.goto(path)
        assert.deepEqual(await violationsOn(page), [], path)
        assert.equal(await sidewaysScroll(page), 0, path)
      }
    })
  }

  it('show what is wrong with a form, with and without JavaScript', async () => {
    for (const script of [true, false]) {
      const page = await signIn('company', { script })
      await page.goto('/offers/new/DEV-LAPTOP')
      await page.locator('#title').fill('Laptops')
      await page.locator('main form button:not([name])').click()
      await page.getByRole('link', { name: 'How many: enter a value' }).click()
      // With JavaScript the field has the focus; without it the browser goes to it by its address.
      await page.locator(script ? '#quantity:focus' : '#quantity:target').waitFor()
      assert.equal(await page.locator('#title').inputValue(), 'Laptops')
    }
  })
})
