import { serialize } from 'bson'
import { ServerError } from '../server-error.js'
import { compareValues, hashKey } from './compare.js'
import { describeValue } from './describe.js'
import { binary, isNullish, namedArguments, unary, variadic } from './expression-arguments.js'
import { compile, type Operator } from './expressions.js'
import { int } from './summation.js'
import { getField, isArray, isDocument, setField, typeName, type Document } from './values.js'

/** The documents among the values laid over one another; null and missing ones are passed over. */
export function mergeDocuments(values: readonly unknown[]): Document {
  const merged: Document = {}
  for (const value of values) {
    if (isNullish(value)) continue
    if (!isDocument(value))
      throw new ServerError(
        40400,
        `$mergeObjects requires object inputs, but input ${describeValue(value)} is of type ${typeName(value)}`,
      )
    for (const name of Object.keys(value)) setField(merged, name, value[name])
  }
  return merged
}

const mergeObjects: Operator = (operand, scope, name) =>
  variadic((values) => {
    const [only] = values
    return mergeDocuments(!isArray(operand) && isArray(only) ? only : values)
  })(operand, scope, name)

function objectToArray(value: unknown): unknown {
  if (isNullish(value)) return null
  if (!isDocument(value))
    throw new ServerError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`)
  return Object.keys(value).map((k) => ({ k, v: value[k] }))
}

function arrayToObject(value: unknown): unknown {
  if (isNullish(value)) return null
  if (!isArray(value)) throw new ServerError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`)
  const result: Document = {}
  for (const item of value) {
    const [name, field] = isArray(value[0]) ? pairOf(item) : namedPairOf(item)
    setField(result, name, field)
  }
  return result
}

function pairOf(item: unknown): readonly [string, unknown] {
  if (!isArray(item)) {
    throw new ServerError(
      40396,
      `$arrayToObject requires a consistent input format. Elements must all be arrays or all be objects. Array was detected, now found: ${typeName(item)}`,
    )
  }
  if (item.length !== 2)
    throw new ServerError(
      40397,
      `$arrayToObject requires an array of size 2 arrays,found array of size: ${item.length}`,
    )
  const [name, value] = item
  if (typeof name === 'string') return [name, value]
  throw new ServerError(
    40395,
    `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeName(name)}`,
  )
}

function namedPairOf(item: unknown): readonly [string, unknown] {
  if (!isDocument(item))
    throw new ServerError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(item)}`)
  const { k, v, ...rest } = item
  if (Object.keys(rest).length > 0 || Object.keys(item).length !== 2) {
    throw new ServerError(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys:${Object.keys(item).length}`,
    )
  }
  if (typeof k === 'string') return [k, v]
  throw new ServerError(
    40394,
    `$arrayToObject requires an object with keys 'k' and 'v', where the value of 'k' must be of type string. Found type: ${typeName(k)}`,
  )
}

/** `$getField` takes a name that may contain dots and dollars, from a document or the current one. */
const getFieldOperator: Operator = (operand, scope, name) => {
  const known = { required: ['field'], optional: ['input'] }
  const isNamed = isDocument(operand) && !Object.keys(operand)[0]?.startsWith('$')
  const parts = isNamed
    ? namedArguments(operand, name, known, { shape: 3041701, unknown: 3041701, missing: 3041702 })
    : { field: operand }
  const field = compile(parts['field'], scope)
  const input = compile(parts['input'] ?? '$$CURRENT', scope)
  return (environment) => {
    const [key, value] = [field(environment), input(environment)]
    if (typeof key !== 'string') {
      throw new ServerError(5654602, `$getField requires 'field' to evaluate to type String, but got ${typeName(key)}`)
    }
    if (isDocument(value)) return getField(value, key)
    return value === null ? null : undefined
  }
}

const setFieldOperator: Operator = (operand, scope, name) => {
  const required = name === '$setField' ? ['field', 'input', 'value'] : ['field', 'input']
  const parts = namedArguments(operand, name, { required }, { shape: 4161100, unknown: 4161101, missing: 4161102 })
  const [field, input] = [compile(parts['field'], scope), compile(parts['input'], scope)]
  const value = compile(name === '$setField' ? parts['value'] : '$$REMOVE', scope)
  return (environment) => {
    const [key, target, given] = [field(environment), input(environment), value(environment)]
    if (typeof key !== 'string')
      throw new ServerError(4161107, `${name} requires 'field' to evaluate to type String, but got ${typeName(key)}`)
    if (isNullish(target)) return null
    if (!isDocument(target)) throw new ServerError(4161105, `${name} requires 'input' to evaluate to type Object`)
    const result = { ...target }
    if (given === undefined) Reflect.deleteProperty(result, key)
    else setField(result, key, given)
    return result
  }
}

function setOperand(value: unknown, code: number, name: string, place: string): readonly unknown[] {
  if (isArray(value)) return value
  throw new ServerError(code, `${place} argument of ${name} is of type: ${typeName(value)}`)
}

/** Values of a set, each once and in order. */
function setOf(values: Iterable<unknown>): unknown[] {
  return [...new Map([...values].map((value) => [hashKey(value), value])).values()].sort(compareValues)
}

function keysOf(values: readonly unknown[]): ReadonlySet<string> {
  return new Set(values.map(hashKey))
}

function sets(code: number, apply: (sets: readonly (readonly unknown[])[]) => unknown, nullable: boolean): Operator {
  return (operand, scope, name) =>
    variadic((values) => {
      if (nullable && values.some(isNullish)) return null
      return apply(
        values.map((value) => {
          if (isArray(value)) return value
          throw new ServerError(
            code,
            `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
          )
        }),
      )
    })(operand, scope, name)
}

function intersection(arrays: readonly (readonly unknown[])[]): unknown {
  const [first = [], ...others] = arrays
  const keys = others.map(keysOf)
  return setOf(first.filter((item) => keys.every((set) => set.has(hashKey(item)))))
}

function difference(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null
  const excluded = keysOf(
    setOperand(b, 17049, '$setDifference', 'both operands of $setDifference must be arrays. Second'),
  )
  const kept = setOperand(a, 17048, '$setDifference', 'both operands of $setDifference must be arrays. First').filter(
    (item) => !excluded.has(hashKey(item)),
  )
  return [...new Map(kept.map((value) => [hashKey(value), value])).values()]
}

function isSubset(a: unknown, b: unknown): unknown {
  const items = setOperand(a, 17046, '$setIsSubset', 'both operands of $setIsSubset must be arrays. First')
  const keys = keysOf(setOperand(b, 17042, '$setIsSubset', 'both operands of $setIsSubset must be arrays. Second'))
  return items.every((item) => keys.has(hashKey(item)))
}

function areEqualSets(arrays: readonly (readonly unknown[])[]): unknown {
  const [first = new Set(), ...others] = arrays.map(keysOf)
  return others.every((set) => set.size === first.size && [...set].every((key) => first.has(key)))
}

function bsonSize(value: unknown): unknown {
  if (isNullish(value)) return null
  if (isDocument(value)) return int(serialize(value).length)
  throw new ServerError(31393, `$bsonSize requires a document input, found: ${typeName(value)}`)
}

export const OBJECT_OPERATORS: readonly (readonly [string, Operator])[] = [
  ['$mergeObjects', mergeObjects],
  ['$objectToArray', unary(objectToArray)],
  ['$arrayToObject', unary(arrayToObject)],
  ['$getField', getFieldOperator],
  ['$setField', setFieldOperator],
  ['$unsetField', setFieldOperator],
  ['$setUnion', sets(17043, (arrays) => setOf(arrays.flat()), true)],
  ['$setIntersection', sets(17047, intersection, true)],
  ['$setDifference', binary(difference)],
  ['$setEquals', sets(17044, areEqualSets, false)],
  ['$setIsSubset', binary(isSubset)],
  ['$bsonSize', unary(bsonSize)],
]
