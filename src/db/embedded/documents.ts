import { BSON, Double, Int32, Long, type Document } from 'bson'

export type { Document } from 'bson'

/** Reads BSON with every type kept (Int32, Double, Long, BSONRegExp...), so that nothing changes on its way through. */
export const decode = (bytes: Uint8Array): Document =>
  BSON.deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true })

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
