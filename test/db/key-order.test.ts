import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { compareValues } from '../../src/db/embedded/query/compare.js'
import { KeyWriter } from '../../src/db/embedded/storage/key-writer.js'
import { anyNumber, anyValue } from '../support/bson-values.js'

const runs = Number(process.env['KEY_PAIRS'] ?? 4_000)
const writer = new KeyWriter()
const ascending = (value: unknown): Buffer => writer.value(value).finish()
const descending = (value: unknown): Buffer => writer.descending(value).finish()

describe('Index keys', () => {
  it('compare byte by byte as the values compare', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        assert.equal(Math.sign(ascending(a).compare(ascending(b))), compareValues(a, b))
      }),
      { numRuns: runs },
    )
  })

  it('compare the other way round in descending fields', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        assert.equal(Math.sign(descending(b).compare(descending(a))), compareValues(a, b))
      }),
      { numRuns: runs },
    )
  })

  it('are the same for the same number, whatever its type', () => {
    fc.assert(
      fc.property(anyNumber, anyNumber, (a, b) => {
        assert.equal(Math.sign(ascending(a).compare(ascending(b))), compareValues(a, b))
      }),
      { numRuns: runs },
    )
  })

  it('stay in order when another field follows', () => {
    const pair = (first: unknown, second: unknown): Buffer => writer.descending(first).value(second).finish()
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, anyValue, (a, b, c, d) => {
        assert.equal(Math.sign(pair(a, c).compare(pair(b, d))), compareValues(b, a) || compareValues(c, d))
      }),
      { numRuns: runs },
    )
  })
})
