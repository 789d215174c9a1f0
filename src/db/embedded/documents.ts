import { BSON, type Document } from 'bson'

export type { Document } from 'bson'

/** Reads BSON with every type kept (Int32, Double, Long, BSONRegExp...), so that nothing changes on its way through. */
export const decode = (bytes: Uint8Array): Document =>
  BSON.deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true })

export const encode = (document: Document): Uint8Array => BSON.serialize(document, { ignoreUndefined: false })
