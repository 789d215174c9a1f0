import { strict as assert } from 'node:assert'
import { startApp, password, type TestApp } from '../support/app.js'
import type { Browser } from '../support/browse.js'

describe('Signing in', () => {
  let app: TestApp

  before(async () => {
    app = await startApp()
    await app.services.accounts.create({ email: 'ana@example.ba', name: 'Ana', role: 'administrator', password })
  })

  after(async () => {
    await app.close()
  })

  const cookieOf = (person: Browser): string =>
    (person.response?.headers['set-cookie'] as string[] | undefined)?.find((line) => line.startsWith('spona=')) ?? ''

  async function signedIn(): Promise<Browser> {
    const person = app.browse()
    await person.open('/sign-in')
    return person.submit({ email: 'Ana@Example.ba ', password })
  }

  it('shows who is signed in, and signing out forgets it', async () => {
    const ana = await signedIn()
    assert.equal(ana.path, '/')
    assert.match(ana.text('header'), /Ana Administrator/)
    await ana.submit({}, 'Sign out')
    assert.equal(ana.path, '/')
    assert.match(ana.text('header'), /Sign in/)
    assert.doesNotMatch(ana.text('header'), /Ana/)
  })

  it('answers a wrong password and an unknown address with the same words', async () => {
    const wrong = await app.browse().open('/sign-in')
    await wrong.submit({ email: 'ana@example.ba', password: 'not the password' })
    const unknown = await app.browse().open('/sign-in')
    await unknown.submit({ email: 'nobody@example.ba', password: 'not the password' })
    for (const person of [wrong, unknown]) {
      assert.equal(person.status, 422)
      assert.deepEqual(person.errors, ['The e-mail address or the password is wrong. Check both and try again.'])
      assert.match(person.text('title'), /^Error: Sign in/)
      assert.ok(!person.response?.text.includes('not the password'))
    }
    assert.equal(wrong.$('#email').attr('value'), 'ana@example.ba')
  })

  it('lets nobody in whose account is closed', async () => {
    await app.services.accounts.create({ email: 'closed@example.ba', name: 'Closed', role: 'administrator', password })
    await app.database.connection
      .collection('accounts')
      .updateOne({ email: 'closed@example.ba' }, { $set: { isClosed: true } })
    const person = await app.browse().open('/sign-in')
    await person.submit({ email: 'closed@example.ba', password })
    assert.equal(person.status, 422)
  })

  it('gives the session a new id, so that an id from before is worth nothing', async () => {
    const person = app.browse()
    await person.open('/sign-in')
    const before = cookieOf(person).split(';')[0] ?? ''
    assert.match(before, /^spona=./)
    const answer = await person.agent
      .post('/sign-in')
      .type('form')
      .send({ _csrf: person.$('main input[name=_csrf]').attr('value') ?? '', email: 'ana@example.ba', password })
    assert.equal(answer.status, 303)
    const after = (answer.headers['set-cookie'] as unknown as string[]).find((line) => line.startsWith('spona='))
    assert.notEqual(after?.split(';')[0], before)
    const thief = await app.browse().agent.get('/').set('Cookie', before)
    assert.ok(!thief.text.includes('Ana'))
  })

  it('keeps the cookie from scripts and from other sites', async () => {
    const ana = await signedIn()
    await ana.open('/')
    assert.match(cookieOf(ana), /; Path=\/; .*HttpOnly; SameSite=Lax/)
  })

  it('starts no session for whoever only reads', async () => {
    const reader = await app.browse().open('/')
    assert.equal(cookieOf(reader), '')
  })

  it('ends everywhere when the password is changed', async () => {
    await app.services.accounts.create({ email: 'two@example.ba', name: 'Two', role: 'administrator', password })
    const two = await app.browse().open('/sign-in')
    await two.submit({ email: 'two@example.ba', password })
    assert.match(two.text('header'), /Two/)
    await app.services.accounts.setPassword('two@example.ba')
    assert.doesNotMatch((await two.open('/')).text('header'), /Two/)
  })

  it('ends twelve hours after it began, however busy the person is', async () => {
    const ana = await signedIn()
    app.setNow(new Date(Date.now() + 11 * 3_600_000))
    assert.match((await ana.open('/')).text('header'), /Ana/)
    app.setNow(new Date(Date.now() + 13 * 3_600_000))
    assert.doesNotMatch((await ana.open('/')).text('header'), /Ana/)
    app.setNow(new Date())
  })

  it('leads to the page that was wanted', async () => {
    const person = app.browse()
    await person.open('/offers?q=laptop')
    assert.equal(person.path, '/sign-in')
    await person.submit({ email: 'ana@example.ba', password })
    assert.equal(person.path, '/offers?q=laptop')
  })

  it('is refused without the token of the form', async () => {
    const person = await app.browse().open('/sign-in')
    for (const token of [undefined, '', 'x', 'a'.repeat(2000)]) {
      const answer = await person.agent
        .post('/sign-in')
        .type('form')
        .send({ _csrf: token, email: 'ana@example.ba', password })
      assert.equal(answer.status, 403)
      assert.match(answer.text, /open too long or in another session/)
    }
    const twice = await person.agent
      .post('/sign-in')
      .type('form')
      .send('_csrf=a&_csrf=b&email=ana@example.ba&password=x')
    assert.equal(twice.status, 403)
  })

  it('takes hostile fields for what they are: a form that was not filled in', async () => {
    const person = await app.browse().open('/sign-in')
    const token = encodeURIComponent(person.$('main input[name=_csrf]').attr('value') ?? '')
    for (const body of [
      'email[$ne]=x&password[$ne]=x',
      'email=a&email=b&password=c&password=d',
      'email=%00&password=%00',
      '',
      `email=${'x'.repeat(300)}&password=x`,
    ]) {
      const answer = await person.agent.post('/sign-in').type('form').send(`_csrf=${token}&${body}`)
      assert.equal(answer.status, 422, body)
    }
    const json = await person.agent.post('/sign-in').send({ email: 'ana@example.ba', password })
    assert.equal(json.status, 403)
    const large = await person.agent
      .post('/sign-in')
      .type('form')
      .send(`_csrf=${token}&email=${'x'.repeat(200_000)}`)
    assert.equal(large.status, 413)
    const broken = await person.agent.post('/sign-in').type('form').set('Content-Encoding', 'gzip').send('not gzip')
    assert.equal(broken.status, 400)
  })

  it('is stopped after ten attempts for an address, and another address is not', async () => {
    const guesser = await app.browse().open('/sign-in')
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await guesser.submit({ email: 'guessed@example.ba', password: `guess number ${attempt}` })
      assert.equal(guesser.status, 422)
    }
    await guesser.submit({ email: 'GUESSED@example.ba', password })
    assert.equal(guesser.status, 429)
    assert.match(guesser.text('main'), /Too many attempts.*Wait \d+ minutes/)
    const other = await app.browse().open('/sign-in')
    await other.submit({ email: 'ana@example.ba', password })
    assert.match(other.text('header'), /Ana/)
  })
})
