import { strict as assert } from 'node:assert'
import { Binary, BSONRegExp, BSONSymbol, Code, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import fc from 'fast-check'
import { compareValues, equalValues, hashKey, sameValue } from '../../src/db/embedded/query/compare.js'
import { decodeDocument } from '../../src/db/embedded/query/raw.js'
import {
  anyDocument,
  anyNumber,
  anyValue,
  asBytes,
  decimal,
  double,
  long,
  typed,
  typedValue,
} from '../support/bson-values.js'

describe('The order of BSON values', () => {
  const ascending: readonly unknown[] = [
    new MinKey(),
    undefined,
    null,
    double(NaN),
    double(-Infinity),
    long('-9223372036854775808'),
    -1.5,
    0,
    decimal('1E-6000'),
    0.1,
    1,
    decimal('9007199254740992'),
    long('9007199254740993'),
    double(9007199254740994),
    long('9223372036854775807'),
    double(2 ** 63),
    decimal('9.9E+6000'),
    decimal('Infinity'),
    '',
    'A',
    'Z',
    'a',
    'ab',
    new BSONSymbol('b'),
    'č',
    '\ue000',
    '\uffff',
    '😀',
    {},
    { a: 1 },
    { a: 1, b: 1 },
    { b: 1 },
    { a: 'x' },
    [],
    [1],
    [1, 1],
    [2],
    ['a'],
    new Binary(Buffer.from([9])),
    new Binary(Buffer.from([1]), 5),
    new Binary(Buffer.from([0, 0])),
    new ObjectId('000000000000000000000001'),
    new ObjectId('0000000000000000000000ff'),
    false,
    true,
    new Date(-1),
    new Date(0),
    new Timestamp({ t: 1, i: 9 }),
    new Timestamp({ t: 4_000_000_000, i: 1 }),
    new BSONRegExp('a'),
    new BSONRegExp('a', 'i'),
    new BSONRegExp('b'),
    new Code('a'),
    new Code('a', { x: 1 }),
    new MaxKey(),
  ]

  it('is that of MongoDB, type by type and value by value', () => {
    for (const [index, value] of ascending.entries()) {
      for (const [other, next] of ascending.entries()) {
        assert.equal(compareValues(value, next), Math.sign(index - other), `${index} and ${other}`)
      }
    }
  })

  it('takes numbers of all types by their value', () => {
    for (const group of [
      [1, double(1), long('1'), decimal('1'), decimal('1.000'), 1n],
      [double(0), double(-0), decimal('-0'), decimal('0E+10')],
      [double(NaN), decimal('NaN')],
      [double(Infinity), decimal('Infinity')],
      [double(0.5), decimal('0.5'), decimal('0.50')],
      [double(1e23), decimal('99999999999999991611392')],
    ]) {
      for (const value of group) {
        assert.ok(equalValues(value, group[0]))
        assert.equal(hashKey(value), hashKey(group[0]))
      }
    }
    assert.ok(!equalValues(double(0.1), decimal('0.1')), 'a double 0.1 is a little more than a decimal one')
  })

  it('has one answer for every two values, however they are asked for', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (a, b, c) => {
        assert.equal(compareValues(a, b), 0 - compareValues(b, a))
        assert.equal(compareValues(a, a), 0)
        const [low, middle, high] = [a, b, c].sort(compareValues)
        assert.ok(compareValues(low, middle) <= 0 && compareValues(middle, high) <= 0 && compareValues(low, high) <= 0)
      }),
      { numRuns: 1500 },
    )
  })

  it('gives equal values, and only these, the same key', () => {
    const close = fc.oneof(fc.tuple(anyNumber, anyNumber), fc.tuple(anyValue, anyValue))
    fc.assert(
      fc.property(close, ([a, b]) => {
        assert.equal(hashKey(a) === hashKey(b), equalValues(a, b))
      }),
      { numRuns: 4000 },
    )
  })
})

describe('Documents read from their bytes', () => {
  it('are the same as before they were written', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        assert.ok(sameValue(decodeDocument(asBytes(document)), document))
      }),
    )
  })

  it('keep a field called __proto__ and a document that looks like a reference', () => {
    const document = typed(
      JSON.parse('{ "__proto__": { "x": 1 }, "ref": { "$ref": "a", "$id": 1, "more": 2 } }') as object,
    )
    assert.deepEqual(Object.keys(document), ['__proto__', 'ref'])
    assert.deepEqual(Object.keys(document['ref'] as object), ['$ref', '$id', 'more'])
    assert.equal(Reflect.get({}, 'x'), undefined)
  })
})

describe('Values that are stored with the same bytes', () => {
  it('are told from those that are only equal', () => {
    for (const [a, b] of [
      [1, double(1)],
      [1, long('1')],
      [double(0), double(-0)],
      [decimal('1.0'), decimal('1.00')],
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      [[1], [double(1)]],
      ['a', new BSONSymbol('a')],
      [new Binary(Buffer.from('a'), 0), new Binary(Buffer.from('a'), 4)],
    ]) {
      assert.ok(!sameValue(typedValue(a), typedValue(b)))
    }
    assert.ok(sameValue(typedValue({ a: [1, { b: new Date(5) }] }), typedValue({ a: [1, { b: new Date(5) }] })))
  })
})
