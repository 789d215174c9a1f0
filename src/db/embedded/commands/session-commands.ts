import { Int32, UUID, type Document, type Long } from 'bson'
import { noSuchTransaction } from '../engine/transactions.js'
import { ServerError } from '../server-error.js'
import { sessionText, type Command, type Operation } from './command.js'

interface Identified {
  readonly session: string
  readonly number: Long
}

export const commitTransaction: Command = {
  options: ['recoveryToken'],
  async run(operation) {
    const { engine } = operation
    const { session, number } = identify(operation)
    if (engine.results.committed({ session, number })) return { ok: 1 }
    const transaction = engine.transactions.latest(session, number)
    if (transaction.state === 'committed') return { ok: 1 }
    await engine.commitTransaction(engine.transactions.running(session, number), { session, number })
    return { ok: 1 }
  },
}

export const abortTransaction: Command = {
  options: ['recoveryToken'],
  run(operation) {
    const { engine } = operation
    const { session, number } = identify(operation)
    if (engine.results.committed({ session, number })) throw noSuchTransaction(number)
    engine.transactions.abort(engine.transactions.running(session, number))
    return { ok: 1 }
  },
}

function identify({ session, transactionNumber, body, name }: Operation): Identified {
  if (session !== undefined && transactionNumber !== undefined && body['autocommit'] === false) {
    return { session, number: transactionNumber }
  }
  throw new ServerError(125, `${name} must be run within a transaction`)
}

export const startSession: Command = {
  options: [],
  run: () => ({ id: { id: new UUID().toBinary() }, timeoutMinutes: new Int32(30), ok: 1 }),
}

/** Sessions live as long as something is known of them, so there is nothing to refresh. */
export const refreshSessions: Command = { options: [], run: () => ({ ok: 1 }) }

export const endSessions: Command = {
  options: [],
  run({ body, engine, name }) {
    for (const id of body[name] as readonly Document[]) engine.transactions.endSession(sessionText(id))
    return { ok: 1 }
  },
}
