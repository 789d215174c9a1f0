import { strict as assert } from 'node:assert'
import type { Document as BsonDocument } from 'bson'
import fc from 'fast-check'
import { sameValue } from '../../src/db/embedded/query/compare.js'
import { compilePipeline, type PipelineOptions } from '../../src/db/embedded/query/pipeline.js'
import { compileFilter } from '../../src/db/embedded/query/matcher.js'
import { decodeFields } from '../../src/db/embedded/query/raw.js'
import type { Document } from '../../src/db/embedded/query/values.js'
import { anyDocument, asBytes, double, long, typed } from '../support/bson-values.js'

const schools: readonly Document[] = [
  { _id: 1, canton: 'A', pupils: 300, needs: ['laptop', 'router'] },
  { _id: 2, canton: 'B', pupils: 150, needs: [] },
  { _id: 3, canton: 'A', pupils: 450.5 },
  { _id: 4, pupils: 90, needs: ['laptop'] },
].map(typed)

const cantons: readonly Document[] = [
  { _id: 'A', name: 'Una-Sana' },
  { _id: 'B', name: 'Posavina' },
].map(typed)

function run(stages: BsonDocument[], documents: readonly Document[] = schools, options: PipelineOptions = {}) {
  const pipeline = compilePipeline(stages.map(typed), options)
  const find = (collection: string, filter: Document): Document[] => {
    const wanted = compileFilter(filter)
    return (collection === 'cantons' ? cantons : schools).filter((document) => wanted.matches(document))
  }
  return [...pipeline.run(documents, { find })]
}

function gives(stages: BsonDocument[], expected: readonly BsonDocument[]): void {
  const results = run(stages)
  const shown = `${JSON.stringify(stages)} gives ${JSON.stringify(results)}`
  assert.equal(results.length, expected.length, shown)
  for (const [index, result] of results.entries()) assert.ok(sameValue(result, typed(expected[index] ?? {})), shown)
}

describe('A pipeline', () => {
  it('chooses, orders, skips and limits', () => {
    gives(
      [{ $match: { canton: 'A' } }, { $project: { pupils: 1 } }],
      [
        { _id: 1, pupils: 300 },
        { _id: 3, pupils: 450.5 },
      ],
    )
    gives([{ $sort: { pupils: -1 } }, { $skip: 1 }, { $limit: 2 }, { $project: { _id: 1 } }], [{ _id: 1 }, { _id: 2 }])
    gives([{ $match: { pupils: { $gt: 100 } } }, { $count: 'schools' }], [{ schools: 3 }])
    gives([{ $match: { pupils: 0 } }, { $count: 'schools' }], [])
    gives([{ $sort: { pupils: 1 } }, { $limit: 1 }, { $unset: ['needs', 'pupils'] }], [{ _id: 4 }])
  })

  it('groups by a value, with numbers in the type that MongoDB gives them', () => {
    gives(
      [
        {
          $group: {
            _id: '$canton',
            sum: { $sum: '$pupils' },
            mean: { $avg: '$pupils' },
            most: { $max: '$pupils' },
            least: { $min: '$pupils' },
          },
        },
      ],
      [
        { _id: 'A', sum: double(750.5), mean: double(375.25), most: double(450.5), least: 300 },
        { _id: 'B', sum: 150, mean: double(150), most: 150, least: 150 },
        { _id: null, sum: 90, mean: double(90), most: 90, least: 90 },
      ],
    )
    gives(
      [
        {
          $group: {
            _id: null,
            ids: { $push: '$_id' },
            cantons: { $addToSet: '$canton' },
            n: { $count: {} },
            first: { $first: '$canton' },
            last: { $last: '$canton' },
          },
        },
      ],
      [{ _id: null, ids: [1, 2, 3, 4], cantons: ['A', 'B'], n: 4, first: 'A', last: null }],
    )
    gives([{ $group: { _id: { c: '$canton' } } }], [{ _id: { c: 'A' } }, { _id: { c: 'B' } }, { _id: {} }])
    gives(
      [{ $group: { _id: null, no: { $avg: '$canton' }, zero: { $sum: '$canton' } } }],
      [{ _id: null, no: null, zero: 0 }],
    )
  })

  it('takes equal numbers of different types for one group, and adds beyond 32 bits', () => {
    const numbers = [
      { _id: 1, n: 1 },
      { _id: 2, n: double(1) },
      { _id: 3, n: long('1') },
    ].map(typed)
    assert.equal(run([{ $group: { _id: '$n' } }], numbers).length, 1)
    const large = [{ n: 2147483647 }, { n: 2147483647 }].map(typed)
    assert.ok(sameValue(run([{ $group: { _id: null, n: { $sum: '$n' } } }], large)[0]?.['n'], long('4294967294')))
    const precise = Array.from({ length: 10 }, () => typed({ n: 0.1 }))
    assert.ok(sameValue(run([{ $group: { _id: null, n: { $sum: '$n' } } }], precise)[0]?.['n'], double(1)))
  })

  it('unwinds arrays', () => {
    gives(
      [{ $unwind: '$needs' }, { $project: { needs: 1 } }],
      [
        { _id: 1, needs: 'laptop' },
        { _id: 1, needs: 'router' },
        { _id: 4, needs: 'laptop' },
      ],
    )
    gives(
      [
        { $unwind: { path: '$needs', preserveNullAndEmptyArrays: true, includeArrayIndex: 'at' } },
        { $project: { needs: 1, at: 1 } },
      ],
      [
        { _id: 1, needs: 'laptop', at: long('0') },
        { _id: 1, needs: 'router', at: long('1') },
        { _id: 2, at: null },
        { _id: 3, at: null },
        { _id: 4, needs: 'laptop', at: long('0') },
      ],
    )
    gives([{ $unwind: '$pupils' }, { $count: 'n' }], [{ n: 4 }])
  })

  it('joins by fields and by a pipeline', () => {
    const named = { $project: { name: '$canton.name' } }
    gives(
      [{ $lookup: { from: 'cantons', localField: 'canton', foreignField: '_id', as: 'canton' } }, named],
      [
        { _id: 1, name: ['Una-Sana'] },
        { _id: 2, name: ['Posavina'] },
        { _id: 3, name: ['Una-Sana'] },
        { _id: 4, name: [] },
      ],
    )
    const same = [{ $match: { $expr: { $eq: ['$canton', '$$here'] } } }, { $project: { _id: 1 } }]
    gives(
      [
        { $match: { canton: 'A' } },
        { $lookup: { from: 'schools', let: { here: '$canton' }, pipeline: same, as: 'near' } },
        { $project: { near: 1 } },
      ],
      [
        { _id: 1, near: [{ _id: 1 }, { _id: 3 }] },
        { _id: 3, near: [{ _id: 1 }, { _id: 3 }] },
      ],
    )
    gives(
      [
        { $match: { _id: 4 } },
        { $lookup: { from: 'schools', localField: 'needs', foreignField: 'needs', as: 'x' } },
        { $project: { x: '$x._id' } },
      ],
      [{ _id: 4, x: [1, 4] }],
    )
  })

  it('adds, moves and replaces fields', () => {
    gives(
      [{ $limit: 1 }, { $set: { 'a.b': '$canton', pupils: { $add: ['$pupils', 1] }, needs: '$$REMOVE' } }],
      [{ _id: 1, canton: 'A', pupils: 301, a: { b: 'A' } }],
    )
    gives(
      [{ $limit: 1 }, { $addFields: { needs: { tag: 1 } } }, { $project: { needs: 1 } }],
      [{ _id: 1, needs: [{ tag: 1 }, { tag: 1 }] }],
    )
    gives([{ $limit: 1 }, { $replaceRoot: { newRoot: { n: '$pupils' } } }], [{ n: 300 }])
    gives(
      [{ $limit: 1 }, { $replaceWith: { $mergeObjects: [{ x: 1 }, { pupils: '$pupils' }] } }],
      [{ x: 1, pupils: 300 }],
    )
    gives(
      [{ $limit: 1 }, { $project: { _id: 0, where: '$canton', 'deep.down': '$pupils' } }],
      [{ where: 'A', deep: { down: 300 } }],
    )
  })

  it('knows the variables of the command, which are expressions', () => {
    const options = { let: typed({ least: { $add: [100, 100] }, text: { $literal: '$x' } }) }
    const stages = [{ $match: { $expr: { $gt: ['$pupils', '$$least'] } } }, { $project: { text: '$$text' } }]
    assert.deepEqual(
      run(stages, schools, options).map(({ _id, text }) => [Number(_id), text]),
      [
        [1, '$x'],
        [3, '$x'],
      ],
    )
  })

  it('is refused with the code of MongoDB before any of it runs', () => {
    const refused: readonly (readonly [BsonDocument, number])[] = [
      [{ $foo: 1 }, 40324],
      [{ $out: 'x' }, 115],
      [{ $match: 1 }, 15959],
      [{ $match: { a: { $foo: 1 } } }, 2],
      [{ $limit: 0 }, 15958],
      [{ $limit: -1 }, 2107201],
      [{ $skip: 'x' }, 5107200],
      [{ $sort: {} }, 15976],
      [{ $count: '' }, 40156],
      [{ $count: 'a.b' }, 40160],
      [{ $group: { n: { $sum: 1 } } }, 15955],
      [{ $group: { _id: 1, n: 1 } }, 40234],
      [{ $group: { _id: 1, n: { $foo: 1 } } }, 15952],
      [{ $group: { _id: 1, 'a.b': { $sum: 1 } } }, 40235],
      [{ $unwind: 'x' }, 28818],
      [{ $project: {} }, 51272],
      [{ $project: { a: 1, b: 0 } }, 31254],
      [{ $project: { 'a.$': 1 } }, 31324],
      [{ $lookup: { from: 'x' } }, 9],
      [{ $lookup: { from: 'x', as: 'y', pipeline: [{ $foo: 1 }] } }, 40324],
      [{ $a: 1, $b: 1 }, 40323],
    ]
    for (const [stage, code] of refused) {
      assert.throws(() => compilePipeline([typed(stage)]), { code }, JSON.stringify(stage))
    }
    assert.throws(() => run([{ $replaceRoot: { newRoot: '$needs' } }]), { code: 40228 })
  })

  it('says which fields it reads, when it groups first', () => {
    const reads = (stage: BsonDocument) => {
      const fields = compilePipeline([typed(stage)]).reads
      return fields && [...fields.keys()]
    }
    assert.deepEqual(reads({ $group: { _id: '$canton', n: { $sum: { $add: ['$a.b', 1] } } } }), ['canton', 'a'])
    assert.deepEqual(reads({ $group: { _id: { $map: { input: '$a', in: '$$this.x' } } } }), ['a'])
    assert.equal(reads({ $group: { _id: 1, all: { $push: '$$ROOT' } } }), undefined)
    assert.equal(reads({ $unwind: '$a' }), undefined)
    const fields = new Map(['c', 'x', 'a'].map((name) => [name, Buffer.from(name)]))
    assert.deepEqual(decodeFields(asBytes(typed({ a: 1, b: [2], c: 'd' })), fields), typed({ c: 'd', a: 1 }))
  })

  it('counts what it groups', () => {
    fc.assert(
      fc.property(fc.array(anyDocument, { maxLength: 12 }), (documents) => {
        const groups = run([{ $group: { _id: '$a', n: { $sum: 1 } } }], documents)
        assert.equal(
          groups.reduce((sum, { n }) => sum + Number(n), 0),
          documents.length,
        )
        const singles = run([{ $group: { _id: '$a' } }, { $group: { _id: '$_id' } }], documents)
        assert.equal(singles.length, groups.length)
      }),
    )
  })
})
