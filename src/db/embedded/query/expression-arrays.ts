import { Int32 } from 'bson'
import { equalValues } from './compare.js'
import { describeValue, refusal } from './describe.js'
import { binary, checkVariableName, isNullish, namedArguments, unary, variadic } from './expression-arguments.js'
import { compile, withInner, type Environment, type Operator } from './expressions.js'
import { toDouble, toBoolean } from './numbers.js'
import { isArray, isDocument, isNumeric, setField, typeName, type Document } from './values.js'

function arrayOperand(value: unknown, code: number, message: string): readonly unknown[] {
  if (isArray(value)) return value
  throw refusal(code)`${message} ${typeName(value)}`
}

function elementAt(array: unknown, index: unknown): unknown {
  if (isNullish(array) || isNullish(index)) return null
  const items = arrayOperand(array, 28689, "$arrayElemAt's first argument must be an array, but is")
  if (!isNumeric(index) || !Number.isInteger(toDouble(index)))
    throw refusal(28690)`$arrayElemAt's second argument must be a numeric value, but is ${typeName(index)}`
  return items.at(toDouble(index))
}

function atEnd(index: 0 | -1): Operator {
  return unary((array, name) =>
    isNullish(array) ? null : arrayOperand(array, 28689, `${name}'s argument must be an array, but is`).at(index),
  )
}

function concatArrays(values: readonly unknown[]): unknown {
  if (values.some(isNullish)) return null
  return values.flatMap((value) => arrayOperand(value, 28664, '$concatArrays only supports arrays, not'))
}

function contains(value: unknown, array: unknown): boolean {
  return arrayOperand(array, 40081, '$in requires an array as a second argument, found:').some((item) =>
    equalValues(item, value),
  )
}

type EachItem = (items: readonly unknown[], evaluate: (item: unknown) => unknown) => unknown

/** `$map` and `$filter`: an expression for every item of an array, which it knows as `$$this` or by another name. */
function forEachItem(body: 'in' | 'cond', codes: Parameters<typeof namedArguments>[3], apply: EachItem): Operator {
  return (operand, scope, name) => {
    const parts = namedArguments(operand, name, { required: ['input', body], optional: ['as'] }, codes)
    const variable = typeof parts['as'] === 'string' ? checkVariableName(parts['as']) : 'this'
    const input = compile(parts['input'], scope)
    const inside = compile(parts[body], withInner(scope, [variable]))
    return (environment) => {
      const array = input(environment)
      if (isNullish(array)) return null
      const items = arrayOperand(array, name === '$map' ? 16883 : 28651, `input to ${name} must be an array not`)
      return apply(items, (item) => inside(withVariable(environment, variable, item)))
    }
  }
}

function withVariable({ root, variables }: Environment, name: string, value: unknown): Environment {
  return { root, variables: { ...variables, [name]: value } }
}

/** The documents among the values laid over one another; null and missing ones are passed over. */
export function mergeDocuments(values: readonly unknown[]): Document {
  const merged: Document = {}
  for (const value of values) {
    if (isNullish(value)) continue
    if (!isDocument(value)) {
      throw refusal(
        40400,
      )`$mergeObjects requires object inputs, but input ${describeValue(value)} is of type ${typeName(value)}`
    }
    for (const name of Object.keys(value)) setField(merged, name, value[name])
  }
  return merged
}

function concat(values: readonly unknown[]): unknown {
  if (values.some(isNullish)) return null
  const other = values.find((value) => typeof value !== 'string')
  if (other !== undefined) throw refusal(16702)`$concat only supports strings, not ${typeName(other)}`
  return values.join('')
}

/** MongoDB changes the case of ASCII letters only. */
function withCase(letters: RegExp, change: (letter: string) => string): Operator {
  return unary((value, name) => {
    if (isNullish(value)) return ''
    if (typeof value !== 'string')
      throw refusal(16007)`can't convert from BSON type ${typeName(value)} to String in ${name}`
    return value.replace(letters, change)
  })
}

export const ARRAY_OPERATORS: readonly (readonly [string, Operator])[] = [
  [
    '$size',
    unary(
      (array) =>
        new Int32(arrayOperand(array, 17124, 'The argument to $size must be an array, but was of type:').length),
    ),
  ],
  ['$arrayElemAt', binary(elementAt)],
  ['$first', atEnd(0)],
  ['$last', atEnd(-1)],
  ['$concatArrays', variadic(concatArrays)],
  ['$isArray', unary(isArray)],
  ['$in', binary(contains)],
  [
    '$map',
    forEachItem('in', { shape: 16878, unknown: 16879, missing: 16880 }, (items, evaluate) =>
      items.map((item) => evaluate(item) ?? null),
    ),
  ],
  [
    '$filter',
    forEachItem('cond', { shape: 28646, unknown: 28647, missing: 28648 }, (items, evaluate) =>
      items.filter((item) => toBoolean(evaluate(item))),
    ),
  ],
  [
    '$mergeObjects',
    (operand, scope, name) =>
      variadic((values) => mergeDocuments(!isArray(operand) && isArray(values[0]) ? values[0] : values))(
        operand,
        scope,
        name,
      ),
  ],
  ['$concat', variadic(concat)],
  ['$toLower', withCase(/[A-Z]/g, (letter) => letter.toLowerCase())],
  ['$toUpper', withCase(/[a-z]/g, (letter) => letter.toUpperCase())],
  ['$type', unary(typeName)],
]
