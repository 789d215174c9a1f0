import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { dateInBosnia } from '../../../src/shared/clock.js'
import { isId } from '../../../src/shared/ids.js'
import { decodeCursor, encodeCursor } from '../../../src/shared/page.js'
import { money, quantity } from '../../../src/shared/quantity.js'
import { covers } from '../../../src/shared/territory.js'

describe('A cursor of a list', () => {
  it('comes back as it was', () => {
    const part = fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    )
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const cursor = encodeCursor(parts)
        fc.pre(cursor.length <= 500)
        assert.deepEqual(
          decodeCursor(cursor, parts.length),
          parts.map((value) => (Object.is(value, -0) ? 0 : value)),
        )
      }),
    )
  })

  it('that somebody made up starts the list again', () => {
    const made = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const cursor of [
      undefined,
      '',
      'x',
      '%00',
      made(null),
      made({}),
      made([1]),
      made([1, {}]),
      made([1, null]),
      'A'.repeat(501),
    ]) {
      assert.equal(decodeCursor(cursor, 2), null, cursor)
    }
  })

  it('never makes anybody throw', () => {
    fc.assert(fc.property(fc.string(), fc.nat(4), (cursor, length) => void decodeCursor(cursor, length)))
  })
})

describe('A territory', () => {
  const bihac = { authority: 'USK', municipality: 'bihac' }

  it('of the whole country covers every place', () => {
    assert.ok(covers({ scope: 'national' }, bihac))
  })

  it('of authorities covers their municipalities', () => {
    assert.ok(covers({ scope: 'authorities', authorities: ['PK', 'USK'] }, bihac))
    assert.ok(!covers({ scope: 'authorities', authorities: ['TK'] }, bihac))
  })

  it('of municipalities covers these only, and nothing when there are none', () => {
    assert.ok(covers({ scope: 'municipalities', municipalities: ['bihac'] }, bihac))
    assert.ok(!covers({ scope: 'municipalities', municipalities: ['cazin'] }, bihac))
    assert.ok(!covers({ scope: 'municipalities', municipalities: [] }, bihac))
  })
})

describe('Quantities, money, ids and dates', () => {
  it('take whole numbers from 0 to a million', () => {
    assert.equal(quantity(0), 0)
    assert.equal(quantity(1_000_000), 1_000_000)
    for (const wrong of [-1, 1.5, NaN, Infinity, 1_000_001]) assert.throws(() => quantity(wrong), RangeError)
  })

  it('take amounts to the hundredth', () => {
    assert.equal(money(10.005), 10.01)
    for (const wrong of [-0.01, NaN, 1_000_000_001]) assert.throws(() => money(wrong), RangeError)
  })

  it('know an id by its 24 digits', () => {
    assert.ok(isId('0123456789abcdef01234567'))
    for (const wrong of ['', '0123456789ABCDEF01234567', '0123456789abcdef0123456', '0123456789abcdef01234567\n']) {
      assert.ok(!isId(wrong), wrong)
    }
  })

  it('end a day at midnight in Sarajevo, in summer and in winter', () => {
    assert.equal(dateInBosnia(new Date('2026-07-31T21:59:59Z')), '2026-07-31')
    assert.equal(dateInBosnia(new Date('2026-07-31T22:00:00Z')), '2026-08-01')
    assert.equal(dateInBosnia(new Date('2026-12-31T23:00:00Z')), '2027-01-01')
  })
})
