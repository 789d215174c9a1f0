import { deserialize, Double, Int32, Long, ObjectId } from 'bson'
import { BsonType, setField, type Document } from './values.js'

const OLD_UNDEFINED = 6

/**
 * Raw BSON, read in place. Offsets are into the whole buffer; a document's offset is that of its length.
 * Decoding keeps every type and makes no DBRef of a document that looks like one.
 */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Where the value of `type` at `offset` ends. */
export function valueEnd(raw: Buffer, type: number, offset: number): number {
  const fixed = FIXED_SIZES[type]
  if (fixed !== undefined) return offset + fixed
  if (type === BsonType.regex) return raw.indexOf(0, raw.indexOf(0, offset) + 1) + 1
  return offset + raw.readInt32LE(offset) + (SIZE_APART[type] ?? 0)
}

/** By type byte: the sizes of those that always have the same. */
const FIXED_SIZES: readonly (number | undefined)[] = sizes([
  [BsonType.double, 8],
  [BsonType.date, 8],
  [BsonType.timestamp, 8],
  [BsonType.long, 8],
  [BsonType.int, 4],
  [BsonType.objectId, 12],
  [BsonType.bool, 1],
  [BsonType.decimal, 16],
  [BsonType.null, 0],
  [BsonType.minKey, 0],
  [BsonType.maxKey, 0],
  [OLD_UNDEFINED, 0],
])
/** What the others have besides the length that they begin with. */
const SIZE_APART: readonly (number | undefined)[] = sizes([
  [BsonType.string, 4],
  [BsonType.javascript, 4],
  [BsonType.symbol, 4],
  [BsonType.binData, 5],
])

function sizes(of: readonly (readonly [type: number, size: number])[]): readonly (number | undefined)[] {
  const known = new Map(of)
  return Array.from({ length: 256 }, (_, type) => known.get(type))
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

/** Only some fields of a document, each given with its name in bytes. */
export function decodeFields(bytes: Uint8Array, fields: ReadonlyMap<string, Uint8Array>): Document {
  const raw = asBuffer(bytes)
  const document: Document = {}
  for (const [name, nameBytes] of fields) {
    const at = findElement(raw, 0, nameBytes)
    if (at >= 0) setField(document, name, decodeValue(raw, raw[at] ?? 0, at + 2 + nameBytes.length))
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

/** The value of `type` at `offset`. */
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

/** Read by `bson`, as the only field of a document. The deprecated undefined is read as null. */
function decodeRareValue(raw: Buffer, type: number, offset: number): unknown {
  const end = valueEnd(raw, type, offset)
  const bytes = Buffer.alloc(end - offset + 7)
  bytes.writeInt32LE(bytes.length)
  bytes[4] = type
  raw.copy(bytes, 6, offset, end)
  return deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true })[''] ?? null
}

function decodeString(raw: Buffer, offset: number): string {
  return raw.toString('utf8', offset + 4, offset + 3 + raw.readInt32LE(offset))
}
