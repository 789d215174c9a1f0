import { strict as assert } from 'node:assert'
import type { Document as BsonDocument } from 'bson'
import { sameValue } from '../../src/db/embedded/query/compare.js'
import { compileExpression } from '../../src/db/embedded/query/expressions.js'
import { decimal, double, long, typed, typedValue } from '../support/bson-values.js'

const document = typed({
  a: 1,
  b: 2.5,
  s: 'abc',
  n: null,
  list: [1, 2, 3],
  items: [{ q: 1 }, { q: 2 }, 3],
  at: new Date(5000),
  big: long('9223372036854775807'),
  deep: { er: { x: 7 } },
  half: double(0.5),
})

function valueOf(expression: unknown): unknown {
  return compileExpression(typedValue(expression))(document)
}

function gives(cases: readonly (readonly [expression: unknown, expected: unknown])[]): void {
  for (const [expression, expected] of cases) {
    const value = valueOf(expression)
    const wanted = expected === undefined ? undefined : typedValue(expected)
    assert.ok(sameValue(value, wanted), `${JSON.stringify(expression)} is ${JSON.stringify(value)}`)
  }
}

describe('An expression', () => {
  it('reads fields, through documents and arrays', () => {
    gives([
      ['$a', 1],
      ['$deep.er.x', 7],
      ['$nothing', undefined],
      ['$items.q', [1, 2]],
      ['$list.0', []],
      ['$$ROOT.a', 1],
      ['$$CURRENT.a', 1],
      ['plain', 'plain'],
      [{ $literal: '$a' }, '$a'],
      [{ x: '$a', y: '$nothing' }, { x: 1 }],
      [
        ['$a', '$nothing'],
        [1, null],
      ],
    ])
  })

  it('reckons in the wider type, and from int to long to double', () => {
    gives([
      [{ $add: ['$a', 1] }, 2],
      [{ $add: [2147483647, 1] }, long('2147483648')],
      [{ $add: ['$big', 1] }, double(2 ** 63)],
      [{ $add: ['$a', '$b'] }, 3.5],
      [{ $add: ['$at', 1000] }, new Date(6000)],
      [{ $add: ['$a', '$n'] }, null],
      [{ $add: [] }, 0],
      [{ $subtract: ['$at', new Date(2000)] }, long('3000')],
      [{ $subtract: ['$at', 1000] }, new Date(4000)],
      [{ $subtract: [1, 2.5] }, -1.5],
      [{ $multiply: [3, '$half'] }, 1.5],
      [{ $divide: [6, 3] }, double(2)],
      [{ $divide: [1, '$n'] }, null],
      [{ $mod: [-7, 3] }, -1],
      [{ $mod: [7.5, 2] }, 1.5],
      [{ $sum: '$list' }, 6],
      [{ $sum: ['$a', 'x', '$b'] }, 3.5],
      [{ $avg: '$list' }, double(2)],
      [{ $max: ['$a', '$b', '$n'] }, 2.5],
      [{ $min: '$list' }, 1],
      [{ $abs: -3 }, 3],
      [{ $ceil: 1.2 }, double(2)],
      [{ $floor: '$n' }, null],
      [{ $round: ['$b', 0] }, double(2)],
      [{ $round: [double(1.005), 2] }, double(1)],
      [{ $trunc: [double(-1.99), 1] }, -1.9],
      [{ $round: ['$a'] }, 1],
    ])
  })

  it('compares and decides', () => {
    gives([
      [{ $eq: ['$a', double(1)] }, true],
      [{ $gt: ['$s', '$a'] }, true],
      [{ $lt: ['$nothing', '$n'] }, true],
      [{ $cmp: ['$a', '$b'] }, -1],
      [{ $and: ['$a', '$s', []] }, true],
      [{ $and: [] }, true],
      [{ $or: ['$n', 0] }, false],
      [{ $not: ['$n'] }, true],
      [{ $cond: [{ $gte: ['$a', 1] }, 'yes', 'no'] }, 'yes'],
      [{ $cond: { if: '$n', then: 1, else: '$s' } }, 'abc'],
      [{ $ifNull: ['$n', '$nothing', 5] }, 5],
      [
        {
          $switch: {
            branches: [
              { case: '$n', then: 1 },
              { case: true, then: 2 },
            ],
          },
        },
        2,
      ],
      [{ $switch: { branches: [{ case: false, then: 1 }], default: 'd' } }, 'd'],
      [{ $let: { vars: { x: '$a' }, in: { $add: ['$$x', 1] } } }, 2],
    ])
  })

  it('works on arrays, documents and texts', () => {
    gives([
      [{ $size: '$list' }, 3],
      [{ $arrayElemAt: ['$list', -1] }, 3],
      [{ $arrayElemAt: ['$list', 9] }, undefined],
      [{ $first: '$list' }, 1],
      [{ $in: [double(2), '$list'] }, true],
      [{ $concatArrays: ['$list', [4]] }, [1, 2, 3, 4]],
      [{ $concatArrays: ['$list', '$n'] }, null],
      [{ $isArray: '$list' }, true],
      [{ $map: { input: '$list', as: 'x', in: { $multiply: ['$$x', 2] } } }, [2, 4, 6]],
      [{ $filter: { input: '$list', cond: { $gt: ['$$this', 1] } } }, [2, 3]],
      [{ $mergeObjects: ['$deep', { y: 1 }, '$n'] }, { er: { x: 7 }, y: 1 }],
      [{ $concat: ['$s', '-', 'd'] }, 'abc-d'],
      [{ $concat: ['$s', '$n'] }, null],
      [{ $toUpper: 'čaj' }, 'čAJ'],
      [{ $toLower: '$n' }, ''],
      [{ $type: '$nothing' }, 'missing'],
      [{ $type: '$big' }, 'long'],
    ])
  })

  it('takes texts apart and tells the time with mingo', () => {
    const at = new Date('2024-03-31T01:30:00Z')
    gives([
      [{ $split: ['a,b', ','] }, ['a', 'b']],
      [{ $trim: { input: ' čaj ' } }, 'čaj'],
      [{ $substrCP: ['čaj', 1, 2] }, 'aj'],
      [{ $replaceAll: { input: 'a.a', find: 'a', replacement: { $literal: '$&' } } }, '$&.$&'],
      [{ $split: ['$s', { $literal: '$a' }] }, ['abc']],
      [{ $year: at }, 2024],
      [{ $hour: { date: at, timezone: 'Europe/Sarajevo' } }, 3],
      [{ $hour: { date: at, timezone: 'UTC' } }, 1],
      [{ $dateToString: { date: at, format: '%Y-%m-%d' } }, '2024-03-31'],
      [{ $dateDiff: { startDate: new Date(0), endDate: at, unit: 'month' } }, long('650')],
      [{ $month: '$nothing' }, null],
    ])
  })

  it('is refused with the code of MongoDB', () => {
    const refused: readonly (readonly [BsonDocument | string, number])[] = [
      [{ $foo: 1 }, 168],
      [{ $sqrt: 1 }, 168],
      [{ a: 1, $add: [1] }, 15983],
      ['$$foo', 17276],
      ['$', 16872],
      ['$a.', 40353],
      ['$a..b', 15998],
      [{ 'a.b': 1 }, 16412],
      [{ $eq: [1] }, 16020],
      [{ $cond: [1, 2] }, 16020],
      [{ $cond: { if: 1, then: 2 } }, 17082],
      [{ $ifNull: [1] }, 1257300],
      [{ $switch: { branches: [] } }, 40068],
      [{ $let: { vars: { X: 1 }, in: 1 } }, 9],
      [{ $map: { in: 1 } }, 16880],
    ]
    for (const [expression, code] of refused)
      assert.throws(() => valueOf(expression), { code }, JSON.stringify(expression))
    const failing: readonly (readonly [BsonDocument, number, string])[] = [
      [{ $add: ['$s', 1] }, 14, '$add only supports numeric or date types, not string'],
      [{ $subtract: ['$s', 1] }, 14, "can't $subtract int from string"],
      [{ $divide: [1, 0] }, 2, "can't $divide by zero"],
      [{ $mod: [1, 0] }, 16610, "can't $mod by zero"],
      [{ $concat: [1] }, 16702, '$concat only supports strings, not int'],
      [{ $size: '$a' }, 17124, 'The argument to $size must be an array, but was of type: int'],
      [{ $in: [1, '$a'] }, 40081, '$in requires an array as a second argument, found: int'],
      [{ $add: [decimal('1'), 1] }, 115, 'arithmetic with decimal numbers is not supported'],
    ]
    for (const [expression, code, message] of failing) assert.throws(() => valueOf(expression), { code, message })
  })
})
