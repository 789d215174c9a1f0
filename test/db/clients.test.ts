import { strict as assert } from 'node:assert'
import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import { MongoStore } from 'connect-mongo'
import type { SessionData } from 'express-session'
import mongoose, { Schema, type Mongoose } from 'mongoose'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/db/embedded/index.js'

interface Person {
  readonly name: string
  readonly tags: string[]
  readonly pets: { readonly kind: string; readonly age: number }[]
  readonly friend?: unknown
}

describe('On the embedded database', () => {
  let database: EmbeddedDatabase
  let odm: Mongoose

  before(async () => {
    database = await startEmbeddedDatabase()
    odm = await new mongoose.Mongoose().connect(database.uri)
  })

  after(async () => {
    await odm.disconnect()
    await database.close()
  })

  it('Mongoose makes indexes, populates, updates arrays in place and tells what is taken', async () => {
    const schema = new Schema<Person>({
      name: { type: String, unique: true },
      tags: [String],
      pets: [{ kind: String, age: Number }],
      friend: { type: Schema.Types.ObjectId, ref: 'Person' },
    })
    const People = odm.model('Person', schema)
    await People.init()
    const mak = await People.create({ name: 'Mak', tags: ['a'], pets: [{ kind: 'cat', age: 3 }] })
    await People.create({ name: 'Una', friend: mak._id })
    await People.updateOne({ name: 'Mak', 'pets.kind': 'cat' }, { $inc: { 'pets.$.age': 1 }, $addToSet: { tags: 'b' } })
    const una = await People.findOne({ name: 'Una' }).populate<{ friend: Person }>('friend').lean()
    assert.deepEqual(una?.friend.tags, ['a', 'b'])
    assert.equal(una.friend.pets[0]?.age, 4)
    await assert.rejects(People.create({ name: 'Mak' }), { code: 11000, keyValue: { name: 'Mak' } })
  })

  it('Mongoose rolls back what a transaction did when it fails', async () => {
    const Things = odm.model('Thing', new Schema({ n: Number }))
    await Things.createCollection()
    await assert.rejects(
      odm.connection.transaction(async (session) => {
        await Things.create([{ n: 1 }], { session })
        throw new Error('changed my mind')
      }),
      /changed my mind/,
    )
    assert.equal(await Things.countDocuments(), 0)
  })

  it('connect-mongo keeps, renews and forgets sessions', async () => {
    const store = MongoStore.create({ mongoUrl: database.uri, ttl: 60 })
    const call = <T>(ask: (done: (error: unknown, value?: T | null) => void) => void): Promise<T | null | undefined> =>
      new Promise((resolve, reject) => {
        ask((error, value) => {
          if (error) reject(error instanceof Error ? error : new Error('the store failed'))
          else resolve(value)
        })
      })
    const session = { cookie: { originalMaxAge: 60_000 }, user: 'Una' } as unknown as SessionData
    await call((done) => {
      store.set('one', session, done)
    })
    const found = await call<SessionData>((done) => {
      store.get('one', done)
    })
    assert.equal((found as unknown as { user: string }).user, 'Una')
    await call((done) => {
      store.destroy('one', done)
    })
    assert.equal(
      await call<number>((done) => {
        store.length(done)
      }),
      0,
    )
    await store.close()
  })

  it('agenda runs a job that is due, once', async () => {
    const agenda = new Agenda({ backend: new MongoBackend({ mongo: odm.connection.db as never }), processEvery: 50 })
    const ran: unknown[] = []
    const done = new Promise<void>((resolve) => {
      agenda.define('greet', (job) => {
        ran.push((job.attrs.data as { name: string }).name)
        resolve()
        return Promise.resolve()
      })
    })
    await agenda.start()
    await agenda.now('greet', { name: 'Una' })
    await done
    await agenda.stop()
    assert.deepEqual(ran, ['Una'])
  })
})
