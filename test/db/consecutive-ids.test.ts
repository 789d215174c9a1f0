import { strict as assert } from 'node:assert'
import { MongoClient, ObjectId } from 'mongodb'
import { startEmbeddedDatabase } from '../../src/db/embedded/index.js'

describe('Documents with ids that follow one another', () => {
  it('are all found when they are asked for together, by _id and by another indexed field', async () => {
    const database = await startEmbeddedDatabase()
    const client = await MongoClient.connect(database.uri)
    try {
      const ids = Array.from(
        { length: 6 },
        (_, index) => new ObjectId(`65f0000000000000000000${(254 + index).toString(16).padStart(2, '0').slice(-2)}`),
      )
      const schools = client.db().collection('schools')
      await schools.createIndex({ owner: 1 }, {}, {})
      await schools.insertMany(ids.map((id, index) => ({ _id: id, owner: id, index })))
      for (const some of [ids, [...ids].reverse(), ids.slice(1, 3)]) {
        assert.equal((await schools.find({ _id: { $in: some } }).toArray()).length, some.length)
        assert.equal((await schools.find({ owner: { $in: some } }).toArray()).length, some.length)
        assert.equal(await schools.countDocuments({ _id: { $in: some } }), some.length)
      }
    } finally {
      await client.close()
      await database.close()
    }
  })
})
