import type { Connection } from 'mongoose'
import { transactionsOn } from '../../db/transaction.js'
import { weigh } from './derived-facts.js'
import type { Equity } from './equity-weights.js'
import { schoolModel, type StoredSchool } from './school-model.js'

/**
 * Gives every unit the index and the tier that these weights make of its facts; returns how many had those of an
 * earlier version. In batches, each whole or not at all: broken off anywhere, the same call does what is left.
 */
export type Reweigh = (equity: Equity) => Promise<number>

/** Whether some unit still has the index of an earlier version. */
export type AwaitsReweigh = (equity: Equity) => Promise<boolean>

export const awaitsReweighOn =
  (connection: Connection): AwaitsReweigh =>
  async ({ version }) =>
    (await schoolModel(connection)
      .findOne({ equityVersion: { $lt: version } }, { _id: 1 })
      .lean()) !== null

/** Few enough that nobody else waits for them. */
const batchSize = 20

export function reweighOn(connection: Connection): Reweigh {
  const model = schoolModel(connection)
  const inTransaction = transactionsOn(connection)

  /** Reading and writing are one transaction: an import in between is not overwritten with what its facts were before. */
  const reweighSome = (equity: Equity): Promise<number> =>
    inTransaction(async (session) => {
      const some = await model
        .find({ equityVersion: { $lt: equity.version } })
        .limit(batchSize)
        .session(session)
        .lean<StoredSchool[]>()
      const writes = some.map((unit) => ({
        updateOne: { filter: { _id: unit._id }, update: { $set: weigh(unit, equity) } },
      }))
      if (writes.length > 0) await model.collection.bulkWrite(writes, { ordered: false, session })
      return some.length
    })

  return async (equity) => {
    let changed = 0
    for (let some = await reweighSome(equity); some > 0; some = await reweighSome(equity)) changed += some
    return changed
  }
}
