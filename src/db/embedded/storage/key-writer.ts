import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Document,
} from 'bson'
import { ServerError } from '../server-error.js'
import { decimalKey, doubleResidual } from './number-key.js'

/** First byte of an encoded value, in BSON order. Bytes 00, 01, FE and FF stay free for ends and escapes. */
export const typeByte = {
  minKey: 0x0a,
  undefined: 0x14,
  null: 0x1e,
  number: 0x28,
  string: 0x3c,
  object: 0x46,
  array: 0x50,
  binary: 0x5a,
  objectId: 0x64,
  boolean: 0x6e,
  date: 0x78,
  timestamp: 0x82,
  regex: 0x8c,
  code: 0xa0,
  codeWithScope: 0xaa,
  maxKey: 0xf0,
} as const

const end = 0x02

/** Writes values so that comparing the bytes compares the values as MongoDB does, whatever their types. */
export class KeyWriter {
  private bytes = Buffer.allocUnsafe(256)
  private length = 0

  value(value: unknown): this {
    this.byte(typeOf(value))
    this.payload(value)
    return this
  }

  /** A value whose order is turned round: the complement of its bytes. */
  descending(value: unknown): this {
    const start = this.length
    this.value(value)
    for (let at = start; at < this.length; at++) this.bytes[at] = ~(this.bytes[at] ?? 0) & 0xff
    return this
  }

  raw(bytes: Uint8Array): this {
    this.reserve(bytes.length)
    this.bytes.set(bytes, this.length)
    this.length += bytes.length
    return this
  }

  finish(): Buffer {
    const result = Buffer.from(this.bytes.subarray(0, this.length))
    this.length = 0
    return result
  }

  private payload(value: unknown): void {
    if (typeof value === 'string') this.text(value)
    else if (typeof value === 'boolean') this.byte(value ? 1 : 0)
    else if (value instanceof Date) this.signed(BigInt(value.getTime()))
    else if (Array.isArray(value)) this.elements(value)
    else if (typeof value === 'object' && value !== null) this.object(value)
  }

  private object(value: object): void {
    if (value instanceof Int32 || value instanceof Double) this.number(value.value, 0, false)
    else if (value instanceof Long) this.long(value.toBigInt())
    else if (value instanceof Decimal128) this.decimal(value)
    else if (value instanceof ObjectId) this.raw(value.id)
    else if (value instanceof Binary) this.binary(value)
    else if (value instanceof Timestamp) this.unsigned(value.toBigInt())
    else if (value instanceof BSONRegExp) this.text(value.pattern).text(value.options)
    else if (value instanceof BSONSymbol) this.text(value.value)
    else if (value instanceof Code) this.code(value)
    else if (!(value instanceof MinKey) && !(value instanceof MaxKey)) this.fields(value)
  }

  private code(value: Code): void {
    this.text(value.code)
    if (value.scope) this.fields(value.scope)
  }

  private fields(document: Document): void {
    for (const [name, value] of Object.entries(document)) {
      this.byte(typeOf(value)).text(name)
      this.payload(value)
    }
    this.byte(end)
  }

  private elements(values: readonly unknown[]): void {
    for (const value of values) this.value(value)
    this.byte(end)
  }

  /** UTF-8 with 00 written as 00 FF, closed by 00 01: a prefix sorts first and no string contains the end of another. */
  private text(text: string): this {
    const size = Buffer.byteLength(text)
    this.reserve(2 * size + 2)
    if (text.includes('\0')) {
      for (const byte of Buffer.from(text)) {
        this.byte(byte)
        if (byte === 0) this.byte(0xff)
      }
    } else this.length += this.bytes.write(text, this.length, size, 'utf8')
    return this.byte(0).byte(1)
  }

  private binary(value: Binary): void {
    this.reserve(value.position + 5)
    this.length = this.bytes.writeUInt32BE(value.position, this.length)
    this.byte(value.sub_type).raw(value.buffer.subarray(0, value.position))
  }

  private long(value: bigint): void {
    const nearest = Number(value)
    this.number(nearest, Number(value - BigInt(nearest)), false)
  }

  private decimal(value: Decimal128): void {
    const { nearest, residual, tail } = decimalKey(value)
    this.number(nearest, residual, tail !== undefined)
    if (tail !== undefined) this.raw(tail)
  }

  /** The nearest double with its sign bit turned, then what is missing to the exact value. */
  private number(nearest: number, residual: number, tailed: boolean): void {
    this.reserve(10)
    const at = this.length
    if (Number.isNaN(nearest)) this.bytes.fill(0, at, at + 8)
    else {
      this.bytes.writeDoubleBE(nearest === 0 ? 0 : nearest, at)
      if (nearest < 0) for (let i = at; i < at + 8; i++) this.bytes[i] = ~(this.bytes[i] ?? 0) & 0xff
      else this.bytes[at] = (this.bytes[at] ?? 0) ^ 0x80
    }
    this.length = this.bytes.writeUInt16BE(doubleResidual(residual, tailed), at + 8)
  }

  private signed(value: bigint): void {
    this.unsigned(BigInt.asUintN(64, value ^ (1n << 63n)))
  }

  private unsigned(value: bigint): void {
    this.reserve(8)
    this.length = this.bytes.writeBigUInt64BE(value, this.length)
  }

  private byte(byte: number): this {
    this.reserve(1)
    this.bytes[this.length++] = byte
    return this
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + more))
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }
}

const typesByName: Readonly<Record<string, number>> = {
  Int32: typeByte.number,
  Double: typeByte.number,
  Long: typeByte.number,
  Decimal128: typeByte.number,
  ObjectId: typeByte.objectId,
  Binary: typeByte.binary,
  Timestamp: typeByte.timestamp,
  BSONRegExp: typeByte.regex,
  BSONSymbol: typeByte.string,
  MinKey: typeByte.minKey,
  MaxKey: typeByte.maxKey,
}

export function typeOf(value: unknown): number {
  if (typeof value === 'string') return typeByte.string
  if (value === undefined) return typeByte.undefined
  if (value === null) return typeByte.null
  if (typeof value === 'boolean') return typeByte.boolean
  if (Array.isArray(value)) return typeByte.array
  if (value instanceof Date) return typeByte.date
  if (value instanceof Code) return value.scope ? typeByte.codeWithScope : typeByte.code
  if (typeof value !== 'object') throw new ServerError(2, `a ${typeof value} cannot be stored`)
  return '_bsontype' in value ? (typesByName[String(value._bsontype)] ?? typeByte.object) : typeByte.object
}
