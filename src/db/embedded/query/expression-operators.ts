import { ServerError } from '../server-error.js'
import { CONDITION_OPERATORS } from './expression-conditions.js'
import type { Operator } from './expressions.js'

const OPERATORS: ReadonlyMap<string, Operator> = new Map([...CONDITION_OPERATORS])

export function operatorNamed(name: string): Operator {
  const operator = OPERATORS.get(name)
  if (!operator) throw new ServerError(168, `Unrecognized expression '${name}'`)
  return operator
}
