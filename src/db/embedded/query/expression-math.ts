import { Double } from 'bson'
import { ServerError } from '../server-error.js'
import { isNullish, unary, variadic } from './expression-arguments.js'
import type { Operator } from './expressions.js'
import { numberKind, toBigInt, toDouble, widerKind, wholeNumber } from './numbers.js'
import { isNumeric, typeName } from './values.js'

import { isDecimal, pair } from './expression-numbers.js'

/** Operators on doubles. Of decimals only those that MongoDB computes exactly are supported. */
function real(apply: (value: number) => number, within: (value: number) => boolean, bounds: string): Operator {
  return unary((value, name) => {
    if (isNullish(value)) return null
    if (!isNumeric(value) || isDecimal(value)) {
      throw new ServerError(28765, `${name} only supports numeric types, not ${typeName(value)}`)
    }
    const number = toDouble(value)
    if (!Number.isNaN(number) && !within(number))
      throw new ServerError(50989, `cannot apply ${name} to ${number}, value must be ${bounds}`)
    return new Double(apply(number))
  })
}

const anyNumber = (): boolean => true

function power(a: unknown, b: unknown): unknown {
  const [base, exponent] = [toDouble(a), toDouble(b)]
  if (base === 0 && exponent < 0) throw new ServerError(28764, '$pow cannot take a base of 0 and a negative exponent')
  const kind = widerKind(numberKind(a) ?? 'int', numberKind(b) ?? 'int')
  if (kind === 'decimal') throw new ServerError(115, '$pow on decimal values is not supported')
  if (kind === 'double' || exponent < 0) return new Double(base ** exponent)
  if (Math.abs(base) > 1 && exponent > 63) return new Double(base ** exponent)
  return wholeNumber(toBigInt(a) ** toBigInt(b), kind) ?? new Double(base ** exponent)
}

function logarithm(a: unknown, b: unknown): unknown {
  if (toDouble(a) <= 0) throw new ServerError(28758, `$log's argument must be a positive number, but is ${toDouble(a)}`)
  if (toDouble(b) <= 0 || toDouble(b) === 1) {
    throw new ServerError(28759, `$log's base must be a positive number not equal to 1, but is ${toDouble(b)}`)
  }
  return new Double(Math.log(toDouble(a)) / Math.log(toDouble(b)))
}

const RADIANS = Math.PI / 180

export const MATH_OPERATORS: readonly (readonly [string, Operator])[] = [
  ['$pow', pair('$pow', power)],
  ['$log', pair('$log', logarithm)],
  ['$sqrt', real(Math.sqrt, (value) => value >= 0, 'greater than or equal to 0')],
  ['$exp', real(Math.exp, anyNumber, '')],
  ['$ln', real(Math.log, (value) => value > 0, 'a positive number')],
  ['$log10', real(Math.log10, (value) => value > 0, 'a positive number')],
  ['$sin', real(Math.sin, Number.isFinite, 'finite')],
  ['$cos', real(Math.cos, Number.isFinite, 'finite')],
  ['$tan', real(Math.tan, Number.isFinite, 'finite')],
  ['$asin', real(Math.asin, (value) => Math.abs(value) <= 1, 'in [-1,1]')],
  ['$acos', real(Math.acos, (value) => Math.abs(value) <= 1, 'in [-1,1]')],
  ['$atan', real(Math.atan, anyNumber, '')],
  ['$atan2', pair('$atan2', (a, b) => new Double(Math.atan2(toDouble(a), toDouble(b))))],
  ['$degreesToRadians', real((value) => value * RADIANS, anyNumber, '')],
  ['$radiansToDegrees', real((value) => value / RADIANS, anyNumber, '')],
  ['$rand', variadic(() => new Double(Math.random()))],
]
