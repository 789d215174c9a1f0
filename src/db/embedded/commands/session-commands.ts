import { Int32, UUID, type Document } from 'bson'
import type { Retry } from '../engine/retryable-results.js'
import { noSuchTransaction } from '../engine/transactions.js'
import { ServerError } from '../server-error.js'
import { sessionText, type Command, type Operation } from './command.js'

export const commitTransaction: Command = {
  options: 'recoveryToken',
  async run(operation) {
    const { engine } = operation
    const commit = identify(operation)
    if (engine.results.committed(commit)) return { ok: 1 }
    const transaction = engine.transactions.latest(commit.session, commit.number)
    await (transaction.committed ?? engine.commitTransaction(commit))
    return { ok: 1 }
  },
}

export const abortTransaction: Command = {
  options: 'recoveryToken',
  run(operation) {
    const { engine } = operation
    const { session, number } = identify(operation)
    if (engine.results.committed({ session, number })) throw noSuchTransaction(number)
    engine.transactions.abort(engine.transactions.running(session, number))
    return { ok: 1 }
  },
}

function identify({ session, transactionNumber: number, body, name }: Operation): Retry {
  if (session !== undefined && number !== undefined && body['autocommit'] === false) return { session, number }
  throw new ServerError(125, `${name} must be run within a transaction`)
}

export const startSession: Command = {
  run: () => ({ id: { id: new UUID().toBinary() }, timeoutMinutes: new Int32(30), ok: 1 }),
}

/** Sessions live as long as something is known of them, so there is nothing to refresh. */
export const refreshSessions: Command = { run: () => ({ ok: 1 }) }

export const endSessions: Command = {
  run({ body, engine }) {
    for (const id of body['endSessions'] as readonly Document[]) engine.transactions.endSession(sessionText(id))
    return { ok: 1 }
  },
}
