import { strict as assert } from 'node:assert'
import { Long, MongoClient, type Collection, type Document } from 'mongodb'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/db/embedded/index.js'
import { compileSort } from '../../src/db/embedded/query/sort.js'
import { SeededRandom } from '../support/seeded-random.js'
import { typed } from '../support/bson-values.js'

const queries = Number(process.env['RANDOM_QUERIES'] ?? 100)
const seed = Number(process.env['RANDOM_SEED'] ?? 20_221_130)
const paths = ['a', 'b', 'c', 'o.a', 'o.b', 'l.a', 'l.b'] as const

class Queries {
  constructor(readonly random: SeededRandom) {}

  scalar(): unknown {
    const { random } = this
    const kind = random.between(0, 9)
    if (kind < 5) return random.between(-1, 4)
    if (kind === 5) return random.pick(['', 'x', 'xy', 'xyz', 'y', 'č'])
    if (kind === 6) return null
    if (kind === 7) return new Date(random.between(0, 3))
    if (kind === 8) return Long.fromNumber(random.between(0, 3))
    return random.pick([0.5, 1.5, true, false])
  }

  /** Only one field of a round may hold arrays: an index cannot hold two side by side. */
  arrays = ''

  value(field = this.arrays): unknown {
    if (!this.random.chance(0.25)) return this.scalar()
    if (this.random.chance(0.2)) return { a: this.scalar() }
    return field === this.arrays ? this.list() : this.scalar()
  }

  list(): unknown[] {
    return Array.from({ length: this.random.between(0, 3) }, () => this.scalar())
  }

  object(): Document {
    const fields = ['a', 'b'].filter(() => this.random.chance(0.8))
    return Object.fromEntries(fields.map((field) => [field, this.value(`o.${field}`)]))
  }

  document(id: number): Document {
    const fields = ['a', 'b', 'c'].filter(() => this.random.chance(0.85))
    const list = Array.from({ length: this.random.between(0, 3) }, () => this.object())
    return {
      _id: id,
      ...Object.fromEntries(fields.map((field) => [field, this.value(field)])),
      ...(this.random.chance(0.8) ? { o: this.object() } : {}),
      ...(this.random.chance(0.8) ? { l: this.random.chance(0.8) ? list : this.object() } : {}),
    }
  }

  condition(): unknown {
    const { random } = this
    const comparison = (): Document => ({ [random.pick(['$gt', '$gte', '$lt', '$lte'])]: this.scalar() })
    switch (random.between(0, 9)) {
      case 0:
        return { $in: Array.from({ length: random.between(0, 4) }, () => this.value()) }
      case 1:
        return comparison()
      case 2:
        return { ...comparison(), ...comparison() }
      case 3:
        return { $exists: random.chance(0.5) }
      case 4:
        return random.pick([/^x/, /^xy?/, /y/, /^XY/i, /^x|y/])
      case 5:
        return { $ne: this.scalar() }
      case 6:
        return {
          $elemMatch: random.chance(0.5) ? { ...comparison(), ...comparison() } : { a: this.scalar(), b: comparison() },
        }
      default:
        return this.value()
    }
  }

  filter(depth = 0): Document {
    const fields = this.random.sample(paths, this.random.between(depth === 0 ? 0 : 1, 3))
    const conditions = Object.fromEntries(fields.map((path) => [path, this.condition()]))
    if (depth > 0 || this.random.chance(0.7)) return conditions
    return { ...conditions, $or: [this.filter(1), this.filter(1)] }
  }

  order(): Document {
    const fields = this.random.sample(['a', 'b', 'c', 'o.a'], this.random.between(1, 2))
    return Object.fromEntries(fields.map((path) => [path, this.random.pick([1, -1])]))
  }
}

describe('The planner', () => {
  let database: EmbeddedDatabase
  let client: MongoClient
  let collection: Collection

  before(async () => {
    database = await startEmbeddedDatabase()
    client = await new MongoClient(database.uri).connect()
    collection = client.db().collection('things')
  })

  after(async () => {
    await client.close()
    await database.close()
  })

  const indexes = [
    { a: 1 },
    { b: -1, a: 1 },
    { 'o.a': 1, c: -1 },
    { 'l.a': 1, 'l.b': 1 },
    { c: 1, 'l.b': -1 },
    { a: 1, b: 1, c: 1 },
  ] as const

  const idsOf = async (filter: Document, options: Document): Promise<unknown[]> =>
    (await collection.find(filter, options).toArray()).map(({ _id }) => _id)

  async function sameAsScan(filter: Document): Promise<boolean> {
    const scanned = (await idsOf(filter, { hint: { $natural: 1 } })).sort()
    const told = JSON.stringify(filter)
    assert.deepEqual((await idsOf(filter, {})).sort(), scanned, told)
    assert.equal(await collection.countDocuments(filter), scanned.length, told)
    const plan = await collection.find(filter).explain('queryPlanner')
    return JSON.stringify(plan).includes('IXSCAN')
  }

  async function sortedAsAsked(filter: Document, order: Document, limit: number): Promise<void> {
    const sort = compileSort(order)
    const keysOf = (documents: Document[]): unknown[] => documents.map((document) => sort.sortKey(typed(document)))
    const all = await collection.find(filter, { hint: { $natural: 1 } }).toArray()
    const expected = all.sort((one, other) => sort.compare(typed(one), typed(other))).slice(0, limit)
    const given = await collection.find(filter, { sort: order, limit }).toArray()
    const told = JSON.stringify({ filter, order, limit })
    assert.deepEqual(keysOf(given), keysOf(expected), told)
    assert.equal(new Set(given.map(({ _id }) => _id)).size, given.length, told)
  }

  async function fill(make: Queries): Promise<void> {
    await collection.drop()
    make.arrays = make.random.pick(['', 'a', 'b', 'o.a', 'o.b'])
    const documents = Array.from({ length: 100 }, (_, id) => make.document(id))
    await collection.insertMany(documents)
    for (const keys of make.random.sample(indexes, 4)) {
      const partial = make.random.chance(0.2) ? { partialFilterExpression: { b: { $gt: 0 } } } : {}
      const sparse = !('partialFilterExpression' in partial) && make.random.chance(0.2)
      await collection.createIndexes([{ key: keys, ...partial, sparse }])
    }
    await collection.deleteMany({
      _id: { $in: documents.filter(() => make.random.chance(0.1)).map(({ _id }) => _id as never) },
    })
    for (const id of make.random.sample(documents, 20).map(({ _id }) => _id as never)) {
      const { _id, ...replacement } = make.document(0)
      await collection.replaceOne({ _id: id }, replacement)
    }
  }

  it('finds with any index what reading everything finds, in the order asked for', async function () {
    this.timeout(queries * 200)
    const make = new Queries(new SeededRandom(seed))
    let indexed = 0
    for (let done = 0; done < queries; done++) {
      if (done % 50 === 0) await fill(make)
      if (await sameAsScan(make.filter())) indexed++
      const filter = make.filter()
      await sortedAsAsked(filter, make.order(), make.random.between(1, 30)).catch((error: unknown) => {
        if ((error as { code?: number }).code !== 2) throw error
      })
    }
    assert.ok(indexed > queries / 4, `${indexed} of ${queries} queries used an index`)
  })
})
