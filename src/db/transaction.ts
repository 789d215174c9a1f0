import type { ClientSession, Connection } from 'mongoose'

/** One service call, one transaction: what `work` wrote is stored whole or not at all. Retried on write conflicts. */
export type InTransaction = <Result>(work: (session: ClientSession) => Promise<Result>) => Promise<Result>

export const transactionsOn =
  (connection: Connection): InTransaction =>
  (work) =>
    // Not Mongoose's own `transaction`: before a retry that winds documents back, and stumbles over strict schemas.
    connection.withSession((session) => session.withTransaction(work))

/** The last transaction in the line of each connection. */
const lines = new WeakMap<Connection, Promise<unknown>>()

/**
 * The same for work that writes to the audit log: all of it moves the end of one chain, so within this process it takes
 * turns instead of colliding and starting over. Between processes the database decides as ever.
 */
export const transactionsInTurn =
  (connection: Connection): InTransaction =>
  (work) => {
    const before = lines.get(connection) ?? Promise.resolve()
    const mine = before.then(() => transactionsOn(connection)(work))
    lines.set(
      connection,
      mine.catch(() => undefined),
    )
    return mine
  }
