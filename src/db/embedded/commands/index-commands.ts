import { Int32, type Document } from 'bson'
import { decode, encode, isObject, numberOf } from '../documents.js'
import type { Engine } from '../engine/engine.js'
import { ServerError } from '../server-error.js'
import { readIndex, readRecord, wholeRange, type Collection, type Index } from '../storage/catalogue.js'
import { namespaceOf, type Command, type Operation } from './command.js'
import { patternText } from './select.js'

const known = [
  'v',
  'key',
  'name',
  'ns',
  'unique',
  'sparse',
  'background',
  'expireAfterSeconds',
  'partialFilterExpression',
  'hidden',
  'collation',
]

const flags = ['unique', 'sparse', 'hidden']

export const createIndexes: Command = {
  options: ['indexes', 'commitQuorum'],
  run(operation) {
    const { body, engine } = operation
    const namespace = namespaceOf(operation)
    const specs: unknown = body['indexes']
    if (!Array.isArray(specs) || specs.length === 0)
      throw new ServerError(2, 'Must specify at least one index to create')
    const checked = (specs as Document[]).map(checkSpec)
    const created = engine.catalogue.find(namespace) === undefined
    const before = engine.collectionFor(namespace, undefined)
    const added = checked.filter((spec) => !alreadyThere(before, spec))
    if (added.length > 0) build(engine, before, added)
    return {
      numIndexesBefore: new Int32(before.indexes.length),
      numIndexesAfter: new Int32(before.indexes.length + added.length),
      createdCollectionAutomatically: created,
      ...(added.length === 0 ? { note: 'all indexes already exist' } : {}),
      ok: 1,
    }
  },
}

/** Fills the new indexes from what is stored and makes them known, in one commit. */
function build(engine: Engine, before: Collection, specs: readonly Document[]): void {
  const indexes = specs.map((spec) => readIndex(engine.catalogue.nextId(), spec))
  const after = { ...before, indexes: [...before.indexes, ...indexes] }
  const { target, documents } = engine.builder(after)
  for (const { key, value } of engine.store.range('data', wholeRange(before.id), Number.MAX_SAFE_INTEGER).entries) {
    const stored = { record: readRecord(key), document: decode(value) }
    for (const index of indexes) documents.addToIndex(index, stored)
  }
  engine.change(before.namespace, after, target.writes())
}

function checkSpec(spec: Document): Document {
  const { key, name } = spec as { key?: unknown; name?: unknown }
  if (!isObject(key) || Object.keys(key).length === 0) throw new ServerError(67, 'Index keys cannot be an empty object')
  for (const [path, direction] of Object.entries(key)) checkField(path, direction)
  if (typeof name !== 'string' || name === '')
    throw new ServerError(9, `The 'name' field is a required property of an index specification`)
  const unknown = Object.keys(spec).find((field) => !known.includes(field))
  if (unknown !== undefined) {
    throw new ServerError(
      197,
      `The field '${unknown}' is not valid for an index specification. Specification: ${JSON.stringify(spec)}`,
    )
  }
  checkOptions(spec, key)
  const shown = Object.entries(spec).filter(
    ([field, value]) => !['v', 'ns', 'background'].includes(field) && (value !== false || !flags.includes(field)),
  )
  return { v: new Int32(2), ...Object.fromEntries(shown) }
}

function checkField(path: string, direction: unknown): void {
  if (typeof direction === 'string')
    throw new ServerError(
      67,
      `Unknown index plugin '${direction}'; only ascending and descending indexes are supported`,
    )
  const order = numberOf(direction)
  if (order === undefined || order === 0 || Number.isNaN(order))
    throw new ServerError(67, 'Values in v:2 index key pattern must be non-zero numbers')
  const parts = path.split('.')
  if (path.startsWith('$') || parts.includes('') || parts.some((part) => part.includes('$') || /^\d+$/.test(part))) {
    throw new ServerError(67, `Index key contains an illegal or unsupported field name: '${path}'`)
  }
}

function checkOptions(spec: Document, key: Document): void {
  if (spec['hidden'] === true) throw new ServerError(238, 'hidden indexes are not supported')
  const collation: unknown = spec['collation']
  if (collation !== undefined && !(isObject(collation) && collation['locale'] === 'simple')) {
    throw new ServerError(238, 'collation is not supported, except for the simple one')
  }
  if (spec['sparse'] === true && spec['partialFilterExpression'] !== undefined) {
    throw new ServerError(67, 'cannot mix "partialFilterExpression" and "sparse" options')
  }
  if (spec['expireAfterSeconds'] === undefined) return
  const seconds = numberOf(spec['expireAfterSeconds'])
  if (seconds === undefined || seconds < 0 || seconds > 2_147_483_647) {
    throw new ServerError(67, `TTL index 'expireAfterSeconds' option must be within an acceptable range`)
  }
  if (Object.keys(key).length > 1 || '_id' in key)
    throw new ServerError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL')
}

/** The same index again is no change; another one of that name or of those keys is an error. */
function alreadyThere(collection: Collection, spec: Document): boolean {
  const keys = patternText(spec['key'] as Document)
  if (keys === patternText({ _id: 1 })) return true
  for (const index of collection.indexes) {
    const sameName = index.name === spec['name']
    const sameKeys = patternText(index.spec['key'] as Document) === keys && sameFilter(index, spec)
    if (!sameName && !sameKeys) continue
    if (!sameKeys) {
      throw new ServerError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(index.spec)}`,
      )
    }
    if (!sameName) throw new ServerError(85, `Index already exists with a different name: ${index.name}`)
    if (optionsText(index.spec) !== optionsText(spec)) {
      throw new ServerError(
        85,
        `An equivalent index already exists with the same name but different options. Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(index.spec)}`,
      )
    }
    return true
  }
  return false
}

const sameFilter = (index: Index, spec: Document): boolean =>
  Buffer.from(encode({ f: (index.spec['partialFilterExpression'] as unknown) ?? null })).equals(
    encode({ f: (spec['partialFilterExpression'] as unknown) ?? null }),
  )

const optionsText = (spec: Document): string =>
  JSON.stringify([spec['unique'] === true, spec['sparse'] === true, numberOf(spec['expireAfterSeconds']) ?? null])

export const listIndexes: Command = {
  options: ['cursor', 'includeIndexBuildInfo'],
  run(operation) {
    const namespace = namespaceOf(operation)
    const collection = operation.engine.catalogue.find(namespace)
    if (collection === undefined) throw new ServerError(26, `ns does not exist: ${namespace}`)
    const documents = collection.indexes.map(({ spec }) => encode(spec))
    return {
      document: { ok: 1 },
      batch: operation.engine.cursors.start({ namespace, documents, transaction: undefined, batchSize: Infinity }),
    }
  },
}

export const dropIndexes: Command = {
  options: ['index'],
  run(operation) {
    const { engine } = operation
    const collection = existing(operation)
    const dropped = namedIndexes(collection, operation.body['index'])
    const indexes = collection.indexes.filter((index) => !dropped.includes(index))
    engine.change(
      collection.namespace,
      { ...collection, indexes },
      dropped.flatMap((index) => [...engine.indexContents(index)]),
    )
    return { nIndexesWas: new Int32(collection.indexes.length), ok: 1 }
  },
}

export function existing(operation: Operation): Collection {
  const namespace = namespaceOf(operation)
  const collection = operation.engine.catalogue.find(namespace)
  if (collection === undefined) throw new ServerError(26, `ns not found ${namespace}`)
  return collection
}

function namedIndexes(collection: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return collection.indexes.filter(({ name }) => name !== '_id_')
  if (Array.isArray(wanted)) return wanted.flatMap((one: unknown) => namedIndexes(collection, one))
  const found = isObject(wanted)
    ? collection.indexes.filter(({ spec }) => patternText(spec['key'] as Document) === patternText(wanted))
    : collection.indexes.filter(({ name }) => name === wanted)
  if (found.some(({ name }) => name === '_id_')) throw new ServerError(72, 'cannot drop _id index')
  if (found.length > 0) return found
  throw new ServerError(
    27,
    isObject(wanted)
      ? `can't find index with key: ${JSON.stringify(wanted)}`
      : `index not found with name [${String(wanted)}]`,
  )
}
