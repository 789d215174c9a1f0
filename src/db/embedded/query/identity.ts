import { Decimal128, Double } from 'bson'
import { compareValues } from './compare.js'
import { bsonType, isArray, isDocument, type Document } from './values.js'

/**
 * Whether two values are stored with the same bytes. Equal is not enough: 1 and 1.0 are equal and not the same, nor are
 * 0.0 and -0.0. An update that leaves everything the same has changed nothing.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  if (bsonType(a) !== bsonType(b)) return false
  if (isArray(a) && isArray(b)) return a.length === b.length && a.every((item, index) => sameValue(item, b[index]))
  if (isDocument(a) && isDocument(b)) return sameDocument(a, b)
  if (a instanceof Double && b instanceof Double) return Object.is(a.value, b.value)
  if (a instanceof Decimal128 && b instanceof Decimal128) return Buffer.compare(a.bytes, b.bytes) === 0
  return compareValues(a, b) === 0
}

function sameDocument(a: Document, b: Document): boolean {
  if (a === b) return true
  const names = Object.keys(a)
  const others = Object.keys(b)
  return (
    names.length === others.length &&
    names.every((name, index) => name === others[index] && sameValue(a[name], b[name]))
  )
}
