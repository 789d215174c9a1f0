/**
 * The values the query language works on: strings, booleans, null, dates, arrays and plain objects are JavaScript's own,
 * everything else keeps its `bson` class, so an Int32 stays an Int32 and a Double a Double. A plain number or bigint,
 * as tests and callers write them, counts as what `bson` would store it as. `undefined` means that there is no value.
 */
export type Document = Record<string, unknown>

export const BsonType = {
  missing: 0,
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  maxKey: 127,
  minKey: 255,
} as const

const TYPE_CODES = new Map<string, number>(Object.entries(BsonType))
const TYPE_NAMES = new Map([...TYPE_CODES].map(([name, code]): [number, string] => [code, name]))

export const NUMBER_TYPES: readonly number[] = [BsonType.int, BsonType.long, BsonType.double, BsonType.decimal]

/** The type byte that MongoDB's name of a type stands for. */
export function typeCodeOf(name: string): number | undefined {
  return name === 'missing' ? undefined : TYPE_CODES.get(name)
}

const CLASS_TYPES = new Map<string, number>([
  ['Int32', BsonType.int],
  ['Double', BsonType.double],
  ['Long', BsonType.long],
  ['Decimal128', BsonType.decimal],
  ['ObjectId', BsonType.objectId],
  ['Binary', BsonType.binData],
  ['BSONRegExp', BsonType.regex],
  ['Timestamp', BsonType.timestamp],
  ['BSONSymbol', BsonType.symbol],
  ['MinKey', BsonType.minKey],
  ['MaxKey', BsonType.maxKey],
  ['DBRef', BsonType.object],
])

const PLAIN: unknown = Object.prototype

/** The BSON type byte of a value; 0 where there is none. */
export function bsonType(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return BsonType.string
    case 'boolean':
      return BsonType.bool
    case 'number':
      return (value | 0) === value && !Object.is(value, -0) ? BsonType.int : BsonType.double
    case 'bigint':
      return BsonType.long
    case 'object':
      return value === null ? BsonType.null : objectType(value)
    case 'undefined':
    case 'function':
    case 'symbol':
      return BsonType.missing
  }
}

function objectType(value: object): number {
  if (Object.getPrototypeOf(value) === PLAIN) return BsonType.object
  if (Array.isArray(value)) return BsonType.array
  if (value instanceof Date) return BsonType.date
  if (value instanceof RegExp) return BsonType.regex
  if (value instanceof Uint8Array) return BsonType.binData
  const name: unknown = Reflect.get(value, '_bsontype')
  if (name === 'Code') return Reflect.get(value, 'scope') === null ? BsonType.javascript : BsonType.javascriptWithScope
  return CLASS_TYPES.get(String(name)) ?? BsonType.object
}

/** MongoDB's name of a value's type, as `$type` gives it. */
export function typeName(value: unknown): string {
  return TYPE_NAMES.get(bsonType(value)) ?? 'missing'
}

export function isDocument(value: unknown): value is Document {
  return bsonType(value) === BsonType.object
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

export function isNumeric(value: unknown): boolean {
  return NUMBER_TYPES.includes(bsonType(value))
}

/** A field of a document, `undefined` where it has none: nothing is inherited. */
export function getField(document: Document, name: string): unknown {
  return Object.hasOwn(document, name) ? document[name] : undefined
}

/** Sets a field, even one that is called `__proto__`. */
export function setField(document: Document, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(document, name, { value, enumerable: true, configurable: true, writable: true })
  } else {
    document[name] = value
  }
}

/** A copy whose documents and arrays can be changed; the values in them never change and are shared. */
export function cloneValue<T>(value: T): T
export function cloneValue(value: unknown): unknown {
  if (isArray(value)) return value.map((item) => cloneValue(item))
  if (!isDocument(value)) return value
  const copy: Document = {}
  for (const name of Object.keys(value)) setField(copy, name, cloneValue(value[name]))
  return copy
}
