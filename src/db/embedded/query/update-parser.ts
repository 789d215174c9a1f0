import { ServerError } from '../server-error.js'
import { badValue, describeDocument, describeElement, failedToParse, refusal } from './describe.js'
import { firstNames } from './filter-node.js'
import { parseFilter } from './filter-parser.js'
import { filterOf, type Filter } from './matcher.js'
import { addToSet, pop, pull, pullAll, push } from './update-arrays.js'
import {
  currentDate,
  increment,
  maximum,
  minimum,
  multiply,
  set,
  unset,
  type ModifierFactory,
} from './update-modifiers.js'
import { isArraySelector, type Change } from './update-path.js'
import { isDocument, typeName, type Document } from './values.js'

/** One parsed operator at one path. `$rename` carries the path it takes the value from. */
export type Step = Change & { readonly insertOnly: boolean; readonly from?: readonly string[] }

export interface ParsedUpdate {
  readonly steps: readonly Step[]
  readonly arrayFilters: ReadonlyMap<string, Filter>
}

const FACTORIES = new Map<string, ModifierFactory>([
  ['$set', set],
  ['$setOnInsert', set],
  ['$unset', unset],
  ['$inc', increment],
  ['$mul', multiply],
  ['$min', minimum],
  ['$max', maximum],
  ['$push', push],
  ['$addToSet', addToSet],
  ['$pop', pop],
  ['$pull', pull],
  ['$pullAll', pullAll],
])

/** Parses an update of operators. Its steps are in MongoDB's order: by path, numbers by size and names by letters. */
export function parseUpdate(update: Document, arrayFilters: readonly Document[], now: Date): ParsedUpdate {
  const filters = parseArrayFilters(arrayFilters)
  const taken: PathTree = new Map()
  const steps = Object.keys(update).flatMap((name) => {
    const fields = update[name]
    const factory = name === '$currentDate' ? currentDate(now) : FACTORIES.get(name)
    if (!factory && name !== '$rename') throw unknownModifier(name)
    if (!isDocument(fields))
      throw failedToParse`Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${describeElement(name, fields)}}`
    return Object.keys(fields).map((field): Step => {
      const path = parsePath(field, filters)
      reserve(taken, path)
      if (!factory) return renameStep(field, path, fields[field], taken)
      return { path, modifier: factory(fields[field], field), insertOnly: name === '$setOnInsert' }
    })
  })
  checkFiltersUsed(filters, steps, update)
  return { steps: steps.sort((a, b) => comparePaths(a.path, b.path)), arrayFilters: filters }
}

function unknownModifier(name: string): ServerError {
  return failedToParse`Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`
}

function renameStep(field: string, from: readonly string[], operand: unknown, taken: PathTree): Step {
  if (typeof operand !== 'string')
    throw badValue`The 'to' field for $rename must be a string: ${describeElement(field, operand)}`
  const path = parsePath(operand, new Map())
  if (field === operand)
    throw badValue`The source and target field for $rename must differ: ${describeElement(field, operand)}`
  const dynamic = [...from, ...path].find((part) => part.startsWith('$'))
  if (dynamic !== undefined) throw badValue`The fields for $rename may not be dynamic: ${dynamic}`
  reserve(taken, path)
  return { path, from, modifier: set(undefined, operand), insertOnly: false }
}

function parsePath(field: string, filters: ReadonlyMap<string, Filter>): readonly string[] {
  const path = field.split('.')
  const [first = ''] = path
  if (path.includes(''))
    throw refusal(56)`The update path '${field}' contains an empty field name, which is not allowed.`
  if (first === '$') throw badValue`Cannot have positional (i.e. '$') element in the first position in path '${field}'`
  if (isArraySelector(first))
    throw badValue`Cannot have array filter identifier (i.e. '$[<id>]') element in the first position in path '${field}'`
  if (path.filter((part) => part === '$').length > 1)
    throw badValue`Too many positional (i.e. '$') elements found in path '${field}'`
  for (const part of path) checkPart(part, field, filters)
  return path
}

function checkPart(part: string, field: string, filters: ReadonlyMap<string, Filter>): void {
  if (!isArraySelector(part) || part === '$[]' || filters.has(part.slice(2, -1))) return
  throw badValue`No array filter found for identifier '${part.slice(2, -1)}' in path '${field}'`
}

const notInReplacement = refusal(52)

export function dollarField(part: string, field: string): ServerError {
  return notInReplacement`The dollar ($) prefixed field '${part}' in '${field}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`
}

type PathTree = Map<string, PathTree | null>

/** Refuses two operators on one path, or on a path and a part of it. */
function reserve(tree: PathTree, path: readonly string[]): void {
  let level = tree
  for (const [index, part] of path.entries()) {
    const inner = level.get(part)
    const last = index === path.length - 1
    if (inner === null || (last && inner !== undefined)) {
      const prefix = path.slice(0, index + 1).join('.')
      throw refusal(40)`Updating the path '${path.join('.')}' would create a conflict at '${prefix}'`
    }
    const next: PathTree = inner ?? new Map<string, PathTree | null>()
    level.set(part, last ? null : next)
    level = next
  }
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const [left = '', right = ''] = [a[index], b[index]]
    if (left === right) continue
    if (/^\d+$/.test(left) && /^\d+$/.test(right)) return Number(left) - Number(right)
    return left < right ? -1 : 1
  }
  return a.length - b.length
}

function parseArrayFilters(arrayFilters: readonly Document[]): ReadonlyMap<string, Filter> {
  const filters = new Map<string, Filter>()
  for (const document of arrayFilters) {
    const node = parseFilter(document, { nested: true })
    const [name, other] = new Set(firstNames(node))
    if (name === undefined) throw failedToParse`Cannot use an expression without a top-level field name in arrayFilters`
    if (other !== undefined)
      throw failedToParse`Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${other}'`
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name))
      throw badValue`Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`
    if (filters.has(name)) throw failedToParse`Found multiple array filters with the same top-level field name ${name}`
    filters.set(name, filterOf(node))
  }
  return filters
}

function checkFiltersUsed(filters: ReadonlyMap<string, Filter>, steps: readonly Step[], update: Document): void {
  const used = new Set(steps.flatMap((step) => step.path))
  for (const name of filters.keys()) {
    if (used.has(`$[${name}]`)) continue
    throw failedToParse`The array filter for identifier '${name}' was not used in the update ${describeDocument(update)}`
  }
}
