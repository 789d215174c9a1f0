import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import chromiumPackage from '@sparticuz/chromium'
import type { AxeResults } from 'axe-core'
import type { Express } from 'express'
import { chromium, type Browser, type Page } from 'playwright-core'

interface Window {
  /** With JavaScript unless false. */
  readonly script?: boolean
  /** In CSS pixels; a telephone has 320. */
  readonly width?: number
  readonly language?: string
}

/** A real browser in front of a served app. */
export interface RealBrowser {
  /** Address of the app, without a slash at the end. */
  readonly address: string
  /** A new window of a person who has not signed in: its own cookies. Relative addresses lead to the app. */
  open(window?: Window): Promise<Page>
  /** Closes every window and the server. */
  close(): Promise<void>
}

/** Of the package's arguments: one process would end with its last window, and security that is off hides faults. */
const unwanted = new Set(['--single-process', '--disable-web-security', '--allow-running-insecure-content'])

let running: Promise<Browser> | undefined

/** One Chromium for the whole run: it takes a second or two to start. */
async function start(): Promise<Browser> {
  chromiumPackage.setGraphicsMode = false
  return chromium.launch({
    executablePath: await chromiumPackage.executablePath(),
    args: chromiumPackage.args.filter((arg) => !unwanted.has(arg)),
    headless: true,
  })
}

// At the root of the run, not of a file: mocha closes Chromium when every file is through.
after(async () => {
  await (await running)?.close()
})

/** Serves the app on a free port and puts a browser in front of it. */
export async function startBrowser(app: Express): Promise<RealBrowser> {
  running ??= start()
  const browser = await running
  const server = await new Promise<Server>((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => {
      resolve(listening)
    })
  })
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const contexts: { close(): Promise<void> }[] = []
  return {
    address,
    async open({ script = true, width = 1280, language = 'en' } = {}) {
      const context = await browser.newContext({
        baseURL: address,
        javaScriptEnabled: script,
        viewport: { width, height: 900 },
        extraHTTPHeaders: { 'Accept-Language': language },
      })
      contexts.push(context)
      return context.newPage()
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()))
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds wrong on the page by WCAG 2.2 AA and good practice, one line each: rule, element, what is wrong. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  await page.evaluate(`${axeSource};0`)
  const results: AxeResults = await page.evaluate(
    `axe.run(document, ${JSON.stringify({ runOnly: { type: 'tag', values: wcag }, resultTypes: ['violations'] })})`,
  )
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ') ?? ''}`),
  )
}

/** How many pixels the page is wider than the window: 0 when nobody has to scroll sideways. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate('Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)')
