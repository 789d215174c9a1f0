import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
  type Document as BsonDocument,
} from 'bson'
import fc from 'fast-check'
import { decodeDocument } from '../../src/db/embedded/query/raw.js'
import type { Document } from '../../src/db/embedded/query/values.js'

/** A document as it comes out of the store: written as JavaScript, with BSON's types. */
export function typed(document: BsonDocument): Document {
  return decodeDocument(serialize(document, { ignoreUndefined: false }))
}

export function typedValue(value: unknown): unknown {
  return typed({ value })['value']
}

export function asBytes(document: Document): Uint8Array {
  return serialize(document, { ignoreUndefined: false })
}

export const long = (text: string): Long => Long.fromString(text)
export const decimal = (text: string): Decimal128 => Decimal128.fromString(text)
export const double = (value: number): Double => new Double(value)

/** Numbers that are close to one another, and to the limits of their types. */
export const anyNumber: fc.Arbitrary<unknown> = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((value) => new Int32(value)),
  fc.integer().map((value) => new Int32(value)),
  fc
    .constantFrom(-1, -0.5, 0, -0, 0.5, 1, 1.5, 2, NaN, Infinity, -Infinity, 2 ** 53, 2 ** 53 + 2, 1e300, 0.1)
    .map(double),
  fc.double().map(double),
  fc.bigInt({ min: -3n, max: 3n }).map((value) => Long.fromBigInt(value)),
  fc.bigInt({ min: 2n ** 53n - 2n, max: 2n ** 53n + 3n }).map((value) => Long.fromBigInt(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromBigInt(value)),
  fc
    .constantFrom(
      '0',
      '-0',
      '1',
      '1.0',
      '1.5',
      '0.1',
      '9007199254740993',
      'NaN',
      'Infinity',
      '-Infinity',
      '1E-6000',
      '-2',
      '9223372036854775807',
    )
    .map(decimal),
)

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyNumber },
  { weight: 3, arbitrary: fc.constantFrom('', 'a', 'b', 'ab', 'č', '\ue000', '😀', 'a\0b') },
  { weight: 2, arbitrary: fc.constantFrom(null, true, false) },
  fc.integer({ min: -2, max: 2 }).map((value) => new Date(value * 1e12)),
  fc.integer({ min: 0, max: 3 }).map((value) => new ObjectId(`00000000000000000000000${value}`)),
  fc.constantFrom(new MinKey(), new MaxKey(), new BSONRegExp('a', 'i'), new BSONRegExp('b')),
  fc.constantFrom(
    new Timestamp({ t: 1, i: 2 }),
    new Timestamp({ t: 1, i: 3 }),
    new Timestamp({ t: 4_000_000_000, i: 0 }),
  ),
  fc.uint8Array({ maxLength: 2 }).map((bytes) => new Binary(bytes)),
)

const fieldName = fc.constantFrom('a', 'b', 'c', '0', '1')

/** Any value, with few field names and many equal leaves, so that random queries find something. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('array'), tie('object')),
  array: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(fieldName, tie('value'), { maxKeys: 3, noNullPrototype: true }),
})).value

export const anyDocument: fc.Arbitrary<Document> = fc.dictionary(fieldName, anyValue, {
  maxKeys: 4,
  noNullPrototype: true,
})

/** A path that such documents may have. */
export const anyPath: fc.Arbitrary<string> = fc
  .array(fieldName, { minLength: 1, maxLength: 3 })
  .map((names) => names.join('.'))
