import { ServerError } from '../server-error.js'
import { compareValues, equalValues, hashKey } from './compare.js'
import { describeElement, describeValue } from './describe.js'
import { matchDocument } from './filter-node.js'
import { isOperatorDocument, parseFilter } from './filter-parser.js'
import { toDouble } from './numbers.js'
import { compileSort } from './sort.js'
import type { Modifier, ModifierFactory } from './update-modifiers.js'
import { BsonType, bsonType, isArray, isDocument, isNumeric, typeName, type Document } from './values.js'

const BAD_VALUE = 2
const FAILED_TO_PARSE = 9

type Items = readonly unknown[]

export const push: ModifierFactory = (operand) => {
  const clauses = isDocument(operand) && '$each' in operand ? operand : { $each: [operand] }
  const each = eachClause(clauses['$each'], '$push')
  const unknown = Object.keys(clauses).find((name) => !['$each', '$slice', '$sort', '$position'].includes(name))
  if (unknown !== undefined) throw new ServerError(BAD_VALUE, `Unrecognized clause in $push: ${unknown}`)
  const position = wholeClause(
    clauses,
    '$position',
    (type) => `The value for $position must be an integer value, not of type: ${type}`,
  )
  const slice = wholeClause(
    clauses,
    '$slice',
    (type) => `The value for $slice must be an integer value but was given type: ${type}`,
  )
  const sort = '$sort' in clauses ? itemOrder(clauses['$sort']) : undefined
  return {
    creates: true,
    always: each.length > 0 || sort !== undefined,
    newValue: (current, place) => {
      if (current !== undefined && !isArray(current)) {
        throw new ServerError(
          BAD_VALUE,
          `The field '${place.path}' must be an array but is of type ${typeName(current)} in document {${describeElement('_id', place.document['_id'])}}`,
        )
      }
      const joined = insertAt(current ?? [], each, position)
      return sliceItems(sort ? joined.sort(sort) : joined, slice)
    },
  }
}

function eachClause(each: unknown, name: string): Items {
  if (isArray(each)) return each
  throw new ServerError(
    name === '$push' ? BAD_VALUE : 14,
    name === '$push'
      ? `The argument to $each in $push must be an array but it was of type: ${typeName(each)}`
      : `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`,
  )
}

function wholeClause(clauses: Document, name: string, message: (type: string) => string): number | undefined {
  const value = clauses[name]
  if (value === undefined) return undefined
  const number = isNumeric(value) ? toDouble(value) : Number.NaN
  if (Number.isInteger(number)) return number
  throw new ServerError(BAD_VALUE, message(typeName(value)))
}

function itemOrder(spec: unknown): (a: unknown, b: unknown) => number {
  if (isNumeric(spec) && Math.abs(toDouble(spec)) === 1) {
    const direction = toDouble(spec)
    return (a, b) => direction * compareValues(a, b)
  }
  if (!isDocument(spec) || Object.values(spec).some((value) => !isNumeric(value) || Math.abs(toDouble(value)) !== 1)) {
    throw new ServerError(
      BAD_VALUE,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    )
  }
  const sort = compileSort(spec)
  const asDocument = (item: unknown): Document => (isDocument(item) ? item : {})
  return (a, b) => sort.compare(asDocument(a), asDocument(b))
}

function insertAt(current: Items, each: Items, position: number | undefined): unknown[] {
  const at = position === undefined ? current.length : position < 0 ? Math.max(0, current.length + position) : position
  return [...current.slice(0, at), ...each, ...current.slice(at)]
}

function sliceItems(items: unknown[], slice: number | undefined): unknown[] {
  if (slice === undefined) return items
  return slice < 0 ? items.slice(slice) : items.slice(0, slice)
}

export const addToSet: ModifierFactory = (operand) => {
  const withEach = isDocument(operand) && Object.keys(operand)[0] === '$each'
  if (withEach && Object.keys(operand).length > 1) {
    throw new ServerError(BAD_VALUE, `Found unexpected fields after $each in $addToSet: ${describeValue(operand)}`)
  }
  const each = withEach ? eachClause(operand['$each'], '$addToSet') : [operand]
  return {
    creates: true,
    newValue: (current, place) => {
      if (current !== undefined && !isArray(current)) {
        throw new ServerError(
          BAD_VALUE,
          `Cannot apply $addToSet to non-array field. Field named '${place.path.split('.').at(-1) ?? ''}' has non-array type ${typeName(current)}`,
        )
      }
      const keys = new Set((current ?? []).map(hashKey))
      const added = each.filter((item) => {
        const key = hashKey(item)
        return !keys.has(key) && keys.add(key)
      })
      return [...(current ?? []), ...added]
    },
  }
}

export const pop: ModifierFactory = (operand, field) => {
  const end = isNumeric(operand) ? toDouble(operand) : Number.NaN
  if (!isNumeric(operand)) {
    throw new ServerError(FAILED_TO_PARSE, `Expected a number in: ${describeElement(field, operand)}`)
  }
  if (end !== 1 && end !== -1)
    throw new ServerError(FAILED_TO_PARSE, `$pop expects 1 or -1, found: ${describeValue(operand)}`)
  return {
    creates: false,
    newValue: (current, place) => {
      if (!isArray(current)) {
        throw new ServerError(14, `Path '${place.path}' contains an element of non-array type '${typeName(current)}'`)
      }
      return end === 1 ? current.slice(0, -1) : current.slice(1)
    },
  }
}

function culling(matches: (item: unknown) => boolean): Modifier {
  return {
    creates: false,
    newValue: (current) => {
      if (!isArray(current)) throw new ServerError(BAD_VALUE, 'Cannot apply $pull to a non-array value')
      return current.filter((item) => !matches(item))
    },
  }
}

export const pull: ModifierFactory = (operand) => {
  if (isOperatorDocument(operand) || bsonType(operand) === BsonType.regex) {
    const node = parseFilter({ '': operand }, { nested: true })
    return culling((item) => matchDocument(node, { '': item }))
  }
  if (isDocument(operand)) {
    const node = parseFilter(operand, { nested: true })
    return culling((item) => isDocument(item) && matchDocument(node, item))
  }
  return culling((item) => equalValues(item, operand))
}

export const pullAll: ModifierFactory = (operand) => {
  if (!isArray(operand)) {
    throw new ServerError(BAD_VALUE, `$pullAll requires an array argument but was given a ${typeName(operand)}`)
  }
  const keys = new Set(operand.map(hashKey))
  return culling((item) => keys.has(hashKey(item)))
}
