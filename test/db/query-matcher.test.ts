import { strict as assert } from 'node:assert'
import { BSONRegExp, MaxKey, MinKey, ObjectId, type Document as BsonDocument } from 'bson'
import fc from 'fast-check'
import { compileFilter } from '../../src/db/embedded/query/matcher.js'
import { anyDocument, anyPath, anyValue, asBytes, decimal, double, long, typed } from '../support/bson-values.js'

function found(filter: BsonDocument, document: BsonDocument): boolean {
  const compiled = compileFilter(typed(filter))
  const answer = compiled.matches(typed(document))
  assert.equal(compiled.matchesRaw(asBytes(typed(document))), answer, 'from bytes as from the document')
  return answer
}

type Probe = readonly [filter: BsonDocument, yes: readonly BsonDocument[], no: readonly BsonDocument[]]

function check(probes: readonly Probe[]): void {
  for (const [filter, yes, no] of probes) {
    for (const document of yes) assert.ok(found(filter, document), `${show(filter)} finds ${show(document)}`)
    for (const document of no) assert.ok(!found(filter, document), `${show(filter)} leaves out ${show(document)}`)
  }
}

function show(value: unknown): string {
  return JSON.stringify(value)
}

describe('A filter', () => {
  it('finds equal values, in arrays and whole arrays too', () => {
    check([
      [
        { a: 1 },
        [{ a: 1 }, { a: double(1) }, { a: long('1') }, { a: decimal('1.0') }, { a: [2, 1] }],
        [{ a: '1' }, {}, { a: [[1]] }],
      ],
      [{ a: [1, 2] }, [{ a: [1, 2] }, { a: [[1, 2], 3] }], [{ a: [2, 1] }, { a: [1, 2, 3] }, { a: 1 }]],
      [{ a: { b: 1 } }, [{ a: { b: 1 } }, { a: [{ b: 1 }] }], [{ a: { b: 1, c: 1 } }, { a: {} }]],
      [{ a: { b: 1, c: 2 } }, [{ a: { b: 1, c: 2 } }], [{ a: { c: 2, b: 1 } }]],
      [{ a: {} }, [{ a: {} }], [{ a: { b: 1 } }, {}]],
      [{ a: [] }, [{ a: [] }, { a: [[]] }], [{ a: [1] }, {}]],
      [{ a: true }, [{ a: true }, { a: [true] }], [{ a: 1 }, { a: false }]],
      [{ a: NaN }, [{ a: NaN }, { a: decimal('NaN') }], [{ a: 0 }]],
      [{ a: new ObjectId('0'.repeat(24)) }, [{ a: new ObjectId('0'.repeat(24)) }], [{ a: '0'.repeat(24) }]],
      [{}, [{}, { a: 1 }], []],
      [{ a: 1, b: 2 }, [{ a: 1, b: 2 }], [{ a: 1 }, { b: 2 }]],
    ])
  })

  it('walks dotted paths through documents, arrays and positions', () => {
    check([
      [
        { 'a.b': 1 },
        [{ a: { b: 1 } }, { a: [{ b: 1 }] }, { a: [{ c: 1 }, { b: [3, 1] }] }],
        [{ a: 1 }, { a: [1] }, { a: [[{ b: 1 }]] }],
      ],
      [{ 'a.0': 1 }, [{ a: [1, 2] }, { a: { 0: 1 } }, { a: [{ 0: 1 }] }], [{ a: [2, 1] }, { a: [[1]] }, { a: 1 }]],
      [{ 'a.0.b': 1 }, [{ a: [{ b: 1 }] }, { a: [[{ b: 1 }]] }, { a: { 0: { b: 1 } } }], [{ a: [{ c: 1 }, { b: 1 }] }]],
      [{ 'a.1.0': 5 }, [{ a: [1, [5]] }], [{ a: [[5]] }, { a: [1, 5] }]],
      [{ 'a.b.c': 1 }, [{ a: [{ b: [{ c: 1 }] }] }], [{ a: [{ b: [[{ c: 1 }]] }] }]],
      [{ 'a.00': 1 }, [{ a: { '00': 1 } }], [{ a: [1] }]],
    ])
  })

  it('takes null for a missing value as well, but not for a missing place in an array', () => {
    check([
      [{ a: null }, [{ a: null }, {}, { a: [null] }, { a: [1, null] }], [{ a: 1 }, { a: [] }, { a: [1] }]],
      [
        { 'a.b': null },
        [{}, { a: {} }, { a: 1 }, { a: null }, { a: [{}] }, { a: [{ b: 1 }, {}] }],
        [{ a: [] }, { a: [1] }, { a: [{ b: 1 }] }],
      ],
      [{ a: { $ne: null } }, [{ a: 1 }, { a: [] }], [{ a: null }, {}, { a: [null] }]],
      [{ a: { $exists: false } }, [{}], [{ a: null }, { a: [] }]],
      [{ a: { $exists: true } }, [{ a: null }, { a: [] }], [{}]],
      [{ 'a.b': { $exists: false } }, [{ a: [1] }, { a: [] }, {}], [{ a: [{ b: 1 }, {}] }]],
      [{ a: { $gte: null } }, [{}, { a: null }], [{ a: 1 }]],
      [{ a: { $in: [null] } }, [{}, { a: null }], [{ a: 0 }]],
      [{ a: { $nin: [null, 1] } }, [{ a: 2 }], [{}, { a: 1 }, { a: [2, 1] }]],
    ])
  })

  it('compares only values of one kind, and numbers across their types', () => {
    check([
      [
        { a: { $gt: 1 } },
        [{ a: 2 }, { a: double(1.5) }, { a: long('2') }, { a: [0, 2] }],
        [{ a: 1 }, { a: '2' }, {}, { a: null }, { a: new Date() }, { a: NaN }],
      ],
      [{ a: { $lt: 'b' } }, [{ a: 'a' }], [{ a: 1 }, { a: 'b' }, { a: 'č' }]],
      [
        { a: { $gte: double(2 ** 53) } },
        [{ a: long('9007199254740993') }, { a: long('9007199254740992') }],
        [{ a: long('9007199254740991') }],
      ],
      [
        { a: { $gt: long('9007199254740992') } },
        [{ a: long('9007199254740993') }, { a: double(2 ** 53 + 2) }],
        [{ a: double(2 ** 53) }],
      ],
      [{ a: { $gt: 1, $lt: 3 } }, [{ a: 2 }, { a: [0, 5] }], [{ a: 3 }]],
      [{ a: { $gte: NaN } }, [{ a: NaN }], [{ a: 1 }]],
      [{ a: { $lt: NaN } }, [], [{ a: NaN }, { a: 1 }]],
      [{ a: { $lt: [2] } }, [{ a: [1] }, { a: [1, 5] }], [{ a: [2] }, { a: 1 }]],
      [{ a: { $gt: { b: 1 } } }, [{ a: { b: 2 } }, { a: { b: 1, c: 1 } }], [{ a: { b: 1 } }]],
      [{ a: { $gt: new MinKey() } }, [{ a: 1 }, { a: null }, {}], [{ a: new MinKey() }]],
      [{ a: { $lt: new MaxKey() } }, [{ a: 1 }, {}], [{ a: new MaxKey() }]],
      [{ a: { $gte: new Date(5) } }, [{ a: new Date(5) }], [{ a: new Date(4) }, { a: 5 }]],
      [{ a: { $ne: 1 } }, [{ a: 2 }, {}, { a: [2] }], [{ a: 1 }, { a: [1, 2] }]],
    ])
  })

  it('looks for texts by regular expressions as PCRE reads them', () => {
    check([
      [{ a: /^b/ }, [{ a: 'bc' }, { a: ['x', 'b'] }], [{ a: 'ab' }, { a: 1 }]],
      [{ a: { $regex: 'B', $options: 'i' } }, [{ a: 'abc' }], [{ a: 'c' }]],
      [{ a: { $regex: '(?i)B' } }, [{ a: 'abc' }], []],
      [{ a: { $in: [/^a/, 3] } }, [{ a: 'ab' }, { a: 3 }], [{ a: 'b' }]],
      [{ a: { $not: /b/ } }, [{ a: 'a' }, { a: 1 }, {}], [{ a: 'b' }]],
      [{ a: /b$/ }, [{ a: 'b' }, { a: 'b\n' }], [{ a: 'b\nc' }]],
      [{ a: /^c/m }, [{ a: 'b\nc' }], []],
      [{ a: new BSONRegExp('a.c', 's') }, [{ a: 'a\nc' }], []],
      [{ a: new BSONRegExp('\\Aa\\z') }, [{ a: 'a' }], [{ a: 'A' }, { a: 'a\n' }]],
      [{ a: new BSONRegExp('[[\\d]-\\-\\_') }, [{ a: '1--_' }], [{ a: 'd--_' }]],
      [{ a: new BSONRegExp('^.$') }, [{ a: '😀' }, { a: '\r' }], [{ a: 'ab' }]],
      [{ a: new BSONRegExp('x{,2}]}') }, [{ a: 'x{,2}]}' }], []],
      [{ a: { $eq: /b/ } }, [{ a: /b/ }], [{ a: 'b' }]],
      [{ a: /b/ }, [{ a: /b/ }], [{ a: /b/i }]],
    ])
  })

  it('asks arrays for their items, their length and all of several', () => {
    check([
      [{ a: { $size: 2 } }, [{ a: [1, 2] }, { a: [[], 1] }], [{ a: [1] }, { a: 2 }, { a: [[1, 2]] }]],
      [{ a: { $all: [1, 2] } }, [{ a: [2, 3, 1] }], [{ a: [1] }]],
      [{ a: { $all: [1] } }, [{ a: 1 }, { a: [1] }], []],
      [{ a: { $all: [[1, 2]] } }, [{ a: [1, 2] }, { a: [[1, 2]] }], [{ a: [1] }]],
      [{ a: { $all: [] } }, [], [{ a: [] }, {}]],
      [
        { a: { $all: [{ $elemMatch: { x: 1 } }, { $elemMatch: { x: 2 } }] } },
        [{ a: [{ x: 1 }, { x: 2 }] }],
        [{ a: [{ x: 1 }] }],
      ],
      [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, [{ a: [0, 2] }], [{ a: [0, 5] }, { a: 2 }]],
      [
        { a: { $elemMatch: { x: 1, y: 2 } } },
        [{ a: [{ x: 1, y: 2 }] }],
        [{ a: [{ x: 1 }, { y: 2 }] }, { a: { x: 1, y: 2 } }],
      ],
      [{ a: { $elemMatch: { $not: { $gt: 1 } } } }, [{ a: [1] }], [{ a: [2] }, {}]],
      [{ a: { $elemMatch: { $or: [{ x: 1 }, { y: 1 }] } } }, [{ a: [{ y: 1 }] }], [{ a: [{ z: 1 }] }]],
      [{ a: { $elemMatch: { $elemMatch: { $eq: 1 } } } }, [{ a: [[1]] }], [{ a: [1] }]],
      [{ a: { $elemMatch: { $id: 1 } } }, [{ a: [{ $ref: 'x', $id: 1 }] }], [{ a: [{ $ref: 'x', $id: 2 }] }]],
      [{ 'a.b': { $elemMatch: { $eq: 1 } } }, [{ a: [{ b: [1] }] }], [{ a: [{ b: 1 }] }]],
      [{ a: { $elemMatch: { 0: 1 } } }, [{ a: [[1]] }], [{ a: [[2]] }]],
    ])
  })

  it('combines conditions', () => {
    check([
      [{ $or: [{ a: 1 }, { b: 2 }] }, [{ a: 1 }, { b: 2 }], [{}]],
      [{ $and: [{ a: 1 }, { a: 2 }] }, [{ a: [1, 2] }], [{ a: 1 }]],
      [{ $nor: [{ a: 1 }, { b: 2 }] }, [{}], [{ a: 1 }, { b: 2 }]],
      [{ a: { $not: { $gt: 5 } } }, [{ a: 5 }, {}, { a: 'x' }], [{ a: 6 }, { a: [1, 6] }]],
      [{ a: { $not: { $eq: 1, $gt: 0 } } }, [{ a: 2 }], [{ a: 1 }]],
      [{ a: 1, $comment: 'why' }, [{ a: 1 }], []],
      [
        { $expr: { $gt: ['$a', '$b'] } },
        [
          { a: 2, b: 1 },
          { a: 'x', b: 1 },
        ],
        [{ a: 1, b: 1 }],
      ],
    ])
  })

  it('asks for types and remainders', () => {
    check([
      [{ a: { $type: 'number' } }, [{ a: 1 }, { a: double(1) }, { a: [1] }, { a: decimal('1') }], [{ a: '1' }, {}]],
      [{ a: { $type: 'array' } }, [{ a: [] }, { a: [1] }], [{ a: 1 }]],
      [{ a: { $type: ['string', 8] } }, [{ a: 'x' }, { a: true }], [{ a: 1 }]],
      [{ a: { $type: -1 } }, [{ a: new MinKey() }], [{ a: 1 }]],
      [{ a: { $type: 16 } }, [{ a: 1 }], [{ a: double(1) }]],
      [
        { a: { $mod: [4, 1] } },
        [{ a: 5 }, { a: double(5.9) }, { a: [2, 9] }, { a: long('5') }],
        [{ a: 4 }, { a: 'x' }, { a: NaN }],
      ],
      [{ a: { $mod: [4, -1] } }, [{ a: -5 }], [{ a: 3 }]],
    ])
  })
})

describe('A filter that cannot be understood', () => {
  const refused: readonly (readonly [BsonDocument, number, string])[] = [
    [{ a: { $foo: 1 } }, 2, 'unknown operator: $foo'],
    [{ a: { $gt: 1, b: 2 } }, 2, 'unknown operator: b'],
    [
      { $foo: 1 },
      2,
      "unknown top level operator: $foo. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.",
    ],
    [{ $and: [] }, 2, '$and/$or/$nor must be a nonempty array'],
    [{ $or: {} }, 2, '$or must be an array'],
    [{ $or: [1] }, 2, '$or/$and/$nor entries need to be full objects'],
    [{ a: { $in: 1 } }, 2, '$in needs an array'],
    [{ a: { $nin: 1 } }, 2, '$nin needs an array'],
    [{ a: { $in: [{ $gt: 1 }] } }, 2, 'cannot nest $ under $in'],
    [{ a: { $all: 1 } }, 2, '$all needs an array'],
    [{ a: { $not: 1 } }, 2, '$not needs a regex or a document'],
    [{ a: { $not: {} } }, 2, '$not cannot be empty'],
    [{ a: { $elemMatch: 1 } }, 2, '$elemMatch needs an Object'],
    [{ a: { $elemMatch: { $expr: true } } }, 2, '$expr can only be applied to the top-level document'],
    [{ a: { $gt: /x/ } }, 2, "Can't have RegEx as arg to predicate over field 'a'."],
    [{ a: { $ne: /x/ } }, 2, "Can't have regex as arg to $ne."],
    [{ a: { $options: 'i' } }, 2, '$options needs a $regex'],
    [{ a: { $regex: 1 } }, 2, '$regex has to be a string'],
    [{ a: { $regex: /x/i, $options: 'm' } }, 51075, 'options set in both $regex and $options'],
    [{ a: { $regex: 'x', $options: 'g' } }, 51108, 'invalid flag in regex options: g'],
    [{ a: { $size: 'x' } }, 2, 'Failed to parse $size. Expected a number in: $size: "x"'],
    [{ a: { $type: 'nothing' } }, 2, 'Unknown type name alias: nothing'],
    [{ a: { $mod: [1] } }, 2, 'malformed mod, not enough elements'],
    [{ a: { $mod: [0, 1] } }, 2, 'divisor cannot be 0'],
    [{ $text: { $search: 'x' } }, 27, 'text index required for $text query'],
    [{ $where: 'true' }, 2, '$where is not allowed in this context'],
    [{ a: { $near: [1, 2] } }, 291, 'error processing query: unable to find index for $geoNear query'],
    [{ a: { $geoWithin: {} } }, 2, 'unknown operator: $geoWithin'],
    [{ $expr: { $foo: 1 } }, 168, "Unrecognized expression '$foo'"],
    [{ $expr: '$$foo' }, 17276, 'Use of undefined variable: foo'],
  ]

  it('is refused with the code and the words of MongoDB', () => {
    for (const [filter, code, message] of refused) {
      assert.throws(() => compileFilter(typed(filter)), { code, message }, show(filter))
    }
    assert.throws(() => compileFilter(typed({ a: new BSONRegExp('(') })), { code: 51091 })
  })
})

describe('The array item that made a document match', () => {
  it('is the outermost one on the path', () => {
    const index = (filter: BsonDocument, document: BsonDocument) =>
      compileFilter(typed(filter)).match(typed(document))?.arrayIndex
    assert.equal(index({ a: 2 }, { a: [1, 2] }), 1)
    assert.equal(index({ 'a.b': 2 }, { a: [{ b: 1 }, { b: [5, 2] }] }), 1)
    assert.equal(index({ 'a.b': 2 }, { a: { b: [1, 2] } }), 1)
    assert.equal(index({ a: { $elemMatch: { b: 2 } } }, { a: [{ b: 1 }, { b: 2 }] }), 1)
    assert.equal(index({ a: 1, b: 2 }, { a: 1, b: [3, 4, 2] }), 2)
    assert.equal(index({ 'a.1': 2 }, { a: [1, 2] }), undefined)
    assert.equal(index({ a: 1 }, { a: 1 }), undefined)
    assert.equal(compileFilter(typed({ a: 1 })).match(typed({ a: 2 })), null)
  })
})

describe('Random filters', () => {
  const condition = fc.oneof(
    fc
      .tuple(fc.constantFrom('$eq', '$ne', '$gt', '$gte', '$lt', '$lte'), anyValue)
      .filter(([, value]) => !(value instanceof BSONRegExp)),
    fc.tuple(fc.constantFrom('$in', '$nin'), fc.array(anyValue, { maxLength: 3 })),
    fc.tuple(fc.constant('$exists'), fc.boolean()),
    fc.tuple(fc.constant('$size'), fc.integer({ min: 0, max: 3 })),
    fc.tuple(fc.constant('$type'), fc.constantFrom('number', 'string', 'array', 'object', 'null', 'bool')),
    fc.tuple(fc.constant('$elemMatch'), anyDocument),
    fc.tuple(fc.constant('$all'), fc.array(anyValue, { maxLength: 2 })),
  )
  const filters = fc.dictionary(
    anyPath,
    condition.map(([name, operand]) => ({ [name]: operand })),
    { maxKeys: 2, noNullPrototype: true },
  )

  it('find the same in bytes as in documents', () => {
    let matched = 0
    fc.assert(
      fc.property(filters, anyDocument, (filter, document) => {
        const compiled = compileFilter(filter)
        const answer = compiled.matches(document)
        assert.equal(compiled.matchesRaw(asBytes(document)), answer)
        if (answer) matched += 1
      }),
      { numRuns: 3000 },
    )
    assert.ok(matched > 300, `the filters find something: ${matched}`)
  })
})
