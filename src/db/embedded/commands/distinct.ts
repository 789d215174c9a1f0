import { decode, isObject } from '../documents.js'
import { hashKey } from '../query/compare.js'
import { ServerError } from '../server-error.js'
import { namespaceOf, type Command } from './command.js'
import { readSelection } from './find.js'
import { planSelection, select } from './select.js'

export const distinct: Command = {
  options: ['key', 'query', 'collation', 'hint'],
  inTransaction: true,
  run(operation) {
    const { body, engine, transaction } = operation
    const key: unknown = body['key']
    if (typeof key !== 'string' || key === '')
      throw new ServerError(14, `BSON field 'distinct.key' is the wrong type, expected type 'string'`)
    const collection = engine.collection(namespaceOf(operation), transaction)
    const selection = readSelection(operation, 'query')
    const values = new Map<string, unknown>()
    const planned = collection && planSelection(collection, engine.view(transaction), selection)
    for (const { bytes } of planned ? select(planned) : []) {
      for (const value of valuesAt(decode(bytes), key.split('.'))) {
        const identity = hashKey(value)
        if (!values.has(identity)) values.set(identity, value)
      }
    }
    return { values: [...values.values()], ok: 1 }
  },
}

/** Every value that a path leads to; arrays on the way and at its end are taken apart. */
function* valuesAt(from: unknown, path: readonly string[]): Generator {
  const [name, ...rest] = path
  if (name === undefined) {
    if (Array.isArray(from)) yield* from
    else yield from
  } else if (Array.isArray(from)) {
    if (/^\d+$/.test(name) && Number(name) < from.length) yield* valuesAt(from[Number(name)], rest)
    for (const element of from) if (isObject(element)) yield* valuesAt(element, path)
  } else if (isObject(from) && Object.hasOwn(from, name)) yield* valuesAt(from[name], rest)
}
