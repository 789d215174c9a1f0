import type { Connection } from 'mongoose'

/** Makes every index that the models ask for; called once at start, before anything is served. */
export async function createIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection()
    await model.createIndexes()
  }
}
