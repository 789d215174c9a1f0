import { BsonType, bsonType, isNumeric } from './values.js'
import { toDouble } from './numbers.js'

/** Truth as MongoDB's expressions and flags know it: false, zero, null and missing are false; an empty string is true. */
export function toBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  if (isNumeric(value)) return toDouble(value) !== 0
  const type = bsonType(value)
  return type !== BsonType.missing && type !== BsonType.null
}
