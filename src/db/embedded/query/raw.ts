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
} from 'bson'
import { BsonType, setField, type Document } from './values.js'

/**
 * Raw BSON, read in place. Offsets are into the whole buffer; a document's offset is that of its length.
 * Decoding keeps every type and makes no DBRef of a document that looks like one.
 */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Where the value of `type` at `offset` ends. */
export function valueEnd(raw: Buffer, type: number, offset: number): number {
  switch (type) {
    case BsonType.double:
    case BsonType.date:
    case BsonType.timestamp:
    case BsonType.long:
      return offset + 8
    case BsonType.string:
    case BsonType.javascript:
    case BsonType.symbol:
      return offset + 4 + raw.readInt32LE(offset)
    case BsonType.object:
    case BsonType.array:
    case BsonType.javascriptWithScope:
      return offset + raw.readInt32LE(offset)
    case BsonType.binData:
      return offset + 5 + raw.readInt32LE(offset)
    case BsonType.objectId:
      return offset + 12
    case BsonType.bool:
      return offset + 1
    case BsonType.regex:
      return raw.indexOf(0, raw.indexOf(0, offset) + 1) + 1
    case BsonType.dbPointer:
      return offset + 4 + raw.readInt32LE(offset) + 12
    case BsonType.int:
      return offset + 4
    case BsonType.decimal:
      return offset + 16
    default:
      return offset
  }
}

export function nameEnd(raw: Buffer, offset: number): number {
  let end = offset
  while (raw[end] !== 0) end += 1
  return end
}

export function readName(raw: Buffer, start: number, end: number): string {
  if (end - start > 24) return raw.toString('utf8', start, end)
  let name = ''
  for (let index = start; index < end; index += 1) {
    const byte = raw[index] ?? 0
    if (byte > 127) return raw.toString('utf8', start, end)
    name += String.fromCharCode(byte)
  }
  return name
}

/** The element called `name` of the document at `offset`: the offset of its type byte, or -1. */
export function findElement(raw: Buffer, offset: number, name: Uint8Array): number {
  let at = offset + 4
  for (let type = raw[at] ?? 0; type !== 0; type = raw[at] ?? 0) {
    let index = 0
    const start = at + 1
    while (index < name.length && raw[start + index] === name[index]) index += 1
    if (index === name.length && raw[start + index] === 0) return at
    at = valueEnd(raw, type, nameEnd(raw, start + index) + 1)
  }
  return -1
}

export function decodeDocument(bytes: Uint8Array, offset = 0): Document {
  const raw = asBuffer(bytes)
  const document: Document = {}
  let at = offset + 4
  for (let type = raw[at] ?? 0; type !== 0; type = raw[at] ?? 0) {
    const end = nameEnd(raw, at + 1)
    setField(document, readName(raw, at + 1, end), decodeValue(raw, type, end + 1))
    at = valueEnd(raw, type, end + 1)
  }
  return document
}

function decodeArray(raw: Buffer, offset: number): unknown[] {
  const items: unknown[] = []
  let at = offset + 4
  for (let type = raw[at] ?? 0; type !== 0; type = raw[at] ?? 0) {
    const start = nameEnd(raw, at + 1) + 1
    items.push(decodeValue(raw, type, start))
    at = valueEnd(raw, type, start)
  }
  return items
}

/** The value of `type` at `offset`. The deprecated undefined is read as null. */
export function decodeValue(raw: Buffer, type: number, offset: number): unknown {
  switch (type) {
    case BsonType.double:
      return new Double(raw.readDoubleLE(offset))
    case BsonType.string:
      return decodeString(raw, offset)
    case BsonType.object:
      return decodeDocument(raw, offset)
    case BsonType.array:
      return decodeArray(raw, offset)
    case BsonType.objectId:
      return new ObjectId(raw.subarray(offset, offset + 12))
    case BsonType.bool:
      return raw[offset] === 1
    case BsonType.date:
      return new Date(raw.readInt32LE(offset + 4) * 2 ** 32 + raw.readUInt32LE(offset))
    case BsonType.int:
      return new Int32(raw.readInt32LE(offset))
    case BsonType.long:
      return new Long(raw.readInt32LE(offset), raw.readInt32LE(offset + 4))
    default:
      return decodeRareValue(raw, type, offset)
  }
}

function decodeRareValue(raw: Buffer, type: number, offset: number): unknown {
  switch (type) {
    case BsonType.binData:
      return decodeBinary(raw, offset)
    case BsonType.regex:
      return decodeRegex(raw, offset)
    case BsonType.javascript:
      return new Code(decodeString(raw, offset))
    case BsonType.symbol:
      return new BSONSymbol(decodeString(raw, offset))
    case BsonType.javascriptWithScope:
      return new Code(decodeString(raw, offset + 4), decodeDocument(raw, valueEnd(raw, BsonType.string, offset + 4)))
    case BsonType.timestamp:
      return new Timestamp({ t: raw.readUInt32LE(offset + 4), i: raw.readUInt32LE(offset) })
    case BsonType.decimal:
      return new Decimal128(Uint8Array.prototype.slice.call(raw, offset, offset + 16))
    case BsonType.minKey:
      return new MinKey()
    case BsonType.maxKey:
      return new MaxKey()
    default:
      return null
  }
}

function decodeString(raw: Buffer, offset: number): string {
  return raw.toString('utf8', offset + 4, offset + 3 + raw.readInt32LE(offset))
}

/** The old binary subtype repeats the length inside. */
const OLD_BINARY = 2

function decodeBinary(raw: Buffer, offset: number): Binary {
  const subType = raw[offset + 4] ?? 0
  const end = offset + 5 + raw.readInt32LE(offset)
  const start = subType === OLD_BINARY ? offset + 9 : offset + 5
  return new Binary(Uint8Array.prototype.slice.call(raw, start, end), subType)
}

function decodeRegex(raw: Buffer, offset: number): BSONRegExp {
  const patternEnd = nameEnd(raw, offset)
  const optionsEnd = nameEnd(raw, patternEnd + 1)
  return new BSONRegExp(raw.toString('utf8', offset, patternEnd), raw.toString('utf8', patternEnd + 1, optionsEnd))
}
