import { strict as assert } from 'node:assert'
import { listed } from '../support/source-files.js'
import { keyOf, textsOf } from '../support/words-of.js'
import { usedWords } from '../support/words-used.js'

const known = new Set([...textsOf('en').keys()].map(keyOf))
const namespaces = [...new Set([...known].map((key) => key.split('.')[0] ?? ''))]
const { keys, patterns } = usedWords(namespaces)

describe('The words that pages and services use', () => {
  it('exist', () => {
    const missing = keys.filter(({ key }) => !known.has(key)).map(({ key, file }) => `${file}: ${key}`)
    assert.equal(missing.length, 0, listed(missing))
  })

  it('are found by their patterns where a part is known only at run time', () => {
    const empty = patterns.filter((pattern) => ![...known].some((key) => pattern.test(key))).map(String)
    assert.equal(empty.length, 0, listed(empty))
  })

  it('are all there is: no word is kept that nobody reads', () => {
    const asked = new Set(keys.map(({ key }) => key))
    const idle = [...known].filter((key) => !asked.has(key) && !patterns.some((pattern) => pattern.test(key)))
    assert.equal(idle.length, 0, listed(idle))
  })
})
