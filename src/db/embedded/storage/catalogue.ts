import { Int32, type Document } from 'bson'
import { decode, encode, numberOf } from '../documents.js'
import { compileFilter, type Filter } from '../query/matcher.js'
import type { IndexField } from './index-keys.js'
import type { Store, View, Write } from './store.js'

export interface Index {
  readonly id: number
  readonly name: string
  /** As it was asked for and as listIndexes shows it. */
  readonly spec: Document
  readonly fields: readonly IndexField[]
  readonly unique: boolean
  readonly sparse: boolean
  readonly partial?: Filter
  readonly expireAfterSeconds?: number
  /** Paths at which a document had an array: they only grow. */
  readonly arrayPaths: Set<string>
  /** Some key was too long: the index finds, but does not order. */
  cut: boolean
}

export interface Collection {
  readonly id: number
  readonly namespace: string
  readonly database: string
  readonly name: string
  readonly indexes: readonly Index[]
  /** Sequence at which collection or indexes last changed: a transaction's older snapshot does not fit them. */
  readonly changedAt: number
  readonly records: { next: number }
}

function makeCollection(id: number, namespace: string, indexes: readonly Index[], next: number): Collection {
  const dot = namespace.indexOf('.')
  const names = { namespace, database: namespace.slice(0, dot), name: namespace.slice(dot + 1) }
  return { id, ...names, indexes, changedAt: 0, records: { next } }
}

const entryPrefix = 'c|'
/** Changes whenever keys or entries are written in another way. */
const format = 1
const counterKey = Buffer.from('counter')
const metaRange = { start: Buffer.from(entryPrefix), end: Buffer.from('c}') }

export function readIndex(id: number, spec: Document, state: Document = {}): Index {
  const keys = Object.entries(spec['key'] as Document)
  const expiry = numberOf(spec['expireAfterSeconds'])
  return {
    id,
    name: String(spec['name']),
    spec,
    fields: keys.map(([path, value]) => ({ path, parts: path.split('.'), descending: (numberOf(value) ?? 1) < 0 })),
    unique: spec['unique'] === true || spec['name'] === '_id_',
    sparse: spec['sparse'] === true,
    ...(spec['partialFilterExpression'] ? { partial: compileFilter(spec['partialFilterExpression'] as Document) } : {}),
    ...(expiry === undefined ? {} : { expireAfterSeconds: expiry }),
    arrayPaths: new Set(Object.keys((state['arrayPaths'] ?? {}) as Document)),
    cut: state['cut'] === true,
  }
}

/** All collections and their indexes, in memory; each change is one entry of the meta table. */
export class Catalogue {
  private readonly collections = new Map<string, Collection>()
  private readonly widenedNames = new Set<string>()
  private lastId: number

  constructor(private readonly store: Store) {
    const counter = store.get('meta', counterKey)
    this.lastId = counter?.readUInt32BE(0) ?? 0
    const made = counter !== undefined && counter.length > 4 ? counter.readUInt32BE(4) : format
    if (made !== format) throw new Error('its files are of another version of Spona')
    for (const { value } of store.range('meta', metaRange, Infinity).entries) this.load(decode(value))
  }

  find(namespace: string): Collection | undefined {
    return this.collections.get(namespace)
  }

  in(database: string): Collection[] {
    return this.all().filter((collection) => collection.database === database)
  }

  all(): Collection[] {
    return [...this.collections.values()]
  }

  /** A number for a new collection or index; it never comes back, so what a dropped one leaves cannot be taken for new. */
  nextId(): number {
    return ++this.lastId
  }

  create(namespace: string): Collection {
    const id = this.nextId()
    const primary = readIndex(this.nextId(), { v: new Int32(2), key: { _id: new Int32(1) }, name: '_id_' })
    return makeCollection(id, namespace, [primary], 1)
  }

  /** Applies a change of one collection together with writes that belong to it, on disk first. */
  change(namespace: string, collection: Collection | undefined, writes: Iterable<Write> = []): void {
    this.store.commit([...writes, this.entry(namespace, collection), this.counter()])
    if (collection === undefined) this.collections.delete(namespace)
    else this.collections.set(namespace, { ...collection, changedAt: this.store.sequence })
  }

  /** The entry of a collection as it is now in memory, for a commit that also needs it stored. */
  entry(namespace: string, collection: Collection | undefined): Write {
    const key = Buffer.from(entryPrefix + namespace)
    return { table: 'meta', key, value: collection === undefined ? null : encode(describe(collection)) }
  }

  /** An index of this collection may hold more than its stored entry says. */
  widened({ namespace }: Collection): void {
    this.widenedNames.add(namespace)
  }

  /** Entries that go into the next commit, whatever else is in it; forgotten once they are stored. */
  widenedEntries(): Write[] {
    return [...this.widenedNames].flatMap((namespace) => {
      const collection = this.collections.get(namespace)
      return collection === undefined ? [] : [this.entry(namespace, collection)]
    })
  }

  widenedStored(): void {
    this.widenedNames.clear()
  }

  private counter(): Write {
    const value = Buffer.alloc(8)
    value.writeUInt32BE(this.lastId, 0)
    value.writeUInt32BE(format, 4)
    return { table: 'meta', key: counterKey, value }
  }

  private load(entry: Document): void {
    const namespace = String(entry['namespace'])
    const id = numberOf(entry['id']) ?? 0
    const indexes = (entry['indexes'] as Document[]).map((index) =>
      readIndex(numberOf(index['id']) ?? 0, index['spec'] as Document, index['state'] as Document),
    )
    this.collections.set(namespace, makeCollection(id, namespace, indexes, lastRecord(this.store, id) + 1))
  }
}

function describe(collection: Collection): Document {
  const { namespace, id, indexes } = collection
  const states = indexes.map(({ id: indexId, spec, arrayPaths, cut }) => ({
    id: new Int32(indexId),
    spec,
    state: { arrayPaths: Object.fromEntries([...arrayPaths].map((path) => [path, true])), cut },
  }))
  return { namespace, id: new Int32(id), indexes: states }
}

/** `u32 number | u64 record` */
export function recordKey(collection: number, record: number): Buffer {
  const key = Buffer.allocUnsafe(12)
  key.writeUInt32BE(collection, 0)
  key.writeUInt32BE(Math.floor(record / 0x1_0000_0000), 4)
  key.writeUInt32BE(record >>> 0, 8)
  return key
}

/** The record at the end of a key or value. */
export function readRecord(bytes: Buffer): number {
  return bytes.readUInt32BE(bytes.length - 8) * 0x1_0000_0000 + bytes.readUInt32BE(bytes.length - 4)
}

/** Everything that belongs to one collection's documents or one index's keys. */
export function wholeRange(id: number): { readonly start: Buffer; readonly end: Buffer } {
  const start = Buffer.alloc(4)
  const end = Buffer.alloc(4)
  start.writeUInt32BE(id)
  end.writeUInt32BE(id + 1)
  return { start, end }
}

function lastRecord(view: View, collection: number): number {
  const last = view.range('data', { ...wholeRange(collection), reverse: true }, 1).entries[0]
  return last === undefined ? 0 : readRecord(last.key)
}
