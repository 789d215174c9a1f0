import { Binary, type Long } from 'bson'
import { isObject, numberOf, type Document } from '../documents.js'
import type { Engine, WriteRequest } from '../engine/engine.js'
import { ServerError } from '../server-error.js'
import type { Collection } from '../storage/catalogue.js'
import type { Batch, Reply } from '../wire/wire-message.js'
import type { Connection } from '../wire/wire-server.js'

/** One command under way. */
export interface Operation extends WriteRequest {
  readonly engine: Engine
  readonly name: string
  readonly body: Document
  readonly database: string
  readonly documents: readonly Uint8Array[]
  readonly session: string | undefined
  readonly transactionNumber: Long | undefined
  readonly connection: Connection
  /** What expressions may use besides the document. */
  readonly scope: { readonly let: Document; readonly now: Date }
}

export interface Command {
  /** Fields that it understands beside those of every command; any other is refused. */
  readonly options?: string
  /** Fields that MongoDB knows and this server does not do: refused unless they are absent or false. */
  readonly refused?: string
  readonly inTransaction?: boolean
  readonly writes?: boolean
  run(operation: Operation): Reply | Document | Promise<Reply | Document>
}

export const isReply = (result: Reply | Document): result is Reply => 'batch' in result && 'document' in result

/** The collection that a command names as its first field. */
export function namespaceOf({ body, database, name }: Operation): string {
  const collection: unknown = body[name]
  if (typeof collection !== 'string') throw new ServerError(2, `collection name has invalid type ${typeof collection}`)
  return checkedNamespace(database, collection)
}

export function checkedNamespace(database: string, collection: string): string {
  const namespace = `${database}.${collection}`
  if (/^$|^\.|[$\0]/.test(collection) || Buffer.byteLength(namespace) > 255) {
    throw new ServerError(73, `Invalid namespace specified '${namespace}'`)
  }
  return namespace
}

export const collectionOf = (operation: Operation): Collection | undefined =>
  operation.engine.collection(namespaceOf(operation), operation.transaction)

/** A field that has to be a document if it is there. */
export function documentField(body: Document, field: string): Document {
  const value: unknown = body[field]
  if (value === undefined || value === null) return {}
  if (isObject(value)) return value
  throw new ServerError(14, `BSON field '${field}' is the wrong type, expected type 'object'`)
}

/** A whole number that may not be negative. */
export function countField(body: Document, field: string): number | undefined {
  const value: unknown = body[field]
  if (value === undefined || value === null) return undefined
  const number = numberOf(value)
  if (number === undefined) throw new ServerError(14, `BSON field '${field}' is the wrong type, expected a number`)
  if (number < 0) throw new ServerError(51024, `BSON field '${field}' value must be >= 0, actual value '${number}'`)
  return Math.trunc(number)
}

export function checkCollation({ collation }: Document): void {
  if (collation === undefined || (isObject(collation) && (collation['locale'] ?? 'simple') === 'simple')) return
  throw new ServerError(238, 'collation is not supported, except for the simple one')
}

/** A whole list as one page. */
export const pageOf = (
  operation: Operation,
  namespace: string,
  documents: readonly Uint8Array[],
): Reply & { batch: Batch } => ({
  document: { ok: 1 },
  batch: operation.engine.cursors.start({ namespace, documents, transaction: undefined, batchSize: Infinity }),
})

/** A session's id as a key. */
export function sessionText(lsid: unknown): string {
  const id: unknown = isObject(lsid) ? lsid['id'] : undefined
  if (id instanceof Binary) return Buffer.from(id.value()).toString('hex')
  throw new ServerError(14, `BSON field 'lsid.id' is the wrong type, expected type 'binData'`)
}
