import { strict as assert } from 'node:assert'
import { startApp, type TestApp } from '../support/app.js'

describe('The frame of every page', () => {
  let app: TestApp

  before(async () => {
    app = await startApp()
  })

  after(async () => {
    await app.close()
  })

  it('is in the language that the browser asks for, else in Bosnian', async () => {
    const language = async (asked: string): Promise<string> =>
      (await app.browse(asked).open('/')).$('html').attr('lang') ?? ''
    assert.equal(await language('hr-HR,hr;q=0.9'), 'hr-BA')
    assert.equal(await language('sr'), 'sr-Latn-BA')
    assert.equal(await language('sr-Cyrl-BA'), 'sr-Cyrl-BA')
    assert.equal(await language('de, en;q=0.5'), 'en-GB')
    assert.equal(await language('de'), 'bs-BA')
    assert.equal(await language('*;q=nonsense,,,'), 'bs-BA')
  })

  it('changes its language by a link, stays on the page, and remembers', async () => {
    const reader = await app.browse().open('/sign-in')
    await reader.follow('Српски')
    assert.equal(reader.path, '/sign-in')
    assert.match(reader.text('h1'), /\p{Script=Cyrillic}/u)
    assert.equal((await reader.open('/')).$('html').attr('lang'), 'sr-Cyrl-BA')
    await reader.follow('Hrvatski')
    assert.equal(reader.$('html').attr('lang'), 'hr-BA')
  })

  it('leads nowhere else after a change of language', async () => {
    for (const back of [
      '//evil.example',
      'https://evil.example',
      '/\\evil.example',
      '/%09/evil.example',
      'javascript:alert(1)',
      '',
      '/a\nb',
    ]) {
      const answer = await app.browse().agent.get('/language/bs').query({ back })
      assert.equal(answer.status, 303)
      const target = new URL(answer.headers['location'] ?? '', 'http://here.example')
      assert.equal(target.host, 'here.example', back)
    }
    assert.equal((await app.browse().agent.get('/language/xx')).status, 404)
  })

  it('refuses everything that does not come from this server', async () => {
    const { headers } = await app.browse().agent.get('/')
    const policy = headers['content-security-policy'] ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /script-src 'self'(?:;|$)/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe|\*/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'same-origin')
    assert.equal(headers['x-powered-by'], undefined)
    assert.match(headers['cache-control'] ?? '', /private/)
  })

  it('tells whoever is lost where to go, in their language and in the frame', async () => {
    const lost = await app.browse('hr').open('/no/such/page')
    assert.equal(lost.status, 404)
    assert.equal(lost.$('html').attr('lang'), 'hr-BA')
    assert.equal(lost.$('main a[href="/"]').length, 1)
  })

  it('answers addresses that no page can have without a defect', async () => {
    for (const path of [
      '/%',
      '/%E0%A4%A',
      '/..%2f..%2fpackage.json',
      '/css/../../package.json',
      '/css/%2e%2e/%2e%2e/package.json',
      '/offers/%00',
      `/${'a'.repeat(5000)}`,
    ]) {
      const { status, text } = await app.browse().agent.get(path)
      assert.ok(status >= 400 && status < 500, `${path.slice(0, 40)}: ${status}`)
      assert.ok(!text.includes('"dependencies"'))
    }
  })

  it('lets browsers keep its files for a year, by their content', async () => {
    const page = await app.browse().open('/')
    const address = page.$('link[rel=stylesheet]').attr('href') ?? ''
    assert.match(address, /^\/css\/spona\.css\?v=/)
    const file = await page.agent.get(address)
    assert.equal(file.status, 200)
    assert.match(file.headers['cache-control'] ?? '', /immutable/)
  })

  it('says that the service is well', async () => {
    const answer = await app.browse().agent.get('/health')
    assert.equal(answer.status, 200)
    assert.equal(answer.text, '{"status":"ok"}')
  })
})
