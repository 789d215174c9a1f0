import { strict as assert } from 'node:assert'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Binary, Long, MongoClient, MongoServerError, UUID, type Db } from 'mongodb'
import { EmbeddedDatabaseError, startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/db/embedded/index.js'

describe('The embedded database', () => {
  let database: EmbeddedDatabase
  let client: MongoClient
  let db: Db

  before(async () => {
    database = await startEmbeddedDatabase()
    client = await new MongoClient(database.uri).connect()
    db = client.db()
  })

  after(async () => {
    await client.close()
    await database.close()
  })

  const code = (expected: number) => (error: unknown) => error instanceof MongoServerError && error.code === expected

  it('refuses by name what it does not do', async () => {
    await assert.rejects(db.command({ mapReduce: 'things' }), code(59))
    await assert.rejects(db.collection('things').createIndexes([{ key: { place: '2dsphere' } }]), code(67))
    await assert.rejects(
      db.collection('things').createIndexes([{ key: { name: 1 }, collation: { locale: 'bs' } }]),
      code(238),
    )
    await assert.rejects(db.createCollection('log', { capped: true, size: 1000 }), code(238))
    await assert.rejects(db.collection('things').find({}).collation({ locale: 'bs' }).toArray(), code(238))
    await assert.rejects(db.command({ find: 'things', filters: {} }), code(40415))
    await assert.rejects(db.command({ find: 'things', readConcern: { level: 'snapshot' } }), code(72))
  })

  it('says which value is taken, as Mongoose reads it', async () => {
    const people = db.collection('people')
    await people.createIndexes([{ key: { name: 1, born: -1 }, unique: true }])
    await people.insertOne({ name: 'Mak', born: 1990 })
    await assert.rejects(people.insertOne({ name: 'Mak', born: 1990 }), {
      message:
        'E11000 duplicate key error collection: spona.people index: name_1_born_-1 dup key: { name: "Mak", born: 1990 }',
      keyPattern: { name: 1, born: -1 },
      keyValue: { name: 'Mak', born: 1990 },
    })
  })

  it('stores every kind of value as it was given', async () => {
    const values = {
      _id: 1,
      double: 5.0,
      long: Long.fromString('9007199254740993'),
      bytes: new Binary(Buffer.from('abc')),
      2: 'two',
      1: 'one',
    }
    const raw = db.collection('values', { promoteValues: false, promoteBuffers: false })
    await raw.insertOne(values as never)
    await raw.updateOne({ _id: 1 as never }, { $set: { extra: 1 } })
    const found = await raw.findOne({ _id: 1 as never })
    assert.equal(String(found?.['long']), '9007199254740993')
    assert.equal((await db.collection('values').findOne({ double: { $type: 'int' } }))?._id, 1)
  })

  it('pages through results in the sizes asked for', async () => {
    const pages = db.collection('pages')
    await pages.insertMany(Array.from({ length: 250 }, (_, n) => ({ n })))
    const cursor = pages.find({}, { batchSize: 100 }).sort({ n: -1 })
    const seen: number[] = []
    for await (const { n } of cursor) seen.push(n as number)
    assert.deepEqual(
      seen,
      Array.from({ length: 250 }, (_, at) => 249 - at),
    )
    await assert.rejects(db.command({ getMore: Long.fromNumber(99), collection: 'pages' }), code(43))
  })

  it('answers a write that is sent again as it did the first time', async () => {
    const lsid = { id: new UUID().toBinary() }
    const command = { insert: 'retried', documents: [{ n: 1 }], lsid, txnNumber: Long.fromNumber(1) }
    const admin = await new MongoClient(database.uri, { retryWrites: false }).connect()
    const first = await admin.db().command(command)
    const again = await admin.db().command(command)
    assert.deepEqual([first['n'], again['n']], [1, 1])
    assert.equal(await db.collection('retried').countDocuments(), 1)
    await admin.close()
  })

  it('deletes what has expired, and nothing else', async () => {
    const sessions = db.collection('sessions')
    await sessions.createIndexes([{ key: { expires: 1 }, expireAfterSeconds: 0 }])
    await sessions.insertMany([
      { _id: 'old' as never, expires: new Date(Date.now() - 1000) },
      { _id: 'new' as never, expires: new Date(Date.now() + 60_000) },
      { _id: 'text' as never, expires: 'never' },
      { _id: 'none' as never },
    ])
    await client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 0.02 })
    while ((await sessions.countDocuments()) > 3) await new Promise((resolve) => setTimeout(resolve, 10))
    assert.deepEqual((await sessions.distinct('_id')).sort(), ['new', 'none', 'text'])
  })

  it('tells honestly how it looked for documents', async () => {
    const things = db.collection('explained')
    await things.createIndexes([{ key: { kind: 1, n: -1 } }])
    await things.insertMany(Array.from({ length: 50 }, (_, n) => ({ kind: n % 5, n })))
    const plan = await things
      .find({ kind: 3, n: { $gt: 20 } })
      .sort({ n: -1 })
      .explain('executionStats')
    const text = JSON.stringify(plan)
    assert.match(text, /"stage":"IXSCAN"/)
    assert.doesNotMatch(text, /"stage":"SORT"/)
    const stats = plan['executionStats'] as Record<string, number>
    assert.deepEqual([stats['nReturned'], stats['totalKeysExamined'], stats['totalDocsExamined']], [6, 6, 6])
    assert.match(JSON.stringify(await things.find({ other: 1 }).explain()), /"stage":"COLLSCAN"/)
  })

  it('hangs up on those who do not speak its language', async () => {
    const socket = connect(decodeURIComponent(/\/\/([^/]+)\//.exec(database.uri)?.[1] ?? ''))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => undefined)
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await closed
    assert.equal((await db.command({ ping: 1 }))['ok'], 1)
  })

  it('wants the secret where it listens on a port', async () => {
    const other = await startEmbeddedDatabase({ transport: 'port' })
    const known = await new MongoClient(other.uri).connect()
    await known.db().collection('things').insertOne({ n: 1 })
    assert.equal(await known.db().collection('things').countDocuments(), 1)
    await known.close()
    const address = new URL(other.uri.replace('mongodb:', 'http:')).host
    const stranger = await new MongoClient(`mongodb://${address}/?directConnection=true`).connect()
    await assert.rejects(stranger.db().collection('things').findOne({}), code(13))
    await stranger.close()
    const liar = new MongoClient(other.uri.replace(/:[^:@]+@/, ':wrong@'))
    await assert.rejects(liar.connect(), code(18))
    await other.close()
  })

  describe('in a folder', () => {
    let folder: string

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'spona-test-'))
    })

    afterEach(() => rm(folder, { recursive: true, force: true }))

    it('has everything again after it is closed and opened', async () => {
      const first = await startEmbeddedDatabase({ directory: folder })
      const writer = await new MongoClient(first.uri).connect()
      await writer
        .db()
        .collection('things')
        .createIndexes([{ key: { tags: 1 } }])
      await writer
        .db()
        .collection('things')
        .insertMany([{ tags: ['a', 'b'] }, { tags: 'c' }])
      await writer.close()
      await first.close()
      const second = await startEmbeddedDatabase({ directory: folder })
      const reader = await new MongoClient(second.uri).connect()
      const things = reader.db().collection('things')
      assert.equal(await things.countDocuments({ tags: { $gt: 'a', $lt: 'b' } }), 1)
      assert.equal(await things.countDocuments({ tags: { $gte: 'b' } }), 2)
      assert.match(JSON.stringify(await things.find({ tags: 'c' }).explain()), /"isMultiKey":true/)
      await reader.close()
      await second.close()
    })

    it('is open to one process at a time, and says so', async () => {
      const first = await startEmbeddedDatabase({ directory: folder })
      await assert.rejects(
        startEmbeddedDatabase({ directory: folder }),
        (error: unknown) => error instanceof EmbeddedDatabaseError && error.message.includes('is using it'),
      )
      await first.close()
      await (await startEmbeddedDatabase({ directory: folder })).close()
    })

    it('says when the folder cannot be used', async () => {
      const file = join(folder, 'file')
      await writeFile(file, '')
      await assert.rejects(startEmbeddedDatabase({ directory: join(file, 'data') }), EmbeddedDatabaseError)
    })

    it('leaves nothing of a throw-away database', async () => {
      const usual = process.env['TMPDIR']
      process.env['TMPDIR'] = folder
      try {
        const passing = await startEmbeddedDatabase()
        assert.equal((await readdir(folder)).length, 2)
        await passing.close()
        assert.deepEqual(await readdir(folder), [])
      } finally {
        if (usual === undefined) delete process.env['TMPDIR']
        else process.env['TMPDIR'] = usual
      }
    })
  })
})
