import { BSONRegExp, Decimal128, Double, Int32, Long, ObjectId, type Document } from 'bson'
import { ServerError } from '../server-error.js'
import type { Collection, Index } from './catalogue.js'

/** E11000 with the message, `keyPattern` and `keyValue` that drivers and Mongoose read. */
export function duplicateKey(collection: Collection, index: Index, document: Document): ServerError {
  const entries = index.fields.map(({ path, parts }) => [path, valueAt(document, parts)] as const)
  const shown = entries.map(([path, value]) => `${path}: ${shell(value)}`).join(', ')
  return new ServerError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown} }`,
    [],
    { keyPattern: index.spec['key'] as Document, keyValue: Object.fromEntries(entries) },
  )
}

function valueAt(from: unknown, parts: readonly string[]): unknown {
  let value: unknown = from
  for (const part of parts) {
    if (Array.isArray(value)) value = value[0] as unknown
    value = value instanceof Object ? ((value as Document)[part] as unknown) : undefined
  }
  return (Array.isArray(value) ? (value[0] as unknown) : value) ?? null
}

/** A value as MongoDB prints it in messages. */
function shell(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (value instanceof Int32 || value instanceof Long || value instanceof Decimal128) return value.toString()
  if (value instanceof Double) return Number.isInteger(value.value) ? value.value.toFixed(1) : value.toString()
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(shell).join(', ')} ]`
  if (value instanceof Object && !('_bsontype' in value)) {
    const fields = Object.entries(value).map(([name, inner]) => `${name}: ${shell(inner)}`)
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
  }
  return value === undefined ? 'undefined' : JSON.stringify(value)
}
