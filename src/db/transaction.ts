import type { ClientSession, Connection } from 'mongoose'

/** One service call, one transaction: what `work` wrote is stored whole or not at all. Retried on write conflicts. */
export type InTransaction = <Result>(work: (session: ClientSession) => Promise<Result>) => Promise<Result>

export const transactionsOn =
  (connection: Connection): InTransaction =>
  (work) =>
    connection.transaction((session) => work(session))
