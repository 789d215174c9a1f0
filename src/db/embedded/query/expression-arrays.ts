import { ServerError } from '../server-error.js'
import { toBoolean } from './coerce.js'
import { equalValues } from './compare.js'
import { binary, isNullish, namedArguments, ranged, unary, variadic } from './expression-arguments.js'
import { checkVariableName } from './expression-conditions.js'
import { compile, withInner, type Environment, type Operator } from './expressions.js'
import { toDouble } from './numbers.js'
import { int } from './summation.js'
import { isArray, isNumeric, typeName, type Document } from './values.js'

type Items = readonly unknown[]

export function arrayOperand(value: unknown, code: number, message: (type: string) => string): Items {
  if (isArray(value)) return value
  throw new ServerError(code, message(typeName(value)))
}

export function whole(value: unknown, code: number, message: string): number {
  const number = isNumeric(value) ? toDouble(value) : Number.NaN
  if (Number.isInteger(number)) return number
  throw new ServerError(code, message)
}

function elementAt(array: unknown, index: unknown): unknown {
  if (isNullish(array) || isNullish(index)) return null
  const items = arrayOperand(array, 28689, (type) => `$arrayElemAt's first argument must be an array, but is ${type}`)
  if (!isNumeric(index)) {
    throw new ServerError(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeName(index)}`)
  }
  return items.at(
    whole(index, 28691, `$arrayElemAt's second argument must be representable as a 32-bit integer: ${toDouble(index)}`),
  )
}

function end(index: 0 | -1): Operator {
  return unary((array, name) => {
    if (isNullish(array)) return null
    return arrayOperand(array, 28689, (type) => `${name}'s argument must be an array, but is ${type}`).at(index)
  })
}

function slice([array, first, count]: Items): unknown {
  if (isNullish(array) || first === null || count === null) return null
  const items = arrayOperand(
    array,
    28724,
    (type) => `First argument to $slice must be an array, but is of type: ${type}`,
  )
  const from = whole(
    first,
    28725,
    `Second argument to $slice must be a numeric value, but is of type: ${typeName(first)}`,
  )
  if (count === undefined) return from < 0 ? items.slice(from) : items.slice(0, from)
  const length = whole(count, 28727, `Third argument to $slice must be numeric, but is of type: ${typeName(count)}`)
  if (length <= 0) throw new ServerError(28729, `Third argument to $slice must be positive: ${length}`)
  const start = from < 0 ? Math.max(0, items.length + from) : from
  return items.slice(start, start + length)
}

function concatArrays(values: Items): unknown {
  if (values.some(isNullish)) return null
  return values.flatMap((value) =>
    arrayOperand(value, 28664, (type) => `$concatArrays only supports arrays, not ${type}`),
  )
}

function contains(value: unknown, array: unknown): boolean {
  const items = arrayOperand(array, 40081, (type) => `$in requires an array as a second argument, found: ${type}`)
  return items.some((item) => equalValues(item, value))
}

function indexOfArray([array, value, start, stop]: Items): unknown {
  if (isNullish(array)) return null
  const items = arrayOperand(
    array,
    40090,
    (type) => `$indexOfArray requires an array as a first argument, found: ${type}`,
  )
  const from = start === undefined ? 0 : toDouble(start)
  const to = stop === undefined ? items.length : Math.min(items.length, toDouble(stop))
  for (let index = from; index < to; index += 1) if (equalValues(items[index], value)) return int(index)
  return int(-1)
}

function range([start, stop, step]: Items): unknown {
  const part = (value: unknown, code: number, name: string): number =>
    whole(value, code, `$range requires a numeric ${name} value, found value of type: ${typeName(value)}`)
  const [from, to] = [part(start, 34443, 'starting'), part(stop, 34445, 'ending')]
  const by = step === undefined ? 1 : part(step, 34447, 'step')
  if (by === 0) throw new ServerError(34449, '$range requires a non-zero step value')
  const numbers: unknown[] = []
  for (let number = from; by > 0 ? number < to : number > to; number += by) numbers.push(int(number))
  return numbers
}

function withVariable(environment: Environment, added: Readonly<Record<string, unknown>>): Environment {
  return { root: environment.root, variables: { ...environment.variables, ...added } }
}

function inputArray(name: string, code: number, value: unknown): Items | null {
  if (isNullish(value)) return null
  return arrayOperand(value, code, (type) => `input to ${name} must be an array not ${type}`)
}

function variableIn(parts: Document): string {
  return typeof parts['as'] === 'string' ? checkVariableName(parts['as']) : 'this'
}

const filter: Operator = (operand, scope, name) => {
  const codes = { shape: 28646, unknown: 28647, missing: 28648 }
  const parts = namedArguments(operand, name, { required: ['input', 'cond'], optional: ['as', 'limit'] }, codes)
  const variable = variableIn(parts)
  const input = compile(parts['input'], scope)
  const condition = compile(parts['cond'], withInner(scope, [variable]))
  const limit = compile(parts['limit'] ?? null, scope)
  return (environment) => {
    const items = inputArray(name, 28651, input(environment))
    const most = limit(environment)
    if (items === null) return null
    const kept = items.filter((item) => toBoolean(condition(withVariable(environment, { [variable]: item }))))
    return isNullish(most) ? kept : kept.slice(0, toDouble(most))
  }
}

const map: Operator = (operand, scope, name) => {
  const codes = { shape: 16878, unknown: 16879, missing: 16880 }
  const parts = namedArguments(operand, name, { required: ['input', 'in'], optional: ['as'] }, codes)
  const variable = variableIn(parts)
  const input = compile(parts['input'], scope)
  const body = compile(parts['in'], withInner(scope, [variable]))
  return (environment) => {
    const items = inputArray(name, 16883, input(environment))
    return items?.map((item) => body(withVariable(environment, { [variable]: item })) ?? null) ?? null
  }
}

const reduce: Operator = (operand, scope, name) => {
  const codes = { shape: 40075, unknown: 40076, missing: 40077 }
  const parts = namedArguments(operand, name, { required: ['input', 'initialValue', 'in'] }, codes)
  const [input, initial] = [compile(parts['input'], scope), compile(parts['initialValue'], scope)]
  const body = compile(parts['in'], withInner(scope, ['value', 'this']))
  return (environment) => {
    const array = input(environment)
    if (isNullish(array)) return null
    const items = arrayOperand(array, 40080, (type) => `$reduce requires that 'input' be an array, found: ${type}`)
    return items.reduce((value, item) => body(withVariable(environment, { value, this: item })), initial(environment))
  }
}

function truths(apply: (items: Items) => boolean, code: number): Operator {
  return unary((array, name) =>
    apply(arrayOperand(array, code, (type) => `${name}'s argument must be an array, but is ${type}`)),
  )
}

export const ARRAY_OPERATORS: readonly (readonly [string, Operator])[] = [
  [
    '$size',
    unary((array) =>
      int(
        arrayOperand(array, 17124, (type) => `The argument to $size must be an array, but was of type: ${type}`).length,
      ),
    ),
  ],
  ['$arrayElemAt', binary(elementAt)],
  ['$first', end(0)],
  ['$last', end(-1)],
  ['$slice', ranged(2, 3, slice)],
  ['$concatArrays', variadic(concatArrays)],
  ['$isArray', unary(isArray)],
  ['$in', binary(contains)],
  ['$indexOfArray', ranged(2, 4, indexOfArray)],
  ['$range', ranged(2, 3, range)],
  [
    '$reverseArray',
    unary((array) =>
      isNullish(array)
        ? null
        : [
            ...arrayOperand(
              array,
              34435,
              (type) => `The argument to $reverseArray must be an array, but was of type: ${type}`,
            ),
          ].reverse(),
    ),
  ],
  ['$filter', filter],
  ['$map', map],
  ['$reduce', reduce],
  ['$anyElementTrue', truths((items) => items.some(toBoolean), 17041)],
  ['$allElementsTrue', truths((items) => items.every(toBoolean), 17040)],
]
