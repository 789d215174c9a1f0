import { sameValue } from '../../src/db/embedded/query/compare.js'
import { strict as assert } from 'node:assert'
import { ObjectId, Timestamp, type Document as BsonDocument } from 'bson'
import fc from 'fast-check'
import { compileFilter } from '../../src/db/embedded/query/matcher.js'
import { compileUpdate, type UpdateOptions } from '../../src/db/embedded/query/update.js'
import type { Document } from '../../src/db/embedded/query/values.js'
import { anyDocument, anyPath, anyValue, double, long, typed, typedValue } from '../support/bson-values.js'

const now = new Date('2026-03-04T05:06:07Z')

function parse(update: BsonDocument | BsonDocument[], options: UpdateOptions = {}) {
  return compileUpdate(typedValue(update) as Document, { now, ...options })
}

interface Case {
  readonly filter?: BsonDocument
  readonly arrayFilters?: BsonDocument[]
}

function updated(
  document: BsonDocument,
  update: BsonDocument | BsonDocument[],
  { filter = {}, arrayFilters = [] }: Case = {},
) {
  const before = typed(document)
  const untouched = typed(document)
  const info = compileFilter(typed(filter)).match(before)
  const result = parse(update, { arrayFilters: arrayFilters.map(typed) }).apply(before, info)
  assert.ok(sameValue(before, untouched), 'the document given stays as it is')
  return result
}

function becomes(
  document: BsonDocument,
  update: BsonDocument | BsonDocument[],
  expected: BsonDocument,
  about: Case = {},
): void {
  const { doc, changed } = updated(document, update, about)
  const shown = `${JSON.stringify(document)} by ${JSON.stringify(update)} is ${JSON.stringify(doc)}`
  assert.ok(sameValue(doc, typed(expected)), shown)
  assert.equal(changed, !sameValue(typed(document), typed(expected)), shown)
}

function refused(
  document: BsonDocument,
  update: BsonDocument | BsonDocument[],
  code: number,
  message?: string,
  about: Case = {},
): void {
  const words = message === undefined ? { code } : { code, message }
  assert.throws(() => updated(document, update, about), words, JSON.stringify(update))
}

describe('Update operators', () => {
  it('set and take away fields, in order of their names', () => {
    becomes({ _id: 1 }, { $set: { b: 1, a: 2, '10': 1, '9': 2 } }, { _id: 1, '9': 2, '10': 1, a: 2, b: 1 })
    becomes({ _id: 1, c: 1 }, { $set: { 'a.b.c': 1 } }, { _id: 1, c: 1, a: { b: { c: 1 } } })
    becomes({ _id: 1, a: [1, 2] }, { $set: { 'a.1': 5, 'a.4': 6 } }, { _id: 1, a: [1, 5, null, null, 6] })
    becomes({ _id: 1 }, { $set: { 'a.0': 1 } }, { _id: 1, a: { 0: 1 } })
    becomes({ _id: 1, a: 1 }, { $set: { a: double(1) } }, { _id: 1, a: double(1) })
    becomes(
      { _id: 1, a: 1, b: { c: 1, d: 2 } },
      { $unset: { a: '', 'b.c': 1, x: 1, 'd.e': 1 } },
      { _id: 1, b: { d: 2 } },
    )
  })

  it('take away an item of an array by leaving null', () => {
    becomes({ _id: 1, a: [1, 2, 3] }, { $unset: { 'a.1': 1, 'b.c': 1 } }, { _id: 1, a: [1, null, 3] })
  })

  it('count in the wider type of the two', () => {
    becomes({ _id: 1, a: 1 }, { $inc: { a: 2, b: 3 } }, { _id: 1, a: 3, b: 3 })
    becomes({ _id: 1, a: 2147483647 }, { $inc: { a: 1 } }, { _id: 1, a: long('2147483648') })
    becomes({ _id: 1, a: 1 }, { $inc: { a: double(1) } }, { _id: 1, a: double(2) })
    becomes({ _id: 1, a: long('9007199254740992') }, { $inc: { a: 1 } }, { _id: 1, a: long('9007199254740993') })
    becomes({ _id: 1, a: 3 }, { $mul: { a: 2, b: 5, c: double(2) } }, { _id: 1, a: 6, b: 0, c: double(0) })
    becomes({ _id: 1, a: 65536 }, { $mul: { a: 65536 } }, { _id: 1, a: long('4294967296') })
    becomes({ _id: 1, a: 3 }, { $inc: { a: 0 } }, { _id: 1, a: 3 })
    becomes({ _id: 1, a: 3 }, { $min: { a: 2, b: 1 }, $max: { c: 9 } }, { _id: 1, a: 2, b: 1, c: 9 })
    becomes({ _id: 1, a: 3 }, { $max: { a: double(3) } }, { _id: 1, a: 3 })
    becomes({ _id: 1, a: 3 }, { $max: { a: 'x' } }, { _id: 1, a: 'x' })
  })

  it('write the time of the statement', () => {
    becomes({ _id: 1 }, { $currentDate: { a: true, b: { $type: 'date' } } }, { _id: 1, a: now, b: now })
    const { doc } = updated({ _id: 1 }, { $currentDate: { a: { $type: 'timestamp' } } })
    assert.ok(doc['a'] instanceof Timestamp)
  })

  it('rename fields', () => {
    becomes({ _id: 1, a: 1, b: 2 }, { $rename: { a: 'c.d' } }, { _id: 1, b: 2, c: { d: 1 } })
    becomes({ _id: 1, a: 1, b: 2 }, { $rename: { a: 'b', x: 'y' } }, { _id: 1, b: 1 })
    refused({ _id: 1, a: [{ b: 1 }] }, { $rename: { 'a.b': 'c' } }, 2)
  })

  it('add to arrays, at a place, in order, and not more than so many', () => {
    becomes({ _id: 1, a: [1] }, { $push: { a: 2, b: 'x' } }, { _id: 1, a: [1, 2], b: ['x'] })
    becomes({ _id: 1, a: [1] }, { $push: { a: [2, 3] } }, { _id: 1, a: [1, [2, 3]] })
    becomes({ _id: 1, a: [1, 2] }, { $push: { a: { $each: [8, 9], $position: 1 } } }, { _id: 1, a: [1, 8, 9, 2] })
    becomes({ _id: 1, a: [1, 2] }, { $push: { a: { $each: [9], $position: -1 } } }, { _id: 1, a: [1, 9, 2] })
    becomes({ _id: 1, a: [3, 1] }, { $push: { a: { $each: [2], $sort: -1, $slice: 2 } } }, { _id: 1, a: [3, 2] })
    becomes({ _id: 1, a: [1, 2, 3] }, { $push: { a: { $each: [], $slice: -2 } } }, { _id: 1, a: [2, 3] })
    becomes({ _id: 1, a: [1] }, { $push: { a: { $each: [] } } }, { _id: 1, a: [1] })
    becomes({ _id: 1 }, { $push: { a: { $each: [] } } }, { _id: 1, a: [] })
    becomes({ _id: 1, a: [1] }, { $addToSet: { a: double(1) } }, { _id: 1, a: [1] })
    becomes(
      { _id: 1, a: [1] },
      { $addToSet: { a: { $each: [2, 1, 2] }, b: { x: 1 } } },
      { _id: 1, a: [1, 2], b: [{ x: 1 }] },
    )
  })

  it('count as changes when something was added or put in order, even if the array came out the same', () => {
    const push = { $push: { a: { $each: [{ x: 1 }], $sort: { x: 1 }, $slice: -1 } } }
    const { doc, changed } = updated({ _id: 1, a: [{ x: 2 }] }, push)
    assert.deepEqual([doc, changed], [typed({ _id: 1, a: [{ x: 2 }] }), true])
  })

  it('take from arrays', () => {
    becomes({ _id: 1, a: [1, 2, 3] }, { $pop: { a: 1, x: 1 } }, { _id: 1, a: [1, 2] })
    becomes({ _id: 1, a: [1, 2, 3] }, { $pop: { a: -1 } }, { _id: 1, a: [2, 3] })
    becomes({ _id: 1, a: [] }, { $pop: { a: 1 } }, { _id: 1, a: [] })
    becomes({ _id: 1, a: [1, 2, 1] }, { $pull: { a: double(1) } }, { _id: 1, a: [2] })
    becomes({ _id: 1, a: [1, 5, 9] }, { $pull: { a: { $gt: 4, $lt: 9 } } }, { _id: 1, a: [1, 9] })
    becomes({ _id: 1, a: ['ab', 'b'] }, { $pull: { a: /^a/ } }, { _id: 1, a: ['b'] })
    becomes({ _id: 1, a: [{ x: 1, y: 2 }, { x: 2 }, 1] }, { $pull: { a: { x: 1 } } }, { _id: 1, a: [{ x: 2 }, 1] })
    becomes({ _id: 1, a: [{ x: [1, 2] }] }, { $pull: { a: { x: { $elemMatch: { $eq: 2 } } } } }, { _id: 1, a: [] })
    becomes({ _id: 1, a: [[1, 2], [2]] }, { $pull: { a: [1, 2] } }, { _id: 1, a: [[2]] })
    becomes({ _id: 1, a: [{ x: 1 }, { y: 1 }, 1] }, { $pull: { a: { $or: [{ x: 1 }, { y: 1 }] } } }, { _id: 1, a: [1] })
    becomes({ _id: 1, a: [1, 2, 3] }, { $pullAll: { a: [3, 1] } }, { _id: 1, a: [2] })
  })

  it('reach the item that the filter matched', () => {
    const filter = { 'a.x': 2 }
    becomes(
      { _id: 1, a: [{ x: 1 }, { x: 2 }] },
      { $set: { 'a.$.y': 9 } },
      { _id: 1, a: [{ x: 1 }, { x: 2, y: 9 }] },
      { filter },
    )
    becomes({ _id: 1, a: [1, 2] }, { $inc: { 'a.$': 5 } }, { _id: 1, a: [1, 7] }, { filter: { a: 2 } })
    refused(
      { _id: 1, a: [1] },
      { $set: { 'a.$': 1 } },
      2,
      'The positional operator did not find the match needed from the query.',
    )
  })

  it('reach all items, or those that an array filter lets through', () => {
    becomes({ _id: 1, a: [1, 2] }, { $inc: { 'a.$[]': 10 } }, { _id: 1, a: [11, 12] })
    becomes(
      { _id: 1, a: [1, 5] },
      { $set: { 'a.$[big]': 0 } },
      { _id: 1, a: [1, 0] },
      { arrayFilters: [{ big: { $gt: 3 } }] },
    )
    const grades = {
      _id: 1,
      a: [
        { g: [{ n: 1 }, { n: 2 }], k: 'x' },
        { g: [{ n: 2 }], k: 'y' },
      ],
    }
    const arrayFilters = [{ 'i.k': 'x' }, { 'j.n': 2 }]
    becomes(
      grades,
      { $set: { 'a.$[i].g.$[j].n': 9 } },
      {
        _id: 1,
        a: [
          { g: [{ n: 1 }, { n: 9 }], k: 'x' },
          { g: [{ n: 2 }], k: 'y' },
        ],
      },
      { arrayFilters },
    )
    becomes({ _id: 1, a: [{ x: 1 }, { x: 2 }] }, { $unset: { 'a.$[].x': 1 } }, { _id: 1, a: [{}, {}] })
    refused(
      { _id: 1 },
      { $set: { 'a.$[]': 1 } },
      2,
      "The path 'a' must exist in the document in order to apply array updates.",
    )
    refused({ _id: 1, a: 1 }, { $set: { 'a.$[]': 1 } }, 2, 'Cannot apply array updates to non-array element a: 1')
  })
})

describe('Updates that are refused', () => {
  it('carry the code and the words of MongoDB', () => {
    refused({ _id: 1, a: 1 }, { $set: { 'a.b': 1 } }, 28, "Cannot create field 'b' in element {a: 1}")
    refused({ _id: 1, a: null }, { $set: { 'a.b': 1 } }, 28, "Cannot create field 'b' in element {a: null}")
    refused({ _id: 1, a: [1] }, { $set: { 'a.b': 1 } }, 28, "Cannot create field 'b' in element {a: [ 1 ]}")
    refused({ _id: 1 }, { $set: { a: 1, 'a.b': 2 } }, 40, "Updating the path 'a.b' would create a conflict at 'a'")
    refused(
      { _id: 1 },
      { $set: { 'a.b': 1 }, $inc: { a: 2 } },
      40,
      "Updating the path 'a' would create a conflict at 'a'",
    )
    refused(
      { _id: 1 },
      { $set: { a: 1 }, $unset: { a: 1 } },
      40,
      "Updating the path 'a' would create a conflict at 'a'",
    )
    refused(
      { _id: 1 },
      { $set: { _id: 2 } },
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    )
    refused({ _id: 1 }, { $unset: { _id: 1 } }, 66)
    refused(
      { _id: 1 },
      { _id: 2, a: 1 },
      66,
      "After applying the update, the (immutable) field '_id' was found to have been altered to _id: 2",
    )
    refused(
      { _id: 1, a: 'x' },
      { $inc: { a: 1 } },
      14,
      "Cannot apply $inc to a value of non-numeric type. {_id: 1} has the field 'a' of non-numeric type string",
    )
    refused({ _id: 1 }, { $inc: { a: 'x' } }, 14, 'Cannot increment with non-numeric argument: {a: "x"}')
    refused(
      { _id: 1, a: long('9223372036854775807') },
      { $inc: { a: 1 } },
      2,
      'Failed to apply $inc operations to current value ((NumberLong)9223372036854775807) for document {_id: 1}',
    )
    refused(
      { _id: 1, a: 1 },
      { $push: { a: 1 } },
      2,
      "The field 'a' must be an array but is of type int in document {_id: 1}",
    )
    refused(
      { _id: 1, a: 1 },
      { $addToSet: { a: 1 } },
      2,
      "Cannot apply $addToSet to non-array field. Field named 'a' has non-array type int",
    )
    refused({ _id: 1, a: 1 }, { $pull: { a: 1 } }, 2, 'Cannot apply $pull to a non-array value')
    refused({ _id: 1, a: 1 }, { $pop: { a: 1 } }, 14, "Path 'a' contains an element of non-array type 'int'")
    refused({ _id: 1 }, { $pop: { a: 2 } }, 9, '$pop expects 1 or -1, found: 2')
    refused(
      { _id: 1 },
      { $foo: { a: 1 } },
      9,
      'Unknown modifier: $foo. Expected a valid update modifier or pipeline-style update specified as an array',
    )
    refused(
      { _id: 1 },
      { $set: 1 },
      9,
      'Modifiers operate on fields but we found type int instead. For example: {$mod: {<field>: ...}} not {$set: 1}',
    )
    refused(
      { _id: 1 },
      { $set: { 'a..b': 1 } },
      56,
      "The update path 'a..b' contains an empty field name, which is not allowed.",
    )
    refused({ _id: 1 }, { $set: { $a: 1 } }, 52)
    becomes({ _id: 1, a: {} }, { $set: { 'a.$b': 1 } }, { _id: 1, a: { $b: 1 } })
    refused({ _id: 1 }, { a: 1, $b: 1 }, 52)
    refused({ _id: 1 }, { $set: { 'a.$[x]': 1 } }, 2, "No array filter found for identifier 'x' in path 'a.$[x]'")
    refused(
      { _id: 1 },
      { $set: { a: 1 } },
      9,
      "The array filter for identifier 'x' was not used in the update { $set: { a: 1 } }",
      { arrayFilters: [{ x: 1 }] },
    )
    refused({ _id: 1 }, [{ $match: { a: 1 } }], 72, '$match is not allowed to be used within an update')
    refused({ _id: 1 }, [{ $foo: { a: 1 } }], 40324, "Unrecognized pipeline stage name: '$foo'")
  })
})

describe('A replacement', () => {
  it('keeps the _id and changes the rest', () => {
    becomes({ _id: 1, a: 1 }, { b: 2 }, { _id: 1, b: 2 })
    becomes({ _id: 1, a: 1 }, { a: 1, _id: 1 }, { _id: 1, a: 1 })
    becomes({ _id: 1, a: 1 }, {}, { _id: 1 })
    assert.ok(parse({ a: 1 }).isReplacement)
    assert.ok(!parse({ $set: { a: 1 } }).isReplacement)
  })
})

describe('An update pipeline', () => {
  it('computes fields from the document', () => {
    becomes({ _id: 1, a: 1, b: 2 }, [{ $set: { c: { $add: ['$a', '$b'] } } }, { $unset: 'a' }], { _id: 1, b: 2, c: 3 })
    becomes({ _id: 1, a: { x: 1 } }, [{ $replaceWith: '$a' }], { _id: 1, x: 1 })
    becomes({ _id: 1, a: 1 }, [{ $set: { at: '$$NOW' } }, { $project: { at: 1 } }], { _id: 1, at: now })
    becomes({ _id: 1, a: 1 }, [{ $set: { a: 1 } }], { _id: 1, a: 1 })
  })
})

describe('The document an upsert inserts', () => {
  const inserted = (filter: BsonDocument, update: BsonDocument | BsonDocument[]) =>
    parse(update).forUpsert(compileFilter(typed(filter)))
  const is = (filter: BsonDocument, update: BsonDocument | BsonDocument[], expected: BsonDocument): void => {
    const document = inserted(filter, update)
    assert.ok(sameValue(document, typed(expected)), JSON.stringify(document))
  }

  it('starts from what the filter says of equality', () => {
    is({ b: 1, 'c.d': 2, a: { $gt: 5 } }, { $set: { e: 3 } }, { b: 1, c: { d: 2 }, e: 3 })
    is({ a: { $eq: 1 }, b: { $in: [2] }, c: { $in: [1, 2] } }, { $set: { d: 1 } }, { a: 1, b: 2, d: 1 })
    is({ $and: [{ a: 1 }, { b: 2 }], $or: [{ c: 3 }] }, { $inc: { a: 1 } }, { a: 2, b: 2, c: 3 })
    is({ $or: [{ a: 1 }, { b: 2 }] }, { $set: { c: 1 } }, { c: 1 })
    is({ a: { $all: [1] } }, { $set: { c: 1 } }, { a: 1, c: 1 })
    is({ a: /x/ }, { $setOnInsert: { c: 1 } }, { c: 1 })
    is({ x: 1 }, { $set: { $a: 1 } }, { x: 1, $a: 1 })
    is({ x: 1 }, [{ $set: { y: { $add: ['$x', 1] } } }], { x: 1, y: 2 })
  })

  it('has its _id first', () => {
    const _id = new ObjectId('65f0000000000000000000aa')
    is({ z: 1, _id }, { $set: { a: 1 } }, { _id, z: 1, a: 1 })
    is({ z: 1 }, { $set: { a: 1, _id: 7 } }, { _id: 7, z: 1, a: 1 })
    is({ z: 1, _id: 5 }, { a: 1 }, { _id: 5, a: 1 })
    assert.throws(() => inserted({ _id: 5 }, { $set: { _id: 6 } }), { code: 66 })
    assert.throws(() => inserted({ a: 1, 'a.b': 2 }, { $set: { c: 6 } }), { code: 54 })
  })
})

describe('Random updates', () => {
  it('change nothing when they are made again', () => {
    fc.assert(
      fc.property(
        anyDocument,
        anyPath,
        anyValue,
        fc.constantFrom('$set', '$min', '$max', '$addToSet'),
        (document, path, value, operator) => {
          const update = compileUpdate({ [operator]: { [path]: value } })
          try {
            const once = update.apply(document, {})
            assert.equal(once.changed, !sameValue(document, once.doc))
            const again = update.apply(once.doc, {})
            assert.equal(again.changed, false)
          } catch (error) {
            assert.ok([28, 2].includes((error as { code: number }).code), String(error))
          }
        },
      ),
      { numRuns: 1500 },
    )
  })
})
