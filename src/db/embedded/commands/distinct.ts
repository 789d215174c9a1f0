import { decode, isObject } from '../documents.js'
import { hashKey } from '../query/compare.js'
import { ServerError } from '../server-error.js'
import type { Command } from './command.js'
import { planned, readSelection } from './find.js'
import { select } from './select.js'

export const distinct: Command = {
  options: 'key query collation hint',
  inTransaction: true,
  run(operation) {
    const key: unknown = operation.body['key']
    if (typeof key !== 'string') throw new ServerError(14, `BSON field 'distinct.key' is the wrong type`)
    const values = new Map<string, unknown>()
    const plan = planned(operation, readSelection(operation, 'query'))
    for (const { bytes } of plan ? select(plan) : []) {
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
