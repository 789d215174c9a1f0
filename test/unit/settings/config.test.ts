import { strict as assert } from 'node:assert'
import { readConfig, UnusableSettingError } from '../../../src/config.js'
import { sentenceOf } from '../../../src/start-failure.js'

describe('The settings', () => {
  it('have defaults with which Spona starts on this machine alone', () => {
    const config = readConfig({})
    assert.equal(config.HOST, '127.0.0.1')
    assert.equal(config.PORT, 3000)
    assert.equal(config.SECURE_COOKIES, false)
    assert.equal(config.NODE_ENV, 'production')
  })

  it('take an empty variable for one that is not set, and ignore what is not theirs', () => {
    assert.deepEqual(readConfig({ PORT: '', MONGODB_URI: '', HOME: '/root' }), readConfig({}))
  })

  it('cannot be changed once they are read', () => {
    assert.ok(Object.isFrozen(readConfig({})))
  })

  it('are refused with the name of each variable and why', () => {
    const refusals: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ PORT: '80a' }, /PORT must be a port number/],
      [{ PORT: '70000' }, /PORT must be a port number from 0 to 65535/],
      [{ PORT: '80.5' }, /PORT must be a whole number/],
      [{ SESSION_SECRET: 'short' }, /SESSION_SECRET must have at least 32 characters/],
      [{ SECURE_COOKIES: 'true' }, /SECURE_COOKIES must be yes or no/],
      [{ MONGODB_URI: 'localhost' }, /MONGODB_URI must start with mongodb/],
      [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be fatal, error/],
      [{ NODE_ENV: 'prod' }, /NODE_ENV must be production, development or test/],
      [{ TRUSTED_PROXIES: '-1' }, /TRUSTED_PROXIES must be 0 to 10/],
      [{ PORT: 'x', LOG_LEVEL: 'y' }, /PORT .*; LOG_LEVEL /],
    ]
    for (const [environment, words] of refusals) {
      assert.throws(
        () => readConfig(environment),
        (error) => error instanceof UnusableSettingError && words.test(error.message),
        String(words),
      )
    }
  })

  it('never repeat the secret that could not be used', () => {
    assert.throws(
      () => readConfig({ SESSION_SECRET: 'hunter2' }),
      (error: Error) => !error.message.includes('hunter2'),
    )
  })
})

describe('A start that failed', () => {
  const failure = (code: string, more: object = {}): Error => Object.assign(new Error('x'), { code, ...more })

  it('is told in one sentence that says what to do', () => {
    const told: readonly (readonly [Error, RegExp])[] = [
      [failure('EADDRINUSE', { port: 3000 }), /port 3000 is taken.*PORT/],
      [failure('EACCES', { syscall: 'listen' }), /may not listen.*PORT/],
      [failure('EADDRNOTAVAIL'), /HOST is not an address/],
      [failure('EACCES', { path: '/data' }), /may not write.*\/data.*DATA_DIR/],
      [failure('EROFS', { path: '/data' }), /may not write.*\/data/],
      [failure('ENOTDIR', { path: '/data/x' }), /\/data\/x.*DATA_DIR/],
      [Object.assign(new Error('timed out'), { name: 'MongooseServerSelectionError' }), /MONGODB_URI does not answer/],
    ]
    for (const [error, words] of told) {
      assert.match(sentenceOf(error), words)
      assert.match(sentenceOf(error), /^Spona cannot start: .*\.$/)
      assert.ok(!sentenceOf(error).includes('\n'))
    }
  })

  it('keeps its stack where it is a defect', () => {
    assert.match(sentenceOf(new TypeError('oops')), /TypeError: oops\n\s+at /)
    assert.equal(sentenceOf('thrown text'), 'thrown text')
  })
})
