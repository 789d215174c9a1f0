import { BSON, Int32, Long, type Document } from 'bson'
import { isObject, numberOf } from '../documents.js'
import type { Engine } from '../engine/engine.js'
import type { Retry } from '../engine/retryable-results.js'
import type { Transaction } from '../engine/transactions.js'
import { ServerError } from '../server-error.js'
import type { Reply, Request } from '../wire/wire-message.js'
import type { Connection } from '../wire/wire-server.js'
import { documentField, isReply, sessionText, type Command, type Operation } from './command.js'
import { commandTable } from './table.js'

/** Fields that every command may carry. */
const general =
  '$db lsid $clusterTime $readPreference readConcern writeConcern txnNumber autocommit startTransaction comment maxTimeMS apiVersion apiStrict apiDeprecationErrors'
const withoutSecret = new Set(['hello', 'isMaster', 'ismaster', 'saslStart', 'saslContinue', 'ping', 'buildInfo'])
const endsTransaction = new Set(['commitTransaction', 'abortTransaction'])

/** Finds the command that a request asks for, runs it and turns what it throws into MongoDB's answers. */
export class Dispatcher {
  private readonly commands: ReadonlyMap<string, Command>
  private readonly running = new Map<string, Promise<unknown>>()

  constructor(
    private readonly engine: Engine,
    address: string,
    more: ReadonlyMap<string, Command> = new Map(),
  ) {
    this.commands = new Map([...commandTable(address), ...more])
  }

  readonly handle = async (request: Request, connection: Connection): Promise<Reply> => {
    let transaction: Transaction | undefined
    try {
      const command = this.find(request, connection)
      const operation = this.operation(request, connection, command)
      transaction = operation.transaction
      const reply = toReply(await this.run(command, operation))
      if (transaction !== undefined && reply.document['writeErrors'] !== undefined)
        this.engine.transactions.abort(transaction)
      return withWriteConcern(request.body, reply)
    } catch (error) {
      if (transaction !== undefined) this.engine.transactions.abort(transaction)
      return { document: describeError(error) }
    }
  }

  private find({ body }: Request, connection: Connection): Command {
    const name = Object.keys(body)[0] ?? ''
    const command = this.commands.get(name)
    if (command === undefined) throw new ServerError(59, `no such command: '${name}'`)
    if (!connection.authenticated && !withoutSecret.has(name))
      throw new ServerError(13, `Command ${name} requires authentication`)
    checkFields(name, command, body)
    return command
  }

  private operation({ body, documents }: Request, connection: Connection, command: Command): Operation {
    const name = Object.keys(body)[0] ?? ''
    const session = body['lsid'] === undefined ? undefined : sessionText(body['lsid'])
    const number = body['txnNumber'] instanceof Long ? body['txnNumber'] : undefined
    const identified = session !== undefined && number !== undefined ? { session, number } : undefined
    const now = new Date()
    const limit = name === 'getMore' ? 0 : (numberOf(body['maxTimeMS']) ?? 0)
    return {
      engine: this.engine,
      name,
      body,
      documents,
      database: databaseOf(body),
      connection,
      session,
      transactionNumber: number,
      transaction: this.transaction(name, command, body, identified),
      retry: body['autocommit'] === undefined && command.writes === true ? identified : undefined,
      deadline: limit > 0 ? now.getTime() + limit : undefined,
      scope: { let: documentField(body, 'let'), now },
    }
  }

  private transaction(name: string, command: Command, body: Document, identified: Retry | undefined) {
    const { transactions } = this.engine
    checkReadConcern(body)
    if (body['autocommit'] !== false || endsTransaction.has(name)) return undefined
    if (identified === undefined) throw new ServerError(72, `'autocommit' requires a session and a transaction number`)
    if (command.inTransaction !== true) {
      throw new ServerError(263, `Cannot run '${name}' in a multi-document transaction.`)
    }
    const { session, number } = identified
    const starts = body['startTransaction'] === true
    return starts ? transactions.begin(session, number) : transactions.running(session, number)
  }

  /** A write that is sent again gets the answer of the first time, even if that is still under way. */
  private async run(command: Command, operation: Operation): Promise<Reply | Document> {
    const { retry } = operation
    if (retry === undefined) return command.run(operation)
    const key = `${retry.session}:${retry.number.toString()}`
    await this.running.get(key)?.catch(() => undefined)
    const earlier = this.engine.results.earlier(retry)
    if (earlier !== undefined) return earlier
    const work = Promise.resolve(command.run(operation))
    this.running.set(key, work)
    return work.finally(() => this.running.delete(key))
  }
}

const knownFields = new Map<Command, ReadonlySet<string>>()

function fieldsOf(command: Command): ReadonlySet<string> {
  const known = knownFields.get(command) ?? new Set(`${general} ${command.options ?? ''}`.split(' '))
  knownFields.set(command, known)
  return known
}

function checkFields(name: string, command: Command, body: Document): void {
  const known = fieldsOf(command)
  for (const field of Object.keys(body)) {
    if (known.has(field) || field === name) continue
    if (command.refused?.split(' ').includes(field) !== true) {
      throw new ServerError(40415, `BSON field '${name}.${field}' is an unknown field.`)
    }
    const value: unknown = body[field]
    if (value !== false && value !== null) throw new ServerError(238, `'${field}' of ${name} is not supported`)
  }
}

/** Snapshots exist in transactions only: a read outside of one would silently see something else. */
function checkReadConcern(body: Document): void {
  const { level, atClusterTime } = documentField(body, 'readConcern')
  if (atClusterTime !== undefined || (level === 'snapshot' && body['autocommit'] !== false)) {
    throw new ServerError(72, 'readConcern snapshot is only supported in transactions')
  }
}

function databaseOf(body: Document): string {
  const database: unknown = body['$db']
  if (typeof database !== 'string') throw new ServerError(40414, `BSON field '$db' is missing but a required field`)
  if (database === '' || database.length > 63 || /[/\\. "$\0]/.test(database))
    throw new ServerError(73, `Invalid database name: '${database}'`)
  return database
}

const toReply = (result: Reply | Document): Reply => (isReply(result) ? result : { document: result })

/** There is one server: what needs more than one is done, but said not to be acknowledged by them. */
function withWriteConcern(body: Document, reply: Reply): Reply {
  const wanted: unknown = isObject(body['writeConcern']) ? body['writeConcern']['w'] : undefined
  if ((numberOf(wanted) ?? 1) <= 1) return reply
  const errmsg = 'Not enough data-bearing nodes'
  const writeConcernError = { code: new Int32(100), codeName: 'UnsatisfiableWriteConcern', errmsg }
  return { ...reply, document: { ...reply.document, writeConcernError } }
}

function describeError(error: unknown): Document {
  const known =
    error instanceof ServerError ? error : new ServerError(error instanceof BSON.BSONError ? 22 : 1, String(error))
  const { code, codeName, message, labels, details } = known
  return {
    ...(labels.length > 0 ? { errorLabels: labels } : {}),
    ok: 0,
    errmsg: message,
    code: new Int32(code),
    codeName,
    ...details,
  }
}
