import { Binary, Double, Int32, type Document } from 'bson'
import { encode } from '../documents.js'
import { compileFilter } from '../query/matcher.js'
import { ServerError } from '../server-error.js'
import type { Collection } from '../storage/catalogue.js'
import { collectionOf, documentField, namespaceOf, pageOf, type Command } from './command.js'

export const create: Command = {
  options: 'autoIndexId idIndex',
  refused:
    'capped size max timeseries expireAfterSeconds viewOn pipeline clusteredIndex validator validationLevel validationAction collation changeStreamPreAndPostImages encryptedFields indexOptionDefaults storageEngine',
  inTransaction: true,
  run(operation) {
    const namespace = namespaceOf(operation)
    if (collectionOf(operation)) throw new ServerError(48, `Collection ${namespace} already exists.`)
    operation.engine.collectionFor(namespace, operation.transaction)
    return { ok: 1 }
  },
}

export const drop: Command = {
  run(operation) {
    const collection = collectionOf(operation)
    if (collection === undefined) return { ok: 1 }
    operation.engine.drop(collection)
    return { nIndexesWas: new Int32(collection.indexes.length), ns: collection.namespace, ok: 1 }
  },
}

export const dropDatabase: Command = {
  run({ engine, database }) {
    const collections = engine.catalogue.in(database)
    for (const collection of collections) engine.drop(collection)
    return collections.length > 0 ? { dropped: database, ok: 1 } : { ok: 1 }
  },
}

export const listCollections: Command = {
  options: 'filter nameOnly authorizedCollections cursor',
  run(operation) {
    const { engine, database, body } = operation
    const filter = compileFilter(documentField(body, 'filter'))
    const documents = engine.catalogue
      .in(database)
      .map((collection) => encode(describe(collection, body['nameOnly'] === true)))
    return pageOf(
      operation,
      `${database}.$cmd.listCollections`,
      documents.filter((bytes) => filter.matchesRaw(bytes)),
    )
  },
}

function describe({ name, id, indexes }: Collection, nameOnly: boolean): Document {
  if (nameOnly) return { name, type: 'collection' }
  const number = Buffer.alloc(16)
  number.writeUInt32BE(id, 12)
  const info = { readOnly: false, uuid: new Binary(number, Binary.SUBTYPE_UUID) }
  return { name, type: 'collection', options: {}, info, idIndex: indexes[0]?.spec }
}

export const listDatabases: Command = {
  options: 'filter nameOnly authorizedDatabases',
  run({ engine, body }) {
    const filter = compileFilter(documentField(body, 'filter'))
    const nameOnly = body['nameOnly'] === true
    const databases = [...new Set(engine.catalogue.all().map(({ database }) => database))]
      .sort()
      .map((name): Document => (nameOnly ? { name } : { name, sizeOnDisk: new Double(0), empty: false }))
      .filter((database) => filter.matchesRaw(encode(database)))
    return { databases, ...(nameOnly ? {} : { totalSize: new Double(0) }), ok: 1 }
  },
}
