import { compileAccumulator, type Gatherer } from './accumulators.js'
import { hashKey } from './compare.js'
import { refusal } from './describe.js'
import { compileExpression, type Scope } from './expressions.js'
import type { Stage } from './pipeline.js'
import { isDocument, setField, type Document } from './values.js'

interface Group {
  readonly id: unknown
  readonly gathered: readonly Gatherer[]
}

/** Groups documents by a key; groups come out in the order in which their first documents came in. */
export function group(spec: unknown, scope: Scope): Stage {
  if (!isDocument(spec)) throw refusal(15947)`a group's fields must be specified in an object`
  if (!('_id' in spec)) throw refusal(15955)`a group specification must include an _id`
  const key = compileExpression(spec['_id'], scope)
  const outputs = Object.keys(spec)
    .filter((name) => name !== '_id')
    .map((name) => {
      if (name.includes('.')) throw refusal(40235)`The field name '${name}' cannot contain '.'`
      if (name.startsWith('$')) throw refusal(40236)`The field name '${name}' cannot be an operator name`
      return { name, ...compileAccumulator(name, spec[name], scope) }
    })
  return function* (input) {
    const groups = new Map<string, Group>()
    for (const document of input) {
      const id = key(document) ?? null
      const hash = hashKey(id)
      const found = groups.get(hash) ?? { id, gathered: outputs.map(({ make }) => make()) }
      groups.set(hash, found)
      for (const [index, { evaluate }] of outputs.entries()) found.gathered[index]?.add(evaluate(document))
    }
    for (const { id, gathered } of groups.values()) {
      const result: Document = { _id: id }
      for (const [index, { name }] of outputs.entries()) setField(result, name, gathered[index]?.result())
      yield result
    }
  }
}
