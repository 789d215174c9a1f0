import { BSON, Double, Int32, Long, type Document } from 'bson'

export { decodeDocument as decode } from './query/raw.js'
export type { Document } from 'bson'

export const encode = (document: Document): Uint8Array => BSON.serialize(document, { ignoreUndefined: false })

/** The number that a decoded Int32, Double or Long stands for; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (value instanceof Int32 || value instanceof Double) return value.value
  return value instanceof Long ? value.toNumber() : undefined
}

export const isObject = (value: unknown): value is Document =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !('_bsontype' in value) &&
  !(value instanceof Date)
