import { strict as assert } from 'node:assert'
import { createConnection, Types, type Connection } from 'mongoose'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/db/embedded/index.js'

describe('Documents whose ids were made one after another', () => {
  let database: EmbeddedDatabase
  let connection: Connection

  before(async () => {
    database = await startEmbeddedDatabase()
    connection = await createConnection(database.uri).asPromise()
  })

  after(async () => {
    await connection.close()
    await database.close()
  })

  it('are all found when several are asked for', async () => {
    const things = connection.collection('things')
    const ids = Array.from(
      { length: 300 },
      (_, at) => new Types.ObjectId(`64b7f9a2c3d4e5f6a7${(0xfffe00 + at).toString(16).padStart(6, '0')}`),
    )
    await things.insertMany(ids.map((_id, at) => ({ _id, at })))
    for (const [from, to] of [
      [0, 2],
      [0, 5],
      [200, 300],
      [254, 258],
      [0, 300],
    ] as const) {
      const asked = ids.slice(from, to)
      const found = await things
        .find({ _id: { $in: asked } })
        .sort({ _id: 1 })
        .toArray()
      assert.deepEqual(
        found.map(({ _id }) => String(_id)),
        asked.map(String),
      )
      assert.equal(await things.countDocuments({ _id: { $in: asked } }), asked.length)
    }
    const some = ids.filter((_, at) => at % 3 !== 0)
    assert.equal((await things.updateMany({ _id: { $in: some } }, { $set: { seen: true } })).matchedCount, some.length)
    assert.equal((await things.deleteMany({ _id: { $in: some } })).deletedCount, some.length)
  })
})
