import { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { ServerError } from '../server-error.js'
import { isArray, isDocument } from './values.js'

/** A value as MongoDB writes it in its error messages. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`
  if (value === undefined) return 'missing'
  if (value instanceof Int32) return String(value.value)
  if (value instanceof Double) return describeDouble(value.value)
  if (value instanceof Long || value instanceof Decimal128) return value.toString()
  if (value instanceof Date) return `new Date(${value.getTime()})`
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`
  if (isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(describeValue).join(', ')} ]`
  if (isDocument(value)) return describeDocument(value)
  return describeRareValue(value)
}

function describeRareValue(value: unknown): string {
  if (value instanceof Timestamp) return `Timestamp(${value.t}, ${value.i})`
  if (value instanceof Binary) return `BinData(${value.sub_type}, ${value.toString('hex').toUpperCase()})`
  if (value instanceof MinKey) return 'MinKey'
  if (value instanceof MaxKey) return 'MaxKey'
  if (value instanceof Code) return value.code
  return String(value)
}

function describeDouble(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan.0' : value > 0 ? 'inf.0' : '-inf.0'
  return Number.isInteger(value) ? `${value}.0` : String(value)
}

export function describeDocument(document: Readonly<Record<string, unknown>>): string {
  const fields = Object.keys(document)
  if (fields.length === 0) return '{}'
  return `{ ${fields.map((name) => describeElement(name, document[name])).join(', ')} }`
}

/** A field as MongoDB writes it: `name: value`. */
export function describeElement(name: string, value: unknown): string {
  return `${name}: ${describeValue(value)}`
}

/** An error with MongoDB's code; its words are a template, so that they stand in one line. */
export function refusal(code: number): (words: TemplateStringsArray, ...values: (string | number)[]) => ServerError {
  return (words, ...values) => new ServerError(code, String.raw({ raw: words }, ...values))
}

export const badValue = refusal(2)
export const failedToParse = refusal(9)
export const typeMismatch = refusal(14)
