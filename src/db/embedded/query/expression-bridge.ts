import { Double, Int32, Long } from 'bson'
import { createRequire } from 'node:module'
import { refusal } from './describe.js'
import { isNullish } from './expression-arguments.js'
import { compile, type Operator } from './expressions.js'
import { toDouble } from './numbers.js'
import { isArray, isDocument, isNumeric, type Document } from './values.js'

/**
 * The long tail of expressions is mingo's, for operators on texts, dates and plain numbers that give what MongoDB gives.
 * Values go over as JavaScript's own and come back with the type that MongoDB gives the result of each operator.
 */
const RESULTS: Readonly<Record<'int' | 'long' | 'double' | 'same' | 'other', string>> = {
  int: '$year $month $dayOfMonth $dayOfWeek $dayOfYear $hour $minute $second $millisecond $isoWeek',
  long: '$dateDiff',
  double: '$exp',
  same: '$abs $ceil $floor',
  other: '$substrCP $split $trim $ltrim $rtrim $replaceOne $replaceAll $dateToString',
}
const KINDS = new Map(Object.entries(RESULTS).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind])))

type MingoOperator = (document: Document, operand: unknown, options: object) => unknown

/** mingo is read when the first of its operators is asked for: most databases never need it. */
function mingoOperator(name: string): MingoOperator {
  const operators = createRequire(import.meta.url)('mingo/operators/expression') as Readonly<
    Record<string, MingoOperator>
  >
  const operator = operators[name]
  if (!operator) throw refusal(168)`Unrecognized expression '${name}'`
  return operator
}

export function bridgedOperator(name: string): Operator | undefined {
  const kind = KINDS.get(name)
  if (kind === undefined) return undefined
  const apply = mingoOperator(name)
  return (operand, scope) => {
    const evaluate = compile(operand, scope)
    return (environment) => {
      const value = evaluate(environment)
      if (isNullish(value)) return null
      try {
        return toTyped(applyToFields(apply, toPlain(value)), kind, isArray(value) ? value[0] : value)
      } catch (error) {
        throw refusal(2)`${name}: ${error instanceof Error ? error.message : 'failed'}`
      }
    }
  }
}

/** The arguments are handed over as fields of a document, so that none of them is taken for an expression. */
function applyToFields(apply: MingoOperator, given: unknown): unknown {
  if (isArray(given)) {
    const paths = given.map((_, index) => `$${index}`)
    return apply(Object.fromEntries(given.entries()), paths, {})
  }
  if (!isDocument(given)) return apply({ given }, '$given', {})
  // It knows no name for UTC, which it works in anyway, and gets these parts of dates wrong.
  if (/%[wGU]/.test(String(given['format']))) throw new Error('%w, %G and %U are not supported')
  const names = Object.keys(given).filter((field) => field !== 'timezone' || given[field] !== 'UTC')
  return apply(given, Object.fromEntries(names.map((field) => [field, `$${field}`])), {})
}

function toPlain(value: unknown): unknown {
  if (isArray(value)) return value.map(toPlain)
  if (isDocument(value)) return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, toPlain(field)]))
  if (!isNumeric(value)) return value
  const number = toDouble(value)
  if (value instanceof Double || value instanceof Int32 || Number.isSafeInteger(number)) return number
  throw refusal(115)`numbers of more than 53 bits are not supported by this operator`
}

function toTyped(value: unknown, kind: string, operand: unknown): unknown {
  if (isNullish(value) || typeof value !== 'number') return value ?? null
  if (kind === 'long' || (kind === 'same' && operand instanceof Long)) return Long.fromNumber(value)
  return kind === 'int' || (kind === 'same' && !(operand instanceof Double)) ? new Int32(value) : new Double(value)
}
