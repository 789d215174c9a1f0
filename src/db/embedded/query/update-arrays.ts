import { compareValues, equalValues, hashKey } from './compare.js'
import { badValue, describeElement, describeValue, failedToParse, refusal, typeMismatch } from './describe.js'
import { isValueCondition, parseFilter } from './filter-parser.js'
import { filterOf } from './matcher.js'
import { toDouble } from './numbers.js'
import { compileSort } from './sort.js'
import type { Modifier, ModifierFactory } from './update-modifiers.js'
import { BsonType, bsonType, isArray, isDocument, isNumeric, typeName, type Document } from './values.js'

type Items = readonly unknown[]

export const push: ModifierFactory = (operand) => {
  const clauses = isDocument(operand) && '$each' in operand ? operand : { $each: [operand] }
  const each = eachClause(clauses['$each'], '$push')
  const unknown = Object.keys(clauses).find((name) => !['$each', '$slice', '$sort', '$position'].includes(name))
  if (unknown !== undefined) throw badValue`Unrecognized clause in $push: ${unknown}`
  const position = wholeClause(clauses, '$position')
  const slice = wholeClause(clauses, '$slice')
  const sort = '$sort' in clauses ? itemOrder(clauses['$sort']) : undefined
  return {
    creates: true,
    always: each.length > 0 || sort !== undefined,
    newValue: (current, place) => {
      if (current !== undefined && !isArray(current))
        throw badValue`The field '${place.path}' must be an array but is of type ${typeName(current)} in document {${describeElement('_id', place.document['_id'])}}`
      const joined = insertAt(current ?? [], each, position)
      return sliceItems(sort ? joined.sort(sort) : joined, slice)
    },
  }
}

function eachClause(each: unknown, name: string): Items {
  if (isArray(each)) return each
  throw refusal(
    name === '$push' ? 2 : 14,
  )`The argument to $each in ${name} must be an array but it was of type: ${typeName(each)}`
}

function wholeClause(clauses: Document, name: string): number | undefined {
  const value = clauses[name]
  const number = isNumeric(value) ? toDouble(value) : undefined
  if (value === undefined || Number.isInteger(number)) return number
  throw badValue`The value for ${name} must be an integer value but was given type: ${typeName(value)}`
}

function itemOrder(spec: unknown): (a: unknown, b: unknown) => number {
  if (isNumeric(spec) && Math.abs(toDouble(spec)) === 1) {
    const direction = toDouble(spec)
    return (a, b) => direction * compareValues(a, b)
  }
  if (!isDocument(spec) || Object.values(spec).some((value) => !isNumeric(value) || Math.abs(toDouble(value)) !== 1))
    throw badValue`The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields`
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
  if (withEach && Object.keys(operand).length > 1)
    throw badValue`Found unexpected fields after $each in $addToSet: ${describeValue(operand)}`
  const each = withEach ? eachClause(operand['$each'], '$addToSet') : [operand]
  return {
    creates: true,
    newValue: (current, place) => {
      if (current !== undefined && !isArray(current))
        throw badValue`Cannot apply $addToSet to non-array field. Field named '${place.path.split('.').at(-1) ?? ''}' has non-array type ${typeName(current)}`
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
  const end = isNumeric(operand) ? toDouble(operand) : undefined
  if (end === undefined) throw failedToParse`Expected a number in: ${describeElement(field, operand)}`
  if (Math.abs(end) !== 1) throw failedToParse`$pop expects 1 or -1, found: ${describeValue(operand)}`
  return {
    creates: false,
    newValue: (current, place) => {
      if (!isArray(current))
        throw typeMismatch`Path '${place.path}' contains an element of non-array type '${typeName(current)}'`
      return end === 1 ? current.slice(0, -1) : current.slice(1)
    },
  }
}

function culling(matches: (item: unknown) => boolean): Modifier {
  return {
    creates: false,
    newValue: (current) => {
      if (!isArray(current)) throw badValue`Cannot apply $pull to a non-array value`
      return current.filter((item) => !matches(item))
    },
  }
}

export const pull: ModifierFactory = (operand) => {
  if (isValueCondition(operand) || bsonType(operand) === BsonType.regex) {
    const filter = filterOf(parseFilter({ '': operand }, { nested: true }))
    return culling((item) => filter.matches({ '': item }))
  }
  if (isDocument(operand)) {
    const filter = filterOf(parseFilter(operand, { nested: true }))
    return culling((item) => isDocument(item) && filter.matches(item))
  }
  return culling((item) => equalValues(item, operand))
}

export const pullAll: ModifierFactory = (operand) => {
  if (!isArray(operand)) throw badValue`$pullAll requires an array argument but was given a ${typeName(operand)}`
  const keys = new Set(operand.map(hashKey))
  return culling((item) => keys.has(hashKey(item)))
}
