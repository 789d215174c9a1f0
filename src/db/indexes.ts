import type { Connection } from 'mongoose'

/** Makes every index, the models' and those of what is kept without a model; called once at start, before anything is served. */
export async function createIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection()
    await model.createIndexes()
  }
  // The packages that keep sessions and attempts would make these by themselves, after the start, when nobody waits.
  await connection.collection('sessions').createIndex({ expires: 1 }, { expireAfterSeconds: 0 }, {})
  await connection.collection('attempts').createIndex({ expire: -1 }, { expireAfterSeconds: 0 }, {})
  await connection.collection('attempts').createIndex({ key: 1 }, { unique: true }, {})
}
