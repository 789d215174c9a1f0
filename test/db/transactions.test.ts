import { strict as assert } from 'node:assert'
import { MongoClient, MongoServerError, type ClientSession, type Collection } from 'mongodb'
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/db/embedded/index.js'
import { SeededRandom } from '../support/seeded-random.js'

interface Account {
  readonly _id: number | string
  readonly balance: number
}

describe('A transaction', () => {
  let database: EmbeddedDatabase
  let client: MongoClient
  let accounts: Collection<Account>

  before(async () => {
    database = await startEmbeddedDatabase()
    client = await new MongoClient(database.uri).connect()
    accounts = client.db().collection<Account>('accounts')
  })

  after(async () => {
    await client.close()
    await database.close()
  })

  beforeEach(async () => {
    await accounts.deleteMany({})
    await accounts.insertMany(Array.from({ length: 5 }, (_, _id) => ({ _id, balance: 100 })))
  })

  async function inTransaction(work: (session: ClientSession) => Promise<void>): Promise<void> {
    await client.withSession((session) => session.withTransaction(() => work(session)))
  }

  const conflict = (error: unknown): boolean =>
    error instanceof MongoServerError && error.code === 112 && error.hasErrorLabel('TransientTransactionError')

  it('is seen whole after its commit, and by itself alone before', async () => {
    await inTransaction(async (session) => {
      await accounts.insertOne({ _id: 'new', balance: 1 }, { session })
      await accounts.updateMany({}, { $inc: { balance: 5 } }, { session })
      assert.equal(await accounts.countDocuments({}), 5)
      assert.equal((await accounts.findOne({ _id: 'new' }, { session }))?.balance, 6)
      assert.equal(await accounts.countDocuments({ balance: 105 }, { session }), 5)
    })
    assert.equal(await accounts.countDocuments({ balance: 105 }), 5)
    assert.equal((await accounts.findOne({ _id: 'new' }))?.balance, 6)
  })

  it('leaves nothing behind when it is given up', async () => {
    const session = client.startSession()
    session.startTransaction()
    await accounts.deleteMany({}, { session })
    await accounts.insertOne({ _id: 'new', balance: 1 }, { session })
    await session.abortTransaction()
    assert.equal(await accounts.countDocuments({ balance: 100 }), 5)
    assert.equal(await accounts.findOne({ _id: 'new' }), null)
  })

  it('keeps seeing what was there when it began', async () => {
    await inTransaction(async (session) => {
      assert.equal((await accounts.findOne({ _id: 0 }, { session }))?.balance, 100)
      await accounts.updateOne({ _id: 0 }, { $set: { balance: 7 } })
      await accounts.insertOne({ _id: 'later', balance: 1 })
      assert.equal((await accounts.findOne({ _id: 0 }, { session }))?.balance, 100)
      assert.equal(await accounts.countDocuments({}, { session }), 5)
    })
  })

  it('is refused at once when another writes the same document, and may be tried again', async () => {
    const [one, two] = [client.startSession(), client.startSession()]
    one.startTransaction()
    two.startTransaction()
    await accounts.updateOne({ _id: 0 }, { $inc: { balance: 1 } }, { session: one })
    await assert.rejects(accounts.updateOne({ _id: 0 }, { $inc: { balance: 1 } }, { session: two }), conflict)
    await one.commitTransaction()
    await two.abortTransaction()
    assert.equal((await accounts.findOne({ _id: 0 }))?.balance, 101)
  })

  it('is refused when the document changed after it began', async () => {
    const session = client.startSession()
    session.startTransaction()
    await accounts.findOne({ _id: 1 }, { session })
    await accounts.updateOne({ _id: 0 }, { $inc: { balance: 1 } })
    await assert.rejects(accounts.updateOne({ _id: 0 }, { $inc: { balance: 1 } }, { session }), conflict)
    await assert.rejects(
      session.commitTransaction(),
      (error: unknown) => error instanceof MongoServerError && error.code === 251,
    )
  })

  it('makes a plain write wait for it', async () => {
    const session = client.startSession()
    session.startTransaction()
    await accounts.updateOne({ _id: 0 }, { $set: { balance: 1 } }, { session })
    const waiting = accounts.updateOne({ _id: 0 }, { $inc: { balance: 10 } })
    await new Promise((resolve) => setTimeout(resolve, 30))
    await session.commitTransaction()
    await waiting
    assert.equal((await accounts.findOne({ _id: 0 }))?.balance, 11)
  })

  it('makes a plain write give up in the time that it has', async () => {
    const session = client.startSession()
    session.startTransaction()
    await accounts.updateOne({ _id: 0 }, { $set: { balance: 1 } }, { session })
    await assert.rejects(
      accounts.updateOne({ _id: 0 }, { $inc: { balance: 10 } }, { maxTimeMS: 30 }),
      (error: unknown) => error instanceof MongoServerError && error.code === 50,
    )
    await session.abortTransaction()
  })

  it('never loses an update, whoever writes at the same time', async () => {
    const add = async (): Promise<void> => {
      await inTransaction(async (session) => {
        const found = await accounts.findOne({ _id: 0 }, { session })
        await accounts.updateOne({ _id: 0 }, { $set: { balance: (found?.balance ?? 0) + 1 } }, { session })
      })
    }
    const plain = (): Promise<unknown> => accounts.updateOne({ _id: 0 }, { $inc: { balance: 1 } })
    await Promise.all(Array.from({ length: 16 }, (_, turn) => (turn % 4 === 0 ? plain() : add())))
    assert.equal((await accounts.findOne({ _id: 0 }))?.balance, 116)
  })

  it('moves money without making any, in every snapshot', async () => {
    const random = new SeededRandom(7)
    const sum = async (): Promise<number> => {
      const all = await accounts.find({}).toArray()
      return all.reduce((total, { balance }) => total + balance, 0)
    }
    const move = async (): Promise<void> => {
      const [from, to] = random.sample([0, 1, 2, 3, 4], 2) as [number, number]
      await inTransaction(async (session) => {
        await accounts.updateOne({ _id: from }, { $inc: { balance: -1 } }, { session })
        await accounts.updateOne({ _id: to }, { $inc: { balance: 1 } }, { session })
      })
    }
    const sums = await Promise.all(
      Array.from({ length: 24 }, (_, turn) => (turn % 3 === 0 ? sum() : move().then(() => 500))),
    )
    assert.deepEqual(new Set(sums), new Set([500]))
    assert.equal(await sum(), 500)
  })

  it('lets one of many take a unique name', async () => {
    const names = client.db().collection<{ name: string }>('names')
    await names.createIndexes([{ key: { name: 1 }, unique: true }])
    const attempts = Array.from({ length: 20 }, (_, turn) =>
      turn % 2 === 0
        ? names.insertOne({ name: 'Una' })
        : inTransaction(async (session) => {
            await names.insertOne({ name: 'Una' }, { session })
          }),
    )
    const outcomes = await Promise.allSettled(attempts)
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    const codes = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [(outcome.reason as MongoServerError).code] : [],
    )
    assert.deepEqual(new Set(codes), new Set([11000]))
    assert.equal(await names.countDocuments({}), 1)
  })

  it('upserts one document, however many ask for it', async () => {
    const counters = client.db().collection<{ _id: string; n: number }>('counters')
    await Promise.all(
      Array.from({ length: 20 }, () => counters.updateOne({ _id: 'visits' }, { $inc: { n: 1 } }, { upsert: true })),
    )
    assert.deepEqual(await counters.find().toArray(), [{ _id: 'visits', n: 20 }])
  })
})
