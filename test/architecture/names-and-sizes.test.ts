import { strict as assert } from 'node:assert'
import { basename } from 'node:path'
import { filesUnder, listed, sourceFiles, textOfFile } from '../support/source-files.js'

const sources = filesUnder('src', '.ts')
const tests = filesUnder('test', '.ts')
const lines = (file: string): number => textOfFile(file).split('\n').length - 1

describe('The files', () => {
  it('are short: at most 250 lines, tests 400', () => {
    const long = [...sources.filter((file) => lines(file) > 250), ...tests.filter((file) => lines(file) > 400)].map(
      (file) => `${file}: ${lines(file)} lines`,
    )
    assert.equal(long.length, 0, listed(long))
  })

  it('have kebab-case names', () => {
    const wrong = [...sources, ...tests, ...filesUnder('views', '.hbs'), ...filesUnder('src', '.json')].filter(
      (file) => !/^_?[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test|\.d)?\.(?:ts|hbs|json)$/.test(basename(file)),
    )
    assert.deepEqual(wrong, [])
  })

  // Two kinds of errors have one name by design: what the domain may throw, and how the web answers it.
  it('have names that nobody else has', () => {
    const named = new Map<string, string[]>()
    for (const file of sources.filter((path) => !['index.ts', 'errors.ts'].includes(basename(path)))) {
      named.set(basename(file), [...(named.get(basename(file)) ?? []), file])
    }
    const twice = [...named.values()].filter((files) => files.length > 1).map((files) => files.join(' = '))
    assert.equal(twice.length, 0, listed(twice))
  })

  it('are in no drawer for everything', () => {
    const drawer = /(?:^|\/)(?:utils?|helpers?|common|lib|misc|manager)(?:\/|\.ts$)/
    assert.deepEqual(
      sources.filter((file) => drawer.test(file)),
      [],
    )
  })

  it('leave nothing for later and switch no rule off', () => {
    // Written in pieces, so that this file does not complain about itself.
    const marks = [
      'TO' + 'DO',
      'FIX' + 'ME',
      '@ts-' + 'ignore',
      '@ts-' + 'expect-error',
      '@ts-' + 'nocheck',
      'eslint-' + 'disable',
    ]
    const found = [...sources, ...tests].flatMap((file) => {
      const text = textOfFile(file)
      return marks.filter((mark) => text.includes(mark)).map((mark) => `${file}: ${mark}`)
    })
    assert.equal(found.length, 0, listed(found))
  })

  it('export names, never a default', () => {
    const found = sourceFiles()
      .filter(({ code }) => /^export default\b/m.test(code))
      .map(({ path }) => path)
    assert.deepEqual(found, [])
  })
})

describe('The tests', () => {
  it('have titles that state a fact', () => {
    const wishes = tests.filter((file) => /\b(?:it|describe)\(\s*['"`][^'"`\n]*\bshould\b/.test(textOfFile(file)))
    assert.deepEqual(wishes, [])
  })

  it('are all run', () => {
    const skipped = tests.filter((file) =>
      /\b(?:it|describe|context)\.(?:skip|only)\(|\bxit\(|\bthis\.skip\(/.test(textOfFile(file)),
    )
    assert.deepEqual(skipped, [])
  })

  it('check something in every file', () => {
    const idle = tests.filter((file) => file.endsWith('.test.ts') && !/\bassert\b|\bexpect\(/.test(textOfFile(file)))
    assert.deepEqual(idle, [])
  })
})
