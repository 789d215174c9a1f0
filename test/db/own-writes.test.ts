import { strict as assert } from 'node:assert'
import { MongoClient, type ClientSession, type Collection, type Filter } from 'mongodb'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/db/embedded/index.js'
import { SeededRandom } from '../support/seeded-random.js'

interface Thing {
  readonly _id: number
  a: number
  b: number
  l: number[]
}

/** The same changes to a collection inside a transaction and to a plain map. */
class Twin {
  private nextId = 0
  readonly model = new Map<number, Thing>()

  constructor(
    private readonly random: SeededRandom,
    private readonly things: Collection<Thing>,
  ) {}

  thing(): Thing {
    const { random } = this
    const l = [random.between(0, 4), random.between(0, 4)]
    const made = { _id: this.nextId++, a: random.between(0, 7), b: random.between(0, 29), l }
    this.model.set(made._id, { ...made })
    return made
  }

  async change(session: ClientSession): Promise<void> {
    const { random, things, model } = this
    const _id = random.pick([...model.keys()])
    const kind = random.between(0, 3)
    if (kind === 0) await things.insertOne(this.thing(), { session })
    else if (kind === 1) {
      await things.deleteOne({ _id }, { session })
      model.delete(_id)
    } else if (kind === 2) {
      const fields = { a: random.between(0, 7), b: random.between(0, 29), l: [random.between(0, 4)] }
      await things.updateOne({ _id }, { $set: fields }, { session })
      model.set(_id, { _id, ...fields })
    } else {
      const a = random.between(0, 7)
      await things.updateMany({ a }, { $inc: { b: 3 } }, { session })
      for (const thing of model.values()) if (thing.a === a) thing.b += 3
    }
  }
}

describe('A transaction that has written', () => {
  let database: EmbeddedDatabase
  let client: MongoClient

  before(async () => {
    database = await startEmbeddedDatabase()
    client = await new MongoClient(database.uri).connect()
  })

  after(async () => {
    await client.close()
    await database.close()
  })

  it('finds its own writes through every index, in order, page by page', async () => {
    const random = new SeededRandom(3)
    const things = client.db().collection<Thing>('things')
    await things.createIndexes([{ key: { a: 1, b: -1 } }, { key: { b: 1 } }, { key: { l: 1 } }])
    const twin = new Twin(random, things)
    await things.insertMany(Array.from({ length: 150 }, () => twin.thing()))
    const session = client.startSession()
    session.startTransaction()
    for (let turn = 0; turn < 40; turn++) {
      await twin.change(session)
      const [a, low] = [random.between(0, 7), random.between(0, 25)]
      const questions: [Filter<Thing>, (thing: Thing) => boolean][] = [
        [{ a }, (thing) => thing.a === a],
        [{ b: { $gte: low, $lt: low + 9 } }, (thing) => thing.b >= low && thing.b < low + 9],
        [{ a, b: { $gt: low } }, (thing) => thing.a === a && thing.b > low],
        [{ l: 2 }, (thing) => thing.l.includes(2)],
      ]
      for (const [filter, holds] of questions) {
        const expected = [...twin.model.values()]
          .filter(holds)
          .sort((one, other) => other.b - one.b || one._id - other._id)
        const found = await things.find(filter, { session, batchSize: 7 }).sort({ b: -1, _id: 1 }).toArray()
        assert.deepEqual(found, expected, JSON.stringify(filter))
        const walked = await things.find(filter, { session, batchSize: 7 }).sort({ b: -1 }).toArray()
        assert.deepEqual(
          walked.map(({ b }) => b),
          expected.map(({ b }) => b),
        )
        assert.equal(await things.countDocuments(filter, { session }), expected.length)
      }
    }
    await session.commitTransaction()
    assert.deepEqual(
      await things.find().sort({ _id: 1 }).toArray(),
      [...twin.model.values()].sort((one, other) => one._id - other._id),
    )
  })
})
