import { Double, Int32, Long } from 'bson'
import { compareValues } from './compare.js'
import { decimalOf } from './decimal.js'
import { badValue, refusal, typeMismatch } from './describe.js'
import { binary, isNullish, variadic } from './expression-arguments.js'
import type { Operator } from './expressions.js'
import {
  combineNumbers,
  inDoubles,
  numberKind,
  toBigInt,
  toDouble,
  widerKind,
  wholeNumber,
  type Arithmetic,
} from './numbers.js'
import { summed } from './summation.js'
import { isArray, isNumeric, typeName } from './values.js'

const TYPE_MISMATCH = 14

function combine(operation: Arithmetic, a: unknown, b: unknown): unknown {
  return combineNumbers(operation, a, b) ?? new Double(inDoubles(operation, toDouble(a), toDouble(b)))
}

function add(values: readonly unknown[]): unknown {
  if (values.some(isNullish)) return null
  const dates = values.filter((value) => value instanceof Date)
  if (dates.length > 1) throw refusal(16612)`only one date allowed in an $add expression`
  const numbers = values.filter((value) => !(value instanceof Date))
  checkNumbers(numbers, '$add only supports numeric or date types, not')
  const total = summed(numbers).sum()
  const [date] = dates
  return date instanceof Date ? new Date(date.getTime() + Math.round(toDouble(total))) : total
}

function checkNumbers(values: readonly unknown[], message: string): void {
  const other = values.find((value) => !isNumeric(value))
  if (other !== undefined) throw typeMismatch`${message} ${typeName(other)}`
}

function subtract(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime())
  if (a instanceof Date && isNumeric(b)) return new Date(a.getTime() - Math.round(toDouble(b)))
  if (!isNumeric(a) || !isNumeric(b)) throw typeMismatch`can't $subtract ${typeName(b)} from ${typeName(a)}`
  return combine('add', a, combine('multiply', b, new Int32(-1)))
}

function multiply(values: readonly unknown[]): unknown {
  if (values.some(isNullish)) return null
  checkNumbers(values, '$multiply only supports numeric types, not')
  return values.reduce((product, value) => combine('multiply', product, value), new Int32(1))
}

function pair(name: string, apply: (a: unknown, b: unknown) => unknown): Operator {
  return binary((a, b) => {
    if (isNullish(a) || isNullish(b)) return null
    if (numberKind(a) && numberKind(b)) return apply(a, b)
    const code = name === '$mod' ? 16611 : TYPE_MISMATCH
    throw refusal(code)`${name} only supports numeric types, not ${typeName(a)} and ${typeName(b)}`
  })
}

function divide(a: unknown, b: unknown): unknown {
  if (toDouble(b) === 0) throw badValue`can't $divide by zero`
  return new Double(toDouble(a) / toDouble(b))
}

function modulo(a: unknown, b: unknown): unknown {
  if (toDouble(b) === 0) throw refusal(16610)`can't $mod by zero`
  const kind = widerKind(numberKind(a) ?? 'int', numberKind(b) ?? 'int')
  return kind === 'double' ? new Double(toDouble(a) % toDouble(b)) : wholeNumber(toBigInt(a) % toBigInt(b), kind)
}

/** `$round` (half to even) and `$trunc`, to a number of places; doubles are taken by their exact decimal value. */
function rounding(halfUp: boolean): Operator {
  return variadic(([value, places = new Int32(0)]) => {
    if (isNullish(value) || isNullish(places)) return null
    const digits = toDouble(places)
    if (numberKind(value) !== 'double') {
      if (numberKind(value) && digits >= 0) return value
      throw refusal(
        51081,
      )`$round and $trunc only support doubles, and whole numbers to whole places, not ${typeName(value)}`
    }
    const decimal = decimalOf(toDouble(value))
    if (typeof decimal === 'number' || decimal.exponent >= -digits) return value
    const unit = 10n ** BigInt(-digits - decimal.exponent)
    const whole = decimal.coefficient / unit
    const rest = (decimal.coefficient % unit) * (decimal.coefficient < 0n ? -2n : 2n)
    const up =
      halfUp && (rest > unit || (rest === unit && whole % 2n !== 0n)) ? (decimal.coefficient < 0n ? -1n : 1n) : 0n
    return new Double(Number(`${(whole + up).toString()}e${-digits}`) || toDouble(value) * 0)
  })
}

/** Accumulators as expressions: over the items of one array, or over the arguments. */
function overItems(accumulate: (values: readonly unknown[]) => unknown): Operator {
  return variadic((values) => {
    const [only] = values
    return accumulate(values.length === 1 && isArray(only) ? only : values)
  })
}

export function extremeOf(values: Iterable<unknown>, isBetter: (order: number) => boolean): unknown {
  let best: unknown
  for (const value of values) {
    if (!isNullish(value) && (best === undefined || isBetter(compareValues(value, best)))) best = value
  }
  return best ?? null
}

export const NUMBER_OPERATORS: readonly (readonly [string, Operator])[] = [
  ['$add', variadic(add)],
  ['$subtract', binary(subtract)],
  ['$multiply', variadic(multiply)],
  ['$divide', pair('$divide', divide)],
  ['$mod', pair('$mod', modulo)],
  ['$round', rounding(true)],
  ['$trunc', rounding(false)],
  ['$sum', overItems((values) => summed(values).sum())],
  ['$avg', overItems((values) => summed(values).average())],
  ['$min', overItems((values) => extremeOf(values, (order) => order < 0))],
  ['$max', overItems((values) => extremeOf(values, (order) => order > 0))],
]
