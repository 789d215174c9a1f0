import { sameValue } from '../../src/db/embedded/query/compare.js'
import { strict as assert } from 'node:assert'
import type { Document as BsonDocument } from 'bson'
import { compileFilter } from '../../src/db/embedded/query/matcher.js'
import { compileProjection } from '../../src/db/embedded/query/projection.js'
import { compileSort, sortDocuments } from '../../src/db/embedded/query/sort.js'
import { typed } from '../support/bson-values.js'

const document = {
  _id: 1,
  a: [{ b: 1, c: 1 }, { b: 2, c: 2 }, 5, [{ b: 3, c: 3 }]],
  d: { e: 1, f: 2 },
  n: [1, 2, 3, 4],
}

function project(spec: BsonDocument, filter: BsonDocument = {}, from: BsonDocument = document) {
  return compileProjection(typed(spec), compileFilter(typed(filter)))(typed(from))
}

function gives(spec: BsonDocument, expected: BsonDocument, filter: BsonDocument = {}): void {
  const result = project(spec, filter)
  assert.ok(sameValue(result, typed(expected)), `${JSON.stringify(spec)} gives ${JSON.stringify(result)}`)
}

describe('A projection', () => {
  it('keeps the fields it names, and _id', () => {
    gives({ d: 1 }, { _id: 1, d: { e: 1, f: 2 } })
    gives({ d: true, _id: 0 }, { d: { e: 1, f: 2 } })
    gives({ 'd.f': 1, x: 1 }, { _id: 1, d: { f: 2 } })
    gives({ d: { f: 1 } }, { _id: 1, d: { f: 2 } })
    gives({ 'a.b': 1 }, { _id: 1, a: [{ b: 1 }, { b: 2 }, [{ b: 3 }]] })
    gives({ 'n.x': 1 }, { _id: 1, n: [] })
    gives({ _id: 1 }, { _id: 1 })
    gives({ n: 1, d: 1 }, { _id: 1, d: { e: 1, f: 2 }, n: [1, 2, 3, 4] })
    gives({}, document)
  })

  it('leaves out the fields it names with false', () => {
    gives({ a: 0, n: 0 }, { _id: 1, d: { e: 1, f: 2 } })
    gives({ 'a.b': 0, d: 0, n: 0 }, { _id: 1, a: [{ c: 1 }, { c: 2 }, 5, [{ c: 3 }]] })
    gives({ _id: 0, a: 0, n: 0 }, { d: { e: 1, f: 2 } })
    gives({ 'd.e.x': 0, a: 0, n: 0 }, { _id: 1, d: { e: 1, f: 2 } })
  })

  it('computes fields', () => {
    gives({ sum: { $add: ['$d.e', '$d.f'] }, d: 1 }, { _id: 1, d: { e: 1, f: 2 }, sum: 3 })
    gives({ x: 'words', y: '$d.e' }, { _id: 1, x: 'words', y: 1 })
    gives({ 'd.e': '$d.f' }, { _id: 1, d: { e: 2 } })
  })

  it('cuts arrays, and keeps the first item that matches', () => {
    gives({ n: { $slice: 2 }, a: 0 }, { _id: 1, d: { e: 1, f: 2 }, n: [1, 2] })
    gives({ n: { $slice: -1 }, d: 1 }, { _id: 1, d: { e: 1, f: 2 }, n: [4] })
    gives({ n: { $slice: [1, 2] }, d: 1 }, { _id: 1, d: { e: 1, f: 2 }, n: [2, 3] })
    gives({ n: { $slice: [-2, 1] }, d: 1 }, { _id: 1, d: { e: 1, f: 2 }, n: [3] })
    gives({ a: { $elemMatch: { b: 2 } } }, { _id: 1, a: [{ b: 2, c: 2 }] })
    gives({ a: { $elemMatch: { b: 9 } } }, { _id: 1 })
    gives({ 'a.$': 1 }, { _id: 1, a: [{ b: 2, c: 2 }] }, { 'a.b': 2 })
    gives({ 'n.$': 1, d: 1 }, { _id: 1, d: { e: 1, f: 2 }, n: [3] }, { n: { $gt: 2 } })
  })

  it('is refused with the code of MongoDB when it contradicts itself', () => {
    const refused: readonly (readonly [BsonDocument, number, string?])[] = [
      [{ a: 1, d: 0 }, 31254, 'Cannot do exclusion on field d in inclusion projection'],
      [{ a: 0, d: 1 }, 31253, 'Cannot do inclusion on field d in exclusion projection'],
      [{ a: 1, 'a.b': 1 }, 31249, 'Path collision at a.b remaining portion b'],
      [{ 'a.b': 1, a: 1 }, 31250, 'Path collision at a'],
      [{ a: 0, x: { $add: [1, 2] } }, 31252],
      [{ a: 0, x: 'y' }, 31310],
      [{ 'a.$': 1 }, 31277, "Positional projection 'a.$' does not match the query document."],
      [{ 'a.x': { $elemMatch: { b: 1 } } }, 31275],
      [{ a: { $elemMatch: 1 } }, 31274],
      [{ a: { $foo: 1 } }, 168, "Unrecognized expression '$foo'"],
      [{ 'a.': 1 }, 40353],
      [{ a: { $meta: 'textScore' } }, 40218],
    ]
    for (const [spec, code, message] of refused) {
      assert.throws(() => project(spec), message === undefined ? { code } : { code, message }, JSON.stringify(spec))
    }
  })
})

describe('A sort', () => {
  const order = (spec: BsonDocument, documents: readonly BsonDocument[], limit?: number) =>
    sortDocuments(documents.map(typed), compileSort(typed(spec)), limit).map(({ _id }) => Number(_id))

  it('goes by type and value, a missing field as null, an array by its smallest or largest item', () => {
    const documents = [
      { _id: 1, a: 'x' },
      { _id: 2 },
      { _id: 3, a: [5, 1] },
      { _id: 4, a: 2 },
      { _id: 5, a: [] },
      { _id: 6, a: null },
    ]
    assert.deepEqual(order({ a: 1 }, documents), [5, 2, 6, 3, 4, 1])
    assert.deepEqual(order({ a: -1 }, documents), [1, 3, 4, 2, 6, 5])
  })

  it('goes by several fields, through documents in arrays', () => {
    const documents = [
      {
        _id: 1,
        a: [
          { x: 1, y: 9 },
          { x: 2, y: 0 },
        ],
      },
      { _id: 2, a: [{ x: 1, y: 3 }] },
      { _id: 3, a: { x: 0 } },
    ]
    assert.deepEqual(order({ 'a.x': 1, 'a.y': 1 }, documents), [3, 2, 1])
    assert.deepEqual(order({ 'a.x': -1 }, documents), [1, 2, 3])
    assert.deepEqual(order({ 'a.0.y': -1 }, documents), [1, 2, 3])
  })

  it('keeps the order of equals and the first few of many', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ _id: index, a: (index * 7919) % 100 }))
    const all = order({ a: 1 }, many)
    assert.deepEqual(order({ a: 1 }, many, 30), all.slice(0, 30))
    assert.deepEqual(all.slice(0, 3), [0, 100, 200])
  })

  it('is refused when it cannot be', () => {
    assert.throws(() => compileSort(typed({ a: 2 })), { code: 15975 })
    assert.throws(() => compileSort(typed({ a: 'x' })), { code: 15974 })
    assert.throws(() => order({ a: 1, b: 1 }, [{ _id: 1, a: [1], b: [1] }]), {
      code: 2,
      message: 'cannot sort with keys that are parallel arrays',
    })
  })
})
