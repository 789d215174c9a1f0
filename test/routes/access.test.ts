import { strict as assert } from 'node:assert'
import { pagesOf } from '../../src/app.js'
import { roles } from '../../src/shared/actor.js'
import { mayUse } from '../../src/shared/permission.js'
import type { Page } from '../../src/web/pages.js'
import { startApp, type TestApp } from '../support/app.js'
import type { Browser } from '../support/browse.js'
import { listed } from '../support/source-files.js'

const values: Readonly<Record<string, string>> = { kind: 'DEV-LAPTOP', locale: 'hr', code: 'USK', version: '1' }

/** An address of the page; ids are well-formed and nobody's. */
const addressOf = ({ path }: Page): string =>
  path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '0123456789abcdef01234567')

const hasParameters = ({ path }: Page): boolean => path.includes(':')

describe('The access of every page', () => {
  let app: TestApp
  let pages: readonly Page[]
  const people = new Map<string, Browser>()

  before(async () => {
    app = await startApp()
    pages = pagesOf(app.services)
    for (const role of roles) {
      const organisation = role === 'company' || role === 'school' ? { organisation: '0123456789abcdef01234567' } : {}
      const authorities = role === 'coordinator' ? { authorities: ['USK'] } : {}
      people.set(role, await app.signedIn(role, { ...organisation, ...authorities }))
    }
  })

  after(async () => {
    await app.close()
  })

  /** Status of each method that the page has, asked without following redirects, with the token of an open page. */
  async function answers(person: Browser, asked: Page): Promise<{ method: string; status: number; to: string }[]> {
    const address = addressOf(asked)
    const token = person.$('input[name=_csrf]').first().attr('value') ?? ''
    const responses = [
      ...(asked.get === undefined ? [] : [{ method: 'GET', response: await person.agent.get(address) }]),
      ...(asked.post === undefined
        ? []
        : [{ method: 'POST', response: await person.agent.post(address).type('form').send({ _csrf: token }) }]),
    ]
    return responses.map(({ method, response }) => ({
      method: `${method} ${address}`,
      status: response.status,
      to: response.headers['location'] ?? '',
    }))
  }

  it('is stated, and its address is not taken twice', () => {
    assert.ok(pages.length > 10)
    const paths = pages.map(({ path }) => path)
    assert.deepEqual([...new Set(paths)], paths)
  })

  it('sends a stranger to the sign-in page unless it is public', async () => {
    const complaints: string[] = []
    for (const asked of pages.filter(({ access }) => access !== 'public')) {
      const stranger = app.browse()
      for (const { method, status, to } of await answers(stranger, asked)) {
        if (status !== 303 || to !== '/sign-in') complaints.push(`${method}: ${status} ${to}`)
      }
    }
    assert.equal(complaints.length, 0, listed(complaints))
  })

  it('lets a stranger read every public page', async () => {
    const complaints: string[] = []
    for (const asked of pages.filter(({ access, get }) => access === 'public' && get !== undefined)) {
      const [answer] = await answers(app.browse(), { ...asked, post: undefined } as unknown as Page)
      const right = hasParameters(asked) ? [200, 404] : [200]
      if (answer !== undefined && !right.includes(answer.status)) complaints.push(`${answer.method}: ${answer.status}`)
    }
    assert.equal(complaints.length, 0, listed(complaints))
  })

  for (const role of roles) {
    it(`refuses a ${role} without the permission, and nobody is signed out by it`, async () => {
      const person = people.get(role)!
      await person.open('/')
      const complaints: string[] = []
      for (const asked of pages) {
        const { access } = asked
        if (access === 'public' || access === 'signed-in' || mayUse(actor(role), access)) continue
        for (const { method, status } of await answers(person, asked)) {
          if (status !== 403) complaints.push(`${method}: ${status}`)
        }
      }
      assert.equal(complaints.length, 0, listed(complaints))
      await person.open('/')
      assert.equal(person.$('form[action="/sign-out"]').length, 1)
    })

    it(`lets a ${role} with the permission in, without a defect`, async () => {
      const person = people.get(role)!
      const complaints: string[] = []
      for (const asked of pages) {
        const { access } = asked
        if (access !== 'public' && access !== 'signed-in' && !mayUse(actor(role), access)) continue
        await person.open('/')
        for (const { method, status, to } of await answers(person, asked)) {
          if (status === 403 || status >= 500 || to === '/sign-in') complaints.push(`${method}: ${status} ${to}`)
        }
      }
      assert.equal(complaints.length, 0, listed(complaints))
    })
  }

  it('answers 404 for an id that is none, before anything else', async () => {
    const stranger = app.browse()
    for (const asked of pages.filter(({ path, get }) => path.includes(':id') && get !== undefined)) {
      for (const wrong of ['1', 'new%00', '0123456789ABCDEF01234567', '..%2f..%2fetc%2fpasswd', '%7B%24ne%3A1%7D']) {
        const { status } = await stranger.agent.get(asked.path.replace(/:\w+/g, wrong))
        assert.ok([404, 400, 303].includes(status), `${asked.path} with ${wrong}: ${status}`)
      }
    }
  })

  it('answers 405 with the methods that an address takes', async () => {
    const response = await app.browse().agent.delete('/')
    assert.equal(response.status, 405)
    assert.equal(response.headers['allow'], 'GET, HEAD')
  })
})

const actor = (role: (typeof roles)[number]) => ({
  id: '',
  name: '',
  role,
  organisation: null,
  authorities: new Set<string>(),
})
