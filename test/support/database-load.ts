import { writeSync } from 'node:fs'
import { MongoClient } from 'mongodb'
import { startEmbeddedDatabase } from '../../src/db/embedded/index.js'

// Run as a program of its own, until somebody kills it: writes into the folder given, and prints what was acknowledged.
const [, , directory = ''] = process.argv

interface Account {
  readonly _id: number
  readonly balance: number
}

const database = await startEmbeddedDatabase({ directory })
const client = await new MongoClient(database.uri).connect()
const accounts = client.db().collection<Account>('accounts')
const notes = client.db().collection<{ _id: string; word: string }>('notes')
if ((await accounts.countDocuments()) === 0) {
  await notes.createIndexes([{ key: { word: 1 } }])
  await accounts.insertMany(Array.from({ length: 6 }, (_, _id) => ({ _id, balance: 100 })))
}

const run = process.pid.toString(36)

async function insert(writer: number): Promise<never> {
  for (let turn = 0; ; turn++) {
    const _id = `${run}-${writer}-${turn}`
    await notes.insertOne({ _id, word: `w${turn % 10}` })
    writeSync(1, `${_id}\n`)
  }
}

async function transfer(from: number, to: number): Promise<never> {
  for (;;) {
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await accounts.updateOne({ _id: from }, { $inc: { balance: -1 } }, { session })
        await accounts.updateOne({ _id: to }, { $inc: { balance: 1 } }, { session })
      }),
    )
  }
}

await Promise.all([...[0, 1, 2, 3, 4, 5, 6, 7].map(insert), transfer(0, 1), transfer(2, 3), transfer(4, 5)])
