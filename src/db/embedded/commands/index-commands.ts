import { Int32, type Document } from 'bson'
import { decode, encode, isObject, numberOf } from '../documents.js'
import type { Engine } from '../engine/engine.js'
import { ServerError } from '../server-error.js'
import { readIndex, readRecord, wholeRange, type Collection, type Index } from '../storage/catalogue.js'
import { checkCollation, collectionOf, namespaceOf, pageOf, type Command, type Operation } from './command.js'
import { patternText } from './select.js'

const known =
  'v key name ns unique sparse background expireAfterSeconds partialFilterExpression hidden collation'.split(' ')

export const createIndexes: Command = {
  options: 'indexes commitQuorum',
  run(operation) {
    const { body, engine } = operation
    const specs: unknown = body['indexes']
    if (!Array.isArray(specs) || specs.length === 0)
      throw new ServerError(2, 'Must specify at least one index to create')
    const checked = (specs as Document[]).map(checkSpec)
    const created = collectionOf(operation) === undefined
    const before = engine.collectionFor(namespaceOf(operation), undefined)
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
  for (const { key, value } of engine.store.range('data', wholeRange(before.id), Infinity).entries) {
    const stored = { record: readRecord(key), document: decode(value) }
    for (const index of indexes) documents.addToIndex(index, stored)
  }
  engine.change(before.namespace, after, target.writes())
}

function checkSpec(spec: Document): Document {
  const { key, name } = spec as { key?: unknown; name?: unknown }
  if (!isObject(key) || Object.keys(key).length === 0) throw new ServerError(67, 'Index keys cannot be an empty object')
  if (typeof name !== 'string' || name === '') throw new ServerError(9, `The 'name' field is a required property`)
  for (const [path, direction] of Object.entries(key)) checkField(path, direction)
  const unknown = Object.keys(spec).find((field) => !known.includes(field))
  if (unknown !== undefined)
    throw new ServerError(197, `The field '${unknown}' is not valid for an index specification`)
  checkOptions(spec, key)
  const shown = Object.entries(spec).filter(([field, value]) => !/^(v|ns|background)$/.test(field) && value !== false)
  return { v: new Int32(2), ...Object.fromEntries(shown) }
}

function checkField(path: string, direction: unknown): void {
  if (typeof direction === 'string') throw new ServerError(67, `Unknown index plugin '${direction}'`)
  if (!numberOf(direction)) throw new ServerError(67, 'Values in v:2 index key pattern must be non-zero numbers')
  if (!/\$|^\.|\.\.|\.$|^$|(?:^|\.)\d+(?:\.|$)/.test(path)) return
  throw new ServerError(67, `Index key contains an illegal or unsupported field name: '${path}'`)
}

function checkOptions(spec: Document, key: Document): void {
  checkCollation(spec)
  if (spec['hidden'] === true) throw new ServerError(238, 'hidden indexes are not supported')
  if (spec['sparse'] === true && spec['partialFilterExpression'] !== undefined) {
    throw new ServerError(67, 'cannot mix "partialFilterExpression" and "sparse" options')
  }
  if (spec['expireAfterSeconds'] === undefined) return
  const seconds = numberOf(spec['expireAfterSeconds']) ?? -1
  if (seconds >= 0 && seconds <= 2_147_483_647 && Object.keys(key).length === 1 && !('_id' in key)) return
  throw new ServerError(67, 'a TTL index has one field, not _id, and expireAfterSeconds between 0 and 2147483647')
}

/** The same index again is no change; another one of that name or of those keys is an error. */
function alreadyThere(collection: Collection, spec: Document): boolean {
  const keys = keysText(spec)
  const same = collection.indexes.find((index) => index.name === spec['name'] || keysText(index.spec) === keys)
  if (same === undefined) return false
  if (same.name === '_id_') return true
  const texts = `Requested index: ${JSON.stringify(spec)}, existing index: ${JSON.stringify(same.spec)}`
  if (keysText(same.spec) !== keys) {
    throw new ServerError(86, `An existing index has the same name as the requested index. ${texts}`)
  }
  if (same.name !== spec['name']) throw new ServerError(85, `Index already exists with a different name: ${same.name}`)
  if (optionsText(same.spec) === optionsText(spec)) return true
  throw new ServerError(85, `An equivalent index already exists with the same name but different options. ${texts}`)
}

/** What makes an index another index: its fields, and which documents it is for. */
const keysText = (spec: Document): string =>
  patternText(spec['key'] as Document) +
  encode({ only: (spec['partialFilterExpression'] as unknown) ?? null }).toString()

const optionsText = (spec: Document): string =>
  JSON.stringify([spec['unique'] === true, spec['sparse'] === true, numberOf(spec['expireAfterSeconds'])])

function existing(operation: Operation): Collection {
  const collection = collectionOf(operation)
  if (collection === undefined) throw new ServerError(26, `ns does not exist: ${namespaceOf(operation)}`)
  return collection
}

export const listIndexes: Command = {
  options: 'cursor',
  run(operation) {
    const { namespace, indexes } = existing(operation)
    return pageOf(
      operation,
      namespace,
      indexes.map(({ spec }) => encode(spec)),
    )
  },
}

export const dropIndexes: Command = {
  options: 'index',
  run(operation) {
    const { engine, body } = operation
    const collection = existing(operation)
    const dropped = namedIndexes(collection, body['index'])
    const indexes = collection.indexes.filter((index) => !dropped.includes(index))
    const contents = dropped.flatMap((index) => [...engine.contents('index', index.id)])
    engine.change(collection.namespace, { ...collection, indexes }, contents)
    return { nIndexesWas: new Int32(collection.indexes.length), ok: 1 }
  },
}

function namedIndexes(collection: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return collection.indexes.filter(({ name }) => name !== '_id_')
  if (Array.isArray(wanted)) return wanted.flatMap((one: unknown) => namedIndexes(collection, one))
  const keys = isObject(wanted) ? patternText(wanted) : undefined
  const found = collection.indexes.filter(
    ({ name, spec }) => name === wanted || patternText(spec['key'] as Document) === keys,
  )
  if (found.some(({ name }) => name === '_id_')) throw new ServerError(72, 'cannot drop _id index')
  if (found.length === 0) throw new ServerError(27, `index not found with name [${keys ?? String(wanted)}]`)
  return found
}
