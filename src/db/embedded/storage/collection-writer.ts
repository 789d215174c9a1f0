import { BSONRegExp, ObjectId, type Document } from 'bson'
import { decode, encode, isObject } from '../documents.js'
import { ServerError } from '../server-error.js'
import { readRecord, recordKey, type Catalogue, type Collection, type Index } from './catalogue.js'
import { duplicateKey } from './duplicate-error.js'
import { indexKeys } from './index-keys.js'
import type { Locks, Writer } from './locks.js'
import { keyText, type WriteSet } from './write-set.js'

const largestDocument = 16 * 1024 * 1024
const noValue = Buffer.alloc(0)

export interface Stored {
  readonly record: number
  readonly document: Document
}

/** Writes documents and the keys of their indexes into a write set, taking the locks of all that it touches. */
export class CollectionWriter {
  constructor(
    private readonly collection: Collection,
    private readonly target: WriteSet,
    private readonly writer: Writer,
    private readonly locks: Locks,
    private readonly catalogue: Catalogue,
  ) {}

  /** Stores a raw document as it is, or with an `_id` put in front. */
  insert(raw: Uint8Array): void {
    const bytes = withIdFirst(raw)
    this.store(decode(bytes), bytes)
  }

  insertDocument(document: Document): void {
    this.store(document, encode(document))
  }

  /** Writes nothing unless every unique index takes the document. */
  private store(document: Document, bytes: Uint8Array): void {
    checkDocument(document, bytes)
    const stored = { record: this.collection.records.next++, document }
    const added = this.collection.indexes.map((index) => ({ index, keys: this.keysOf(index, document) }))
    for (const { index, keys } of added) if (index.unique) this.claim(index, keys, stored)
    for (const { index, keys } of added) this.addKeys(index, keys, stored)
    this.target.put('data', recordKey(this.collection.id, stored.record), bytes)
  }

  replace({ record, document: before }: Stored, after: Document): void {
    const bytes = encode(after)
    checkDocument(after, bytes)
    this.lockRecord(record)
    for (const index of this.collection.indexes) {
      if (index.name !== '_id_') this.moveKeys(index, record, before, after)
    }
    this.target.put('data', recordKey(this.collection.id, record), bytes)
  }

  remove({ record, document }: Stored): void {
    this.lockRecord(record)
    for (const index of this.collection.indexes) {
      for (const key of this.keysOf(index, document)) this.dropKey(index, key, record)
    }
    this.target.remove('data', recordKey(this.collection.id, record))
  }

  /** Adds the keys of a document that is already stored to an index that is being built. */
  addToIndex(index: Index, stored: Stored): void {
    const keys = this.keysOf(index, stored.document)
    if (index.unique) this.claim(index, keys, stored)
    this.addKeys(index, keys, stored)
  }

  private lockRecord(record: number): void {
    this.locks.take(`d${keyText(recordKey(this.collection.id, record))}`, this.writer)
  }

  private moveKeys(index: Index, record: number, before: Document, after: Document): void {
    const old = new Map(this.keysOf(index, before).map((key) => [keyText(key), key]))
    const added = this.keysOf(index, after).filter((key) => !old.delete(keyText(key)))
    for (const key of old.values()) this.dropKey(index, key, record)
    const stored = { record, document: after }
    if (index.unique) this.claim(index, added, stored)
    this.addKeys(index, added, stored)
  }

  private keysOf(index: Index, document: Document): readonly Buffer[] {
    if (index.partial && !index.partial.matches(document)) return []
    const { keys, arrayPaths, cut } = indexKeys(index.fields, index.sparse, document)
    if (arrayPaths.some((path) => !index.arrayPaths.has(path)) || (cut && !index.cut))
      this.widen(index, arrayPaths, cut)
    return keys
  }

  /** What an index may contain only grows, and is on disk before or with the keys that need it. */
  private widen(index: Index, arrayPaths: readonly string[], cut: boolean): void {
    for (const path of arrayPaths) index.arrayPaths.add(path)
    index.cut ||= cut
    this.catalogue.widened(this.collection)
  }

  /** Locks keys of a unique index, and throws if another document has one of them. */
  private claim(index: Index, keys: readonly Buffer[], { record, document }: Stored): void {
    for (const fields of keys) {
      const key = indexKey(index.id, fields)
      this.locks.take(`i${keyText(key)}`, this.writer)
      const holder = this.target.get('index', key)
      if (holder !== undefined && readRecord(holder) !== record) throw duplicateKey(this.collection, index, document)
    }
  }

  private addKeys({ id, unique }: Index, keys: readonly Buffer[], { record }: Stored): void {
    for (const fields of keys) {
      if (unique) this.target.put('index', indexKey(id, fields), recordKey(0, record).subarray(4))
      else this.target.put('index', indexKey(id, fields, record), noValue)
    }
  }

  private dropKey(index: Index, fields: Buffer, record: number): void {
    const key = index.unique ? indexKey(index.id, fields) : indexKey(index.id, fields, record)
    if (index.unique) this.locks.take(`i${keyText(key)}`, this.writer)
    this.target.remove('index', key)
  }
}

/** `u32 index | fields`, and `| u64 record` where several documents may have the same fields. */
export function indexKey(index: number, fields: Buffer, record?: number): Buffer {
  const key = Buffer.allocUnsafe(4 + fields.length + (record === undefined ? 0 : 8))
  key.writeUInt32BE(index, 0)
  fields.copy(key, 4)
  if (record !== undefined) recordKey(0, record).copy(key, 4 + fields.length, 4)
  return key
}

/** The same bytes if `_id` is their first field; otherwise it is moved there, or made. */
function withIdFirst(raw: Uint8Array): Uint8Array {
  const first = Buffer.from(raw.buffer, raw.byteOffset, raw.length)
  if (first.toString('latin1', 5, 9) === '_id\0') return raw
  const { _id, ...rest } = decode(raw)
  if (_id !== undefined) return encode({ _id: _id as unknown, ...rest })
  const bytes = Buffer.concat([encode({ _id: new ObjectId() }).subarray(0, -1), raw.subarray(4)])
  bytes.writeInt32LE(bytes.length, 0)
  return bytes
}

function checkDocument({ _id: id }: Document, bytes: Uint8Array): void {
  if (Array.isArray(id) || id === undefined || id instanceof BSONRegExp) {
    throw new ServerError(
      53,
      `The '_id' value cannot be of type ${Array.isArray(id) ? 'array' : id ? 'regex' : 'undefined'}`,
    )
  }
  const dollar = isObject(id) ? Object.keys(id).find((name) => name.startsWith('$')) : undefined
  if (dollar !== undefined) throw new ServerError(52, `_id fields may not contain '$'-prefixed fields: ${dollar}`)
  if (bytes.length <= largestDocument) return
  throw new ServerError(10334, `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and 16793600(16MB)`)
}
