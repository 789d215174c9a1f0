import { strict as assert } from 'node:assert'
import { MongoClient, ObjectId, type Collection } from 'mongodb'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/db/embedded/index.js'

interface Thing {
  readonly _id: ObjectId
  readonly at: Date
  readonly open: boolean
}

describe('Values that follow each other at once', () => {
  let database: EmbeddedDatabase
  let client: MongoClient
  let things: Collection<Thing>
  const stored = Array.from({ length: 30 }, (_, n) => ({
    _id: new ObjectId(),
    at: new Date(1_790_000_000_000 + n),
    open: n % 2 === 0,
  }))

  before(async () => {
    database = await startEmbeddedDatabase()
    client = await MongoClient.connect(database.uri)
    things = client.db('spona').collection<Thing>('things')
    await things.insertMany(stored)
    await things.createIndexes([{ key: { at: 1 } }, { key: { open: 1, at: -1 } }])
  })
  after(async () => {
    await client.close()
    await database.close()
  })

  it('are all found by $in over ids', async () => {
    const ids = stored.map((thing) => thing._id)
    assert.equal((await things.find({ _id: { $in: ids } }).toArray()).length, 30)
    assert.equal((await things.find({ _id: { $in: ids.toReversed().slice(0, 7) } }).toArray()).length, 7)
  })

  it('are all found by $in over instants, in either direction', async () => {
    const instants = stored.slice(3, 9).map((thing) => thing.at)
    for (const order of [1, -1] as const) {
      const found = await things
        .find({ at: { $in: instants } })
        .sort({ at: order })
        .toArray()
      assert.deepEqual(
        found.map((thing) => thing.at),
        order === 1 ? instants : instants.toReversed(),
      )
    }
  })

  it('are all found by $in in front of another field', async () => {
    const found = await things.find({ open: { $in: [true, false] }, at: { $gte: stored[10]!.at } }).toArray()
    assert.equal(found.length, 20)
  })

  it('are found once when a value is asked for twice', async () => {
    const [first] = stored
    assert.equal((await things.find({ _id: { $in: [first!._id, first!._id] } }).toArray()).length, 1)
  })
})
