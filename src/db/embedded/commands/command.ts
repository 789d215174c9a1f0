import { Binary, type Long } from 'bson'
import { isObject, numberOf, type Document } from '../documents.js'
import type { Engine, WriteRequest } from '../engine/engine.js'
import { ServerError } from '../server-error.js'
import type { Reply } from '../wire/wire-message.js'
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
  readonly now: Date
}

export interface Command {
  /** Fields that the command understands beside those of every command; any other is refused. */
  readonly options: readonly string[]
  /** Fields that MongoDB knows and this server does not do: refused unless they are absent or false. */
  readonly refused?: readonly string[]
  readonly inTransaction?: boolean
  readonly writes?: boolean
  run(operation: Operation): Reply | Document | Promise<Reply | Document>
}

export const isReply = (result: Reply | Document): result is Reply =>
  'document' in result && Object.keys(result).length <= 2

/** The collection that a command names as its first field. */
export function namespaceOf({ body, database, name }: Operation): string {
  const collection: unknown = body[name]
  if (typeof collection !== 'string') throw new ServerError(2, `collection name has invalid type ${typeof collection}`)
  return checkedNamespace(database, collection)
}

export function checkedNamespace(database: string, collection: string): string {
  const namespace = `${database}.${collection}`
  const wrong =
    collection === '' || collection.startsWith('.') || /[$\0]/.test(collection) || Buffer.byteLength(namespace) > 255
  if (wrong) throw new ServerError(73, `Invalid namespace specified '${namespace}'`)
  return namespace
}

/** A field that has to be a document if it is there. */
export function documentField(body: Document, field: string, command: string): Document {
  const value: unknown = body[field]
  if (value === undefined || value === null) return {}
  if (isObject(value)) return value
  throw new ServerError(
    14,
    `BSON field '${command}.${field}' is the wrong type '${typeName(value)}', expected type 'object'`,
  )
}

/** A whole number that may not be negative. */
export function countField(body: Document, field: string): number | undefined {
  const value: unknown = body[field]
  if (value === undefined || value === null) return undefined
  const number = numberOf(value)
  if (number === undefined) throw new ServerError(14, `BSON field '${field}' is the wrong type '${typeName(value)}'`)
  if (number < 0) throw new ServerError(51024, `BSON field '${field}' value must be >= 0, actual value '${number}'`)
  return Math.trunc(number)
}

const typeName = (value: unknown): string =>
  Array.isArray(value)
    ? 'array'
    : value instanceof Object && '_bsontype' in value
      ? String(value._bsontype).toLowerCase()
      : typeof value

export function checkCollation(options: Document): void {
  const collation: unknown = options['collation']
  if (
    collation === undefined ||
    (isObject(collation) && (collation['locale'] === 'simple' || Object.keys(collation).length === 0))
  )
    return
  throw new ServerError(238, 'collation is not supported, except for the simple one')
}

/** A session's id as a key. */
export function sessionText(lsid: unknown): string {
  const id: unknown = isObject(lsid) ? lsid['id'] : undefined
  if (id instanceof Binary) return Buffer.from(id.value()).toString('hex')
  throw new ServerError(14, `BSON field 'lsid.id' is the wrong type, expected type 'binData'`)
}
