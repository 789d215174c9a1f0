import { ServerError } from '../server-error.js'
import {
  convertToBool,
  convertToDate,
  convertToDecimal,
  convertToDouble,
  convertToInt,
  convertToLong,
  convertToObjectId,
  convertToString,
} from './convert.js'
import { isNullish, namedArguments, unary } from './expression-arguments.js'
import { compile, type Operator } from './expressions.js'
import { toDouble } from './numbers.js'
import { isNumeric, typeName, typeNameOf } from './values.js'

type Conversion = (value: unknown) => unknown

const CONVERSIONS = new Map<string, Conversion>([
  ['string', convertToString],
  ['bool', convertToBool],
  ['int', convertToInt],
  ['long', convertToLong],
  ['double', convertToDouble],
  ['decimal', convertToDecimal],
  ['date', convertToDate],
  ['objectId', convertToObjectId],
])

function conversionTo(type: unknown): Conversion {
  const name = isNumeric(type) ? typeNameOf(toDouble(type)) : String(type)
  const conversion = CONVERSIONS.get(name)
  if (conversion) return conversion
  throw new ServerError(2, `Unknown type name: ${name}`)
}

const convert: Operator = (operand, scope, name) => {
  const codes = { shape: 9, unknown: 9, missing: 9 }
  const known = { required: ['input', 'to'], optional: ['onError', 'onNull'] }
  const parts = namedArguments(operand, name, known, codes)
  const [input, to, onError, onNull] = ['input', 'to', 'onError', 'onNull'].map((part) => compile(parts[part], scope))
  return (environment) => {
    const value = input?.(environment)
    const type = to?.(environment)
    if (isNullish(value)) return 'onNull' in parts ? onNull?.(environment) : null
    if (isNullish(type)) return null
    const conversion = conversionTo(type)
    try {
      return conversion(value)
    } catch (error) {
      if ('onError' in parts && error instanceof ServerError) return onError?.(environment)
      throw error
    }
  }
}

function conversion(convertValue: Conversion): Operator {
  return unary((value) => (isNullish(value) ? null : convertValue(value)))
}

export const CONVERSION_OPERATORS: readonly (readonly [string, Operator])[] = [
  ['$type', unary(typeName)],
  ['$isNumber', unary(isNumeric)],
  ['$convert', convert],
  ['$toString', conversion(convertToString)],
  ['$toBool', conversion(convertToBool)],
  ['$toInt', conversion(convertToInt)],
  ['$toLong', conversion(convertToLong)],
  ['$toDouble', conversion(convertToDouble)],
  ['$toDecimal', conversion(convertToDecimal)],
  ['$toDate', conversion(convertToDate)],
  ['$toObjectId', conversion(convertToObjectId)],
]
