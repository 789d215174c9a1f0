import { Decimal128, Double, Int32, Long } from 'bson'
import { ServerError } from '../server-error.js'
import { compareValues } from './compare.js'
import {
  decimalOf,
  divideDecimals,
  remainderOf,
  roundDecimal,
  toDecimal128,
  type Decimal,
  type Rounding,
} from './decimal.js'
import { binary, isNullish, ranged, unary, variadic } from './expression-arguments.js'
import type { Operator } from './expressions.js'
import {
  combineNumbers,
  decimalNumber,
  numberKind,
  toBigInt,
  toDouble,
  widerKind,
  wholeNumber,
  type Arithmetic,
} from './numbers.js'
import { averageOf, deviationOf, sumOf } from './summation.js'
import { isArray, isNumeric, typeName } from './values.js'

const TYPE_MISMATCH = 14

function combine(operation: Arithmetic, a: unknown, b: unknown): unknown {
  const result = combineNumbers(operation, a, b)
  if (result !== undefined) return result
  return new Double(operation === 'add' ? toDouble(a) + toDouble(b) : toDouble(a) * toDouble(b))
}

function add(values: readonly unknown[]): unknown {
  if (values.some(isNullish)) return null
  const dates = values.filter((value) => value instanceof Date)
  if (dates.length > 1) throw new ServerError(16612, 'only one date allowed in an $add expression')
  const other = values.find((value) => !(value instanceof Date) && !isNumeric(value))
  if (other !== undefined) {
    throw new ServerError(TYPE_MISMATCH, `$add only supports numeric or date types, not ${typeName(other)}`)
  }
  const numbers = values.filter((value) => !(value instanceof Date))
  const total = numbers.length > 1 ? sumOf(numbers) : (numbers[0] ?? new Int32(0))
  const [date] = dates
  return date instanceof Date ? movedDate(date, toDouble(total)) : total
}

function movedDate(date: Date, milliseconds: number): Date {
  return new Date(date.getTime() + Math.round(milliseconds))
}

function subtract(a: unknown, b: unknown): unknown {
  if (isNullish(a) || isNullish(b)) return null
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime())
  if (a instanceof Date && isNumeric(b)) return movedDate(a, -toDouble(b))
  if (!isNumeric(a) || !isNumeric(b)) {
    throw new ServerError(TYPE_MISMATCH, `can't $subtract ${typeName(b)} from ${typeName(a)}`)
  }
  if (numberKind(b) === 'double' || numberKind(a) === 'double') {
    if (numberKind(a) !== 'decimal' && numberKind(b) !== 'decimal') return new Double(toDouble(a) - toDouble(b))
  }
  return combine('add', a, combine('multiply', b, new Int32(-1)))
}

function multiply(values: readonly unknown[]): unknown {
  if (values.some(isNullish)) return null
  const other = values.find((value) => !isNumeric(value))
  if (other !== undefined) {
    throw new ServerError(TYPE_MISMATCH, `$multiply only supports numeric types, not ${typeName(other)}`)
  }
  return values.reduce((product, value) => combine('multiply', product, value), new Int32(1))
}

export function pair(name: string, apply: (a: unknown, b: unknown) => unknown): Operator {
  return binary((a, b) => {
    if (isNullish(a) || isNullish(b)) return null
    if (isNumeric(a) && isNumeric(b)) return apply(a, b)
    const code = name === '$mod' ? 16611 : TYPE_MISMATCH
    throw new ServerError(code, `${name} only supports numeric types, not ${typeName(a)} and ${typeName(b)}`)
  })
}

export function isDecimal(value: unknown): value is Decimal128 {
  return value instanceof Decimal128
}

function divide(a: unknown, b: unknown): unknown {
  if (toDouble(b) === 0) throw new ServerError(2, "can't $divide by zero")
  if (isDecimal(a) || isDecimal(b)) return toDecimal128(divideDecimals(decimalNumber(a), decimalNumber(b)))
  return new Double(toDouble(a) / toDouble(b))
}

function modulo(a: unknown, b: unknown): unknown {
  if (toDouble(b) === 0) throw new ServerError(16610, "can't $mod by zero")
  if (isDecimal(a) || isDecimal(b)) return toDecimal128(remainderOf(decimalNumber(a), decimalNumber(b)))
  const kind = widerKind(numberKind(a) ?? 'int', numberKind(b) ?? 'int')
  if (kind === 'double') return new Double(toDouble(a) % toDouble(b))
  return wholeNumber(toBigInt(a) % toBigInt(b), kind === 'long' ? 'long' : 'int')
}

/** An operator on one number: whole numbers, doubles and decimals each in their own way; null stays null. */
function numeric(
  whole: (value: unknown) => unknown,
  double: (value: number) => number,
  decimal: (value: Decimal) => Decimal,
): Operator {
  return unary((value, name) => {
    if (isNullish(value)) return null
    if (!isNumeric(value)) {
      throw new ServerError(28765, `${name} only supports numeric types, not ${typeName(value)}`)
    }
    if (isDecimal(value)) return toDecimal128(decimal(decimalOf(value)))
    return numberKind(value) === 'double' ? new Double(double(toDouble(value))) : whole(value)
  })
}

function absolute(value: unknown): unknown {
  return toDouble(value) < 0 ? combine('multiply', value, new Int32(-1)) : value
}

function negativeToPositive(value: Decimal): Decimal {
  return value.coefficient < 0n
    ? { ...value, coefficient: -value.coefficient, ...(value.special ? { special: 'Infinity' } : {}) }
    : value
}

/** `$round` (half to even) and `$trunc`, to a number of places. Doubles are taken by their exact decimal value. */
function rounding(mode: Rounding): Operator {
  return (operand, scope, name) =>
    ranged(1, 2, ([value, places]) => {
      if (isNullish(value) || places === null) return null
      if (!isNumeric(value)) throw new ServerError(51081, `${name} only supports numeric types, not ${typeName(value)}`)
      const to = places === undefined ? 0 : toDouble(places)
      if (!Number.isInteger(to)) throw new ServerError(51082, `precision argument to  ${name} must be a integral value`)
      if (to < -20 || to > 100) {
        throw new ServerError(51083, `cannot apply ${name} with precision value ${to} value must be in [-20, 100]`)
      }
      return roundTo(value, to, mode)
    })(operand, scope, name)
}

function roundTo(value: unknown, places: number, mode: Rounding): unknown {
  const kind = numberKind(value) ?? 'double'
  const rounded = roundDecimal(decimalNumber(value), places, mode)
  if (kind === 'decimal') return toDecimal128(rounded)
  if (kind === 'double') {
    const double = toDouble(value)
    return Number.isFinite(double) ? new Double(toDouble(toDecimal128(rounded)) || double * 0) : value
  }
  if (places >= 0) return value
  const whole = rounded.coefficient * 10n ** BigInt(Math.max(0, rounded.exponent))
  const result = wholeNumber(whole, kind)
  if (result === undefined) throw new ServerError(51080, 'invalid conversion from Decimal128 result in $round')
  return result
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
    if (isNullish(value)) continue
    if (best === undefined || isBetter(compareValues(value, best))) best = value
  }
  return best ?? null
}

export const NUMBER_OPERATORS: readonly (readonly [string, Operator])[] = [
  ['$add', variadic(add)],
  ['$subtract', binary(subtract)],
  ['$multiply', variadic(multiply)],
  ['$divide', pair('$divide', divide)],
  ['$mod', pair('$mod', modulo)],
  ['$abs', numeric(absolute, Math.abs, negativeToPositive)],
  [
    '$ceil',
    numeric(
      (value) => value,
      Math.ceil,
      (value) => roundDecimal(value, 0, 'ceil'),
    ),
  ],
  [
    '$floor',
    numeric(
      (value) => value,
      Math.floor,
      (value) => roundDecimal(value, 0, 'floor'),
    ),
  ],
  ['$round', rounding('even')],
  ['$trunc', rounding('trunc')],
  ['$sum', overItems(sumOf)],
  ['$avg', overItems(averageOf)],
  ['$min', overItems((values) => extremeOf(values, (order) => order < 0))],
  ['$max', overItems((values) => extremeOf(values, (order) => order > 0))],
  ['$stdDevPop', overItems((values) => deviationOf(values, false))],
  ['$stdDevSamp', overItems((values) => deviationOf(values, true))],
]
