import { refusal } from './describe.js'
import { ARRAY_OPERATORS } from './expression-arrays.js'
import { bridgedOperator } from './expression-bridge.js'
import { CONDITION_OPERATORS } from './expression-conditions.js'
import { NUMBER_OPERATORS } from './expression-numbers.js'
import type { Operator } from './expressions.js'

let operators: ReadonlyMap<string, Operator> | undefined

/** Looked up late: operators and expressions know each other. */
export function operatorNamed(name: string): Operator {
  operators ??= new Map([...CONDITION_OPERATORS, ...NUMBER_OPERATORS, ...ARRAY_OPERATORS])
  const operator = operators.get(name) ?? bridgedOperator(name)
  if (!operator) throw refusal(168)`Unrecognized expression '${name}'`
  return operator
}
