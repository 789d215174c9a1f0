import { Int32, type Document } from 'bson'
import { compileFilter, type Filter } from '../query/matcher.js'
import { compileProjection } from '../query/projection.js'
import { compileUpdate } from '../query/update.js'
import type { Changes } from '../engine/engine.js'
import { ServerError } from '../server-error.js'
import type { Collection } from '../storage/catalogue.js'
import { checkCollation, documentField, namespaceOf, type Command, type Operation } from './command.js'
import { applyTo, selectForWrite, upsert, type Target } from './write.js'

export const findAndModify: Command = {
  options: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'arrayFilters',
    'hint',
    'collation',
    'let',
    'bypassDocumentValidation',
  ],
  inTransaction: true,
  writes: true,
  run(operation) {
    const { body, engine, now, transaction } = operation
    checkRequest(operation)
    const filter = compileFilter(documentField(body, 'query', 'findAndModify'), {
      let: documentField(body, 'let', 'findAndModify'),
      now,
    })
    const namespace = namespaceOf(operation)
    return engine.write(operation, (changes) => {
      const collection =
        body['upsert'] === true
          ? engine.collectionFor(namespace, transaction)
          : engine.collection(namespace, transaction)
      const sort = documentField(body, 'sort', 'findAndModify')
      const target =
        collection && selectForWrite(operation, changes, collection, { filter, sort, hint: body['hint'], limit: 1 })[0]
      if (collection === undefined) return answer(operation, filter, { updatedExisting: false })
      return body['remove'] === true
        ? removed(operation, changes, collection, filter, target)
        : updated(operation, changes, collection, filter, target)
    })
  },
}

function checkRequest({ body }: Operation): void {
  checkCollation(body)
  const removes = body['remove'] === true
  if (removes && body['update'] !== undefined) throw new ServerError(9, 'Cannot specify both an update and remove=true')
  if (removes && body['upsert'] === true) throw new ServerError(9, 'Cannot specify both upsert=true and remove=true ')
  if (removes && body['new'] === true) {
    throw new ServerError(
      9,
      `Cannot specify both new=true and remove=true; 'remove' always returns the deleted document`,
    )
  }
  if (!removes && body['update'] === undefined)
    throw new ServerError(9, 'Either an update or remove=true must be specified')
}

interface Modified {
  readonly updatedExisting?: boolean
  readonly upserted?: unknown
  readonly value?: Document | undefined
}

function removed(
  operation: Operation,
  changes: Changes,
  collection: Collection,
  filter: Filter,
  target: Target | undefined,
): Document {
  if (target !== undefined) changes.collection(collection).remove(target)
  return answer(operation, filter, { value: target?.document })
}

function updated(
  operation: Operation,
  changes: Changes,
  collection: Collection,
  filter: Filter,
  target: Target | undefined,
): Document {
  const { body, now } = operation
  const change = compileUpdate(body['update'] as Document, {
    arrayFilters: body['arrayFilters'] as Document[] | undefined,
    let: documentField(body, 'let', 'findAndModify'),
    now,
  })
  const wantsNew = body['new'] === true
  if (target !== undefined) {
    const after = applyTo(changes, collection, change, filter, target) ?? target.document
    return answer(operation, filter, { updatedExisting: true, value: wantsNew ? after : target.document })
  }
  if (body['upsert'] !== true) return answer(operation, filter, { updatedExisting: false })
  const made = upsert(changes, collection, change, filter)
  return answer(operation, filter, {
    updatedExisting: false,
    upserted: made['_id'] as unknown,
    value: wantsNew ? made : undefined,
  })
}

function answer({ body }: Operation, filter: Filter, { updatedExisting, upserted, value }: Modified): Document {
  const fields = documentField(body, 'fields', 'findAndModify')
  const found = updatedExisting === true || (updatedExisting === undefined && value !== undefined)
  return {
    lastErrorObject: {
      n: new Int32(found || upserted !== undefined ? 1 : 0),
      ...(updatedExisting === undefined ? {} : { updatedExisting }),
      ...(upserted === undefined ? {} : { upserted }),
    },
    value:
      value === undefined
        ? null
        : Object.keys(fields).length > 0
          ? compileProjection(fields, filter)(value, filter.match(value))
          : value,
    ok: 1,
  }
}
