import { BSON, Binary, Double, Int32, type Document } from 'bson'
import { encode, isObject, numberOf } from '../documents.js'
import { compileFilter } from '../query/matcher.js'
import { ServerError } from '../server-error.js'
import { readIndex, type Collection } from '../storage/catalogue.js'
import { checkedNamespace, documentField, namespaceOf, type Command, type Operation } from './command.js'
import { existing } from './index-commands.js'
import { patternText } from './select.js'

export const create: Command = {
  options: ['autoIndexId', 'idIndex', 'indexOptionDefaults', 'storageEngine'],
  refused: [
    'capped',
    'timeseries',
    'viewOn',
    'pipeline',
    'clusteredIndex',
    'validator',
    'changeStreamPreAndPostImages',
    'expireAfterSeconds',
    'size',
    'max',
    'validationLevel',
    'validationAction',
    'collation',
    'encryptedFields',
  ],
  inTransaction: true,
  run(operation) {
    const namespace = namespaceOf(operation)
    if (operation.engine.collection(namespace, operation.transaction) !== undefined) {
      throw new ServerError(48, `Collection ${namespace} already exists.`)
    }
    operation.engine.collectionFor(namespace, operation.transaction)
    return { ok: 1 }
  },
}

export const drop: Command = {
  options: [],
  run(operation) {
    const namespace = namespaceOf(operation)
    const collection = operation.engine.catalogue.find(namespace)
    if (collection === undefined) return { ok: 1 }
    operation.engine.drop(collection)
    return { nIndexesWas: new Int32(collection.indexes.length), ns: namespace, ok: 1 }
  },
}

export const dropDatabase: Command = {
  options: [],
  run({ engine, database }) {
    const collections = engine.catalogue.in(database)
    for (const collection of collections) engine.drop(collection)
    return collections.length > 0 ? { dropped: database, ok: 1 } : { ok: 1 }
  },
}

export const listCollections: Command = {
  options: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run(operation) {
    const { engine, database, body } = operation
    const filter = compileFilter(documentField(body, 'filter', 'listCollections'))
    const documents = engine.catalogue
      .in(database)
      .map((collection) => describe(collection, body['nameOnly'] === true))
      .map(encode)
      .filter((bytes) => filter.matchesRaw(bytes))
    const namespace = `${database}.$cmd.listCollections`
    return {
      document: { ok: 1 },
      batch: engine.cursors.start({ namespace, documents, transaction: undefined, batchSize: Infinity }),
    }
  },
}

function describe({ name, options, id, indexes }: Collection, nameOnly: boolean): Document {
  if (nameOnly) return { name, type: 'collection' }
  const number = Buffer.alloc(16)
  number.writeUInt32BE(id, 12)
  const info = { readOnly: false, uuid: new Binary(number, Binary.SUBTYPE_UUID) }
  return { name, type: 'collection', options, info, idIndex: indexes[0]?.spec }
}

export const listDatabases: Command = {
  options: ['filter', 'nameOnly', 'authorizedDatabases'],
  run({ engine, body }) {
    const filter = compileFilter(documentField(body, 'filter', 'listDatabases'))
    const names = [...new Set(engine.catalogue.all().map(({ database }) => database))].sort()
    const databases = names
      .map((name): Document =>
        body['nameOnly'] === true ? { name } : { name, sizeOnDisk: new Double(0), empty: false },
      )
      .filter((database) => filter.matchesRaw(BSON.serialize(database)))
    return { databases, ...(body['nameOnly'] === true ? {} : { totalSize: new Double(0) }), ok: 1 }
  },
}

/** Only what an index expires after can be changed. */
export const collMod: Command = {
  options: ['index'],
  refused: [
    'validator',
    'validationLevel',
    'validationAction',
    'viewOn',
    'pipeline',
    'expireAfterSeconds',
    'timeseries',
    'changeStreamPreAndPostImages',
    'cappedSize',
    'cappedMax',
  ],
  run(operation) {
    const collection = existing(operation)
    const wanted = documentField(operation.body, 'index', 'collMod')
    if (Object.keys(wanted).length === 0) return { ok: 1 }
    const index = collection.indexes.find(({ name, spec }) =>
      isObject(wanted['keyPattern'])
        ? patternText(spec['key'] as Document) === patternText(wanted['keyPattern'])
        : name === wanted['name'],
    )
    if (index === undefined)
      throw new ServerError(
        27,
        `cannot find index ${JSON.stringify(wanted['name'] ?? wanted['keyPattern'])} for ns ${collection.namespace}`,
      )
    const seconds = numberOf(wanted['expireAfterSeconds'])
    if (seconds === undefined || seconds < 0)
      throw new ServerError(72, 'only expireAfterSeconds of an index can be changed')
    const changed = readIndex(index.id, { ...index.spec, expireAfterSeconds: new Int32(seconds) })
    const kept = { ...changed, arrayPaths: index.arrayPaths, cut: index.cut }
    operation.engine.change(collection.namespace, {
      ...collection,
      indexes: collection.indexes.map((one) => (one === index ? kept : one)),
    })
    return {
      ...(index.expireAfterSeconds === undefined
        ? {}
        : { expireAfterSeconds_old: new Int32(index.expireAfterSeconds) }),
      expireAfterSeconds_new: new Int32(seconds),
      ok: 1,
    }
  },
}

export const renameCollection: Command = {
  options: ['to', 'dropTarget'],
  run({ body, engine }: Operation) {
    const from = String(body['renameCollection'])
    const to = String(body['to'])
    const dot = to.indexOf('.')
    checkedNamespace(to.slice(0, dot), to.slice(dot + 1))
    const collection = engine.catalogue.find(from)
    if (collection === undefined) throw new ServerError(26, `Source collection ${from} does not exist`)
    const target = engine.catalogue.find(to)
    if (target !== undefined && body['dropTarget'] !== true) throw new ServerError(48, 'target namespace exists')
    engine.rename(collection, to, target)
    return { ok: 1 }
  },
}
