import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import express from 'express'
import { batchReport, readBatch, summaryOf } from '../../src/features/batch/index.js'
import { planRound } from '../../src/features/planning/index.js'
import { formatsOf } from '../../src/locales/formats.js'
import { loadWords } from '../../src/locales/words.js'
import type { Locale } from '../../src/shared/locale.js'
import { sidewaysScroll, startBrowser, violationsOn } from '../support/browser.js'

const file = (name: string, more = '') => ({
  name,
  bytes: new TextEncoder().encode(readFileSync(`docs/example/${name}`, 'utf8') + more),
})

/** The report of the documented example, with one row that is rejected. */
function reportIn(locale: Locale): string {
  const files = {
    schools: file('schools.csv'),
    offers: file('offers.csv', 'O-99,Zadnja,DEV-ROCKET,1,,,,,,,,,,\n'),
    needs: file('needs.csv'),
  }
  const batch = readBatch(files, { today: '2026-12-01' })
  const { plans, inputHash } = planRound(batch.round)
  const outcome = { plan: plans[0], inputHash }
  const summary = summaryOf(batch, outcome, { read: 0.1, total: 0.2, memory: 100e6 })
  return batchReport({ batch, plan: outcome.plan }, summary, {
    t: loadWords()(locale).t,
    locale,
    formats: formatsOf(locale),
  })
}

describe('The report of the batch tool', () => {
  for (const [locale, width] of [
    ['en', 320],
    ['sr-Cyrl', 1280],
  ] as const) {
    it(`is accessible without script and fits a window of ${width} pixels in ${locale}`, async () => {
      const browser = await startBrowser(express().get('/', (_, res) => void res.type('html').send(reportIn(locale))))
      const page = await browser.open({ width })
      await page.goto('/')
      assert.deepEqual(await violationsOn(page), [])
      assert.equal(await sidewaysScroll(page), 0)
      assert.equal(await page.locator('svg rect.served').count(), 5)
      assert.ok((await page.locator('table').count()) >= 7)
      await browser.close()
    })
  }
})
