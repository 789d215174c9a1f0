import { strict as assert } from 'node:assert'
import { EventEmitter, once } from 'node:events'
import express from 'express'
import { sidewaysScroll, startBrowser, violationsOn } from '../support/browser.js'
import { galleryApp } from '../support/gallery.js'

describe('The look of Spona', () => {
  for (const width of [320, 1280]) {
    for (const locale of ['en', 'sr-Cyrl'] as const) {
      it(`is accessible and fits a window of ${width} pixels in ${locale}`, async () => {
        const browser = await startBrowser(galleryApp(locale, { errors: [{ text: 'Unesite broj', href: '#amount' }] }))
        const page = await browser.open({ width })
        await page.goto('/')
        assert.deepEqual(await violationsOn(page), [])
        assert.equal(await sidewaysScroll(page), 0)
        await browser.close()
      })
    }
  }

  it('shows every entry of the navigation to a reader without JavaScript on a telephone', async () => {
    const browser = await startBrowser(galleryApp('bs'))
    const page = await browser.open({ width: 320, script: false })
    await page.goto('/')
    assert.equal(await page.locator('.govuk-service-navigation__link:visible').count(), 7)
    assert.equal(await sidewaysScroll(page), 0)
    await browser.close()
  })

  it('folds the navigation behind a button on a telephone and opens it', async () => {
    const browser = await startBrowser(galleryApp('bs'))
    const page = await browser.open({ width: 320 })
    await page.goto('/')
    const links = page.locator('.govuk-service-navigation__link:visible')
    await page.getByRole('button', { name: 'Meni' }).waitFor()
    assert.equal(await links.count(), 0)
    await page.getByRole('button', { name: 'Meni' }).click()
    assert.equal(await links.count(), 7)
    await browser.close()
  })

  it('moves the focus to the summary of errors and from there to the field in error', async () => {
    const browser = await startBrowser(galleryApp('en', { errors: [{ text: 'Enter a number', href: '#amount' }] }))
    const page = await browser.open()
    await page.goto('/')
    await page.locator('.govuk-error-summary:focus').waitFor()
    assert.match(await page.title(), /^Error: /)
    await page.getByRole('link', { name: 'Enter a number' }).click()
    await page.locator('#amount:focus').waitFor()
    await browser.close()
  })

  it('counts the characters that are left in the plural forms of the language', async () => {
    const browser = await startBrowser(galleryApp('bs'))
    const page = await browser.open()
    await page.goto('/')
    await page.locator('#reason').fill('x'.repeat(498))
    await page.getByText('Preostala su vam 2 znaka').first().waitFor()
    await page.locator('#reason').fill('x'.repeat(501))
    await page.getByText('Imate 1 znak viška').first().waitFor()
    await browser.close()
  })

  it('shows a typed password on request', async () => {
    const browser = await startBrowser(galleryApp('en'))
    const page = await browser.open()
    await page.goto('/')
    await page.getByRole('button', { name: 'Show password' }).click()
    assert.equal(await page.locator('#password').getAttribute('type'), 'text')
    await browser.close()
  })
})

describe('Progress of a round', () => {
  it('is followed live, and the page is read again at its end', async () => {
    const steps = new EventEmitter()
    const app = express()
    app.get('/', (_req, _res, next) => {
      steps.emit('visit')
      next()
    })
    app.get('/steps', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream' })
      res.flushHeaders()
      steps.on('step', (step) => res.write(`data: ${JSON.stringify(step)}\n\n`))
      steps.emit('followed')
    })
    app.use(galleryApp('en', {}, '/steps'))
    const browser = await startBrowser(app)
    const page = await browser.open()
    const followed = once(steps, 'followed')
    await page.goto('/')
    await followed
    steps.emit('step', { value: 64, max: 80, text: '64 of 80 needs' })
    await page.getByRole('status').filter({ hasText: '64 of 80 needs' }).waitFor()
    assert.equal(await page.locator('progress').getAttribute('value'), '64')
    const readAgain = once(steps, 'visit')
    steps.emit('step', { value: 80, max: 80, text: 'Finished', finished: true })
    await readAgain
    await browser.close()
  })
})
