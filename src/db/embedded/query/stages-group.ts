import { ServerError } from '../server-error.js'
import { compileAccumulator, type Accumulator, type AccumulatorFactory } from './accumulators.js'
import { compareValues, equalValues, hashKey, typeOrder } from './compare.js'
import { describeValue } from './describe.js'
import { compileExpression, type Evaluate, type Scope } from './expressions.js'
import type { Stage } from './pipeline.js'
import { toDouble } from './numbers.js'
import { isArray, isDocument, isNumeric, setField, typeName, type Document } from './values.js'

type Outputs = readonly (readonly [string, AccumulatorFactory])[]

function compileOutputs(fields: Document, scope: Scope): Outputs {
  return Object.keys(fields).map((name) => {
    if (name.includes('.')) throw new ServerError(40235, `The field name '${name}' cannot contain '.'`)
    if (name.startsWith('$')) throw new ServerError(40236, `The field name '${name}' cannot be an operator name`)
    return [name, compileAccumulator(name, fields[name], scope)]
  })
}

interface Group {
  readonly id: unknown
  readonly gathered: readonly (readonly [string, Accumulator])[]
}

/** Groups documents by a key; groups come out in the order in which their first documents came in. */
function groupBy(documents: Iterable<Document>, key: Evaluate, outputs: Outputs): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const document of documents) {
    const id = key(document) ?? null
    const hash = hashKey(id)
    let group = groups.get(hash)
    if (!group) {
      group = { id, gathered: outputs.map(([name, make]) => [name, make()]) }
      groups.set(hash, group)
    }
    for (const [, accumulator] of group.gathered) accumulator.add(document)
  }
  return groups
}

function resultOf(group: Group): Document {
  const result: Document = { _id: group.id }
  for (const [name, accumulator] of group.gathered) setField(result, name, accumulator.result())
  return result
}

export function group(spec: unknown, scope: Scope): Stage {
  if (!isDocument(spec)) throw new ServerError(15947, "a group's fields must be specified in an object")
  const { _id, ...fields } = spec
  if (!('_id' in spec)) throw new ServerError(15955, 'a group specification must include an _id')
  const key = compileExpression(_id, scope)
  const outputs = compileOutputs(fields, scope)
  return function* (input) {
    for (const found of groupBy(input, key, outputs).values()) yield resultOf(found)
  }
}

export function sortByCount(spec: unknown, scope: Scope): Stage {
  const isExpression = isDocument(spec)
    ? Object.keys(spec)[0]?.startsWith('$')
    : typeof spec === 'string' && spec.startsWith('$')
  if (isDocument(spec) && !isExpression) {
    throw new ServerError(
      40147,
      `the sortByCount field must be defined as a $-prefixed path or an expression inside an object`,
    )
  }
  if (!isExpression) {
    throw new ServerError(40149, 'the sortByCount field must be specified as a string or as an object')
  }
  const count = group({ _id: spec, count: { $sum: 1 } }, scope)
  return function* (input, context) {
    yield* [...count(input, context)].sort((a, b) => compareValues(b['count'], a['count']))
  }
}

export function bucket(spec: unknown, scope: Scope): Stage {
  if (!isDocument(spec))
    throw new ServerError(40201, `Argument to $bucket stage must be an object, but found type: ${typeName(spec)}.`)
  const { groupBy: by, boundaries, default: otherwise, output = { count: { $sum: 1 } }, ...rest } = spec
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw new ServerError(40197, `Unrecognized option to $bucket: ${unknown}.`)
  if (by === undefined || !isArray(boundaries)) {
    throw new ServerError(40198, `$bucket requires 'groupBy' and 'boundaries' to be specified.`)
  }
  if (!isDocument(output))
    throw new ServerError(40196, `The $bucket 'output' field must be an object, but found type: ${typeName(output)}.`)
  checkBoundaries(boundaries, otherwise)
  const value = compileExpression(by, scope)
  const outputs = compileOutputs(output, scope)
  const bucketOf = (document: Document): unknown => {
    const found = value(document)
    const index = boundaries.findLastIndex((boundary) => compareValues(found, boundary) >= 0)
    if (index >= 0 && index < boundaries.length - 1) return boundaries[index]
    if ('default' in spec) return otherwise
    throw new ServerError(40066, '$switch could not find a matching branch for an input, and no default was specified.')
  }
  return function* (input) {
    const groups = [...groupBy(input, bucketOf, outputs).values()]
    yield* groups.sort((a, b) => compareValues(a.id, b.id)).map(resultOf)
  }
}

function checkBoundaries(boundaries: readonly unknown[], otherwise: unknown): void {
  if (boundaries.length < 2) {
    throw new ServerError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${boundaries.length} value(s).`,
    )
  }
  for (const [index, boundary] of boundaries.entries()) {
    const next = boundaries[index + 1]
    if (next === undefined) continue
    if (typeOrder(boundary) !== typeOrder(next)) {
      throw new ServerError(
        40193,
        `All values in the the 'boundaries' option to $bucket must have the same type. Found conflicting types ${typeName(boundary)} and ${typeName(next)}.`,
      )
    }
    if (compareValues(boundary, next) >= 0) {
      throw new ServerError(
        40194,
        `The 'boundaries' option to $bucket must be sorted, but elements ${index} and ${index + 1} are not in ascending order (${describeValue(boundary)} is not less than ${describeValue(next)}).`,
      )
    }
  }
  const inside =
    otherwise !== undefined &&
    compareValues(otherwise, boundaries[0]) >= 0 &&
    compareValues(otherwise, boundaries.at(-1)) < 0
  if (inside) {
    throw new ServerError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    )
  }
}

/** Splits the documents, in order of a value, into buckets of about the same size. */
export function bucketAuto(spec: unknown, scope: Scope): Stage {
  if (!isDocument(spec))
    throw new ServerError(40240, `The argument to $bucketAuto must be an object, but found type: ${typeName(spec)}.`)
  const { groupBy: by, buckets, output = { count: { $sum: 1 } }, ...rest } = spec
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw new ServerError(40245, `Unrecognized option to $bucketAuto: ${unknown}.`)
  const count = isNumeric(buckets) ? toDouble(buckets) : Number.NaN
  if (by === undefined || !Number.isInteger(count)) {
    throw new ServerError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.")
  }
  if (count <= 0)
    throw new ServerError(40243, `The $bucketAuto 'buckets' field must be greater than 0, but found: ${count}`)
  if (!isDocument(output))
    throw new ServerError(
      40244,
      `The $bucketAuto 'output' field must be an object, but found type: ${typeName(output)}.`,
    )
  const value = compileExpression(by, scope)
  const outputs = compileOutputs(output, scope)
  return function* (input) {
    const rows = [...input].map((document) => ({ document, key: value(document) ?? null }))
    rows.sort((a, b) => compareValues(a.key, b.key))
    yield* autoBuckets(rows, count, outputs)
  }
}

function* autoBuckets(
  rows: readonly { document: Document; key: unknown }[],
  count: number,
  outputs: Outputs,
): Iterable<Document> {
  const size = Math.max(1, Math.round(rows.length / count))
  let start = 0
  for (let made = 1; start < rows.length; made += 1) {
    let end = made === count ? rows.length : Math.min(rows.length, start + size)
    while (end < rows.length && equalValues(rows[end]?.key, rows[end - 1]?.key)) end += 1
    const gathered = outputs.map(([name, make]): readonly [string, Accumulator] => [name, make()])
    for (const row of rows.slice(start, end)) for (const [, accumulator] of gathered) accumulator.add(row.document)
    yield resultOf({ id: { min: rows[start]?.key, max: rows[Math.min(end, rows.length - 1)]?.key }, gathered })
    start = end
  }
}
