import { ServerError } from '../server-error.js'
import { ARRAY_OPERATORS } from './expression-arrays.js'
import { CONDITION_OPERATORS } from './expression-conditions.js'
import { CONVERSION_OPERATORS } from './expression-conversions.js'
import { DATE_PART_OPERATORS } from './expression-date-parts.js'
import { DATE_OPERATORS } from './expression-dates.js'
import { MATH_OPERATORS } from './expression-math.js'
import { NUMBER_OPERATORS } from './expression-numbers.js'
import { OBJECT_OPERATORS } from './expression-objects.js'
import { PICK_OPERATORS } from './expression-picks.js'
import { STRING_OPERATORS } from './expression-strings.js'
import type { Operator } from './expressions.js'

const GROUPS = [
  CONDITION_OPERATORS,
  NUMBER_OPERATORS,
  STRING_OPERATORS,
  ARRAY_OPERATORS,
  OBJECT_OPERATORS,
  DATE_OPERATORS,
  DATE_PART_OPERATORS,
  MATH_OPERATORS,
  PICK_OPERATORS,
  CONVERSION_OPERATORS,
]

let operators: ReadonlyMap<string, Operator> | undefined

/** Looked up late: operators and expressions know each other. */
export function operatorNamed(name: string): Operator {
  operators ??= new Map(GROUPS.flat())
  const operator = operators.get(name)
  if (!operator) throw new ServerError(168, `Unrecognized expression '${name}'`)
  return operator
}
