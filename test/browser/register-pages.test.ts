import assert from 'node:assert/strict'
import { password, startApp, type TestApp } from '../support/app.js'
import { sidewaysScroll, startBrowser, violationsOn, type RealBrowser } from '../support/browser.js'
import { aSchool } from '../support/builders-register.js'

describe('The pages of the register in a browser', () => {
  let app: TestApp
  let browser: RealBrowser
  let branch: string
  before(async () => {
    app = await startApp()
    browser = await startBrowser(app.app)
    await app.services.schools.register([
      aSchool({ schoolIdGovt: 'A' }),
      aSchool({
        schoolIdGovt: 'B',
        parentSchoolIdGovt: 'A',
        name: 'Područna škola Gornje Vrelo',
        connectivityGovt: false,
      }),
    ])
    branch = (await app.services.schools.unitByGovtId('B'))?.id ?? ''
    const role = 'national-coordinator'
    await app.services.accounts.create({ email: 'n@example.ba', name: 'National', role, password })
  })
  after(async () => {
    await browser.close()
    await app.close()
  })

  for (const [width, language] of [
    [320, 'sr-Cyrl'],
    [1280, 'en'],
  ] as const) {
    it(`are accessible and fit a window of ${width} pixels`, async () => {
      const page = await browser.open({ width, language })
      await page.goto('/sign-in')
      await page.locator('#email').fill('n@example.ba')
      await page.locator('#password').fill(password)
      await page.locator('main button[type=submit]').click()
      await page.waitForLoadState()
      for (const path of ['/schools', `/schools/${branch}`, '/equity', '/catalogue', '/catalogue/DEV-LAPTOP']) {
        await page.goto(path)
        assert.deepEqual(await violationsOn(page), [], path)
        assert.equal(await sidewaysScroll(page), 0, path)
      }
    })
  }

  it('are searched without JavaScript', async () => {
    const page = await browser.open({ script: false })
    await page.goto('/sign-in')
    await page.locator('#email').fill('n@example.ba')
    await page.locator('#password').fill(password)
    await page.locator('main button[type=submit]').click()
    await page.goto('/schools')
    await page.locator('#q').fill('горње')
    await page.locator('main form button').click()
    await page.getByRole('link', { name: 'Područna škola Gornje Vrelo' }).waitFor()
    assert.equal(await page.locator('.spona-rows__item').count(), 1)
  })
})
