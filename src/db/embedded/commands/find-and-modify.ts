import { Int32, type Document } from 'bson'
import { compileFilter, type Filter } from '../query/matcher.js'
import { compileProjection } from '../query/projection.js'
import { ServerError } from '../server-error.js'
import { checkCollation, documentField, namespaceOf, type Command, type Operation } from './command.js'
import { Statement } from './statement.js'
import { updateOf } from './write.js'

export const findAndModify: Command = {
  options: 'query sort remove update new fields upsert arrayFilters hint collation let bypassDocumentValidation',
  inTransaction: true,
  writes: true,
  run(operation) {
    const { body, engine, scope, transaction } = operation
    checkRequest(body)
    const filter = compileFilter(documentField(body, 'query'), scope)
    const namespace = namespaceOf(operation)
    return engine.write(operation, (changes) => {
      const make = body['upsert'] === true ? engine.collectionFor.bind(engine) : engine.collection.bind(engine)
      const collection = make(namespace, transaction)
      const modified = collection ? modify(new Statement(operation, changes, collection), filter) : notFound(body)
      return answer(operation, filter, modified)
    })
  },
}

function checkRequest(body: Document): void {
  checkCollation(body)
  const removes = body['remove'] === true
  const excluded = ['update', 'upsert', 'new'].find((field) => body[field] !== undefined && body[field] !== false)
  if (removes && excluded) throw new ServerError(9, `Cannot specify both ${excluded} and remove=true`)
  if (removes || body['update'] !== undefined) return
  throw new ServerError(9, 'Either an update or remove=true must be specified')
}

interface Modified {
  readonly updatedExisting?: boolean
  readonly upserted?: unknown
  readonly value?: Document | undefined
}

const notFound = (body: Document): Modified => (body['remove'] === true ? {} : { updatedExisting: false })

function modify(statement: Statement, filter: Filter): Modified {
  const { operation } = statement
  const { body } = operation
  const target = statement.select({ filter, sort: documentField(body, 'sort'), hint: body['hint'], limit: 1 })[0]
  if (body['remove'] === true) {
    if (target !== undefined) statement.documents.remove(target)
    return { value: target?.document }
  }
  const change = updateOf(operation, body['update'], body['arrayFilters'])
  const wantsNew = body['new'] === true
  if (target !== undefined) {
    const after = statement.change(target, change, filter) ?? target.document
    return { updatedExisting: true, value: wantsNew ? after : target.document }
  }
  if (body['upsert'] !== true) return notFound(body)
  const made = statement.upsert(change, filter)
  return { updatedExisting: false, upserted: made['_id'] as unknown, value: wantsNew ? made : undefined }
}

function answer({ body }: Operation, filter: Filter, { updatedExisting, upserted, value }: Modified): Document {
  const fields = documentField(body, 'fields')
  const found = updatedExisting ?? value !== undefined
  const project = Object.keys(fields).length > 0 ? compileProjection(fields, filter) : undefined
  return {
    lastErrorObject: {
      n: new Int32(found || upserted !== undefined ? 1 : 0),
      ...(updatedExisting === undefined ? {} : { updatedExisting }),
      ...(upserted === undefined ? {} : { upserted }),
    },
    value: value && project ? project(value, filter.match(value)) : (value ?? null),
    ok: 1,
  }
}
