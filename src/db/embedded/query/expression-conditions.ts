import { Int32 } from 'bson'
import { ServerError } from '../server-error.js'
import { toBoolean } from './coerce.js'
import { compareValues } from './compare.js'
import { binary, compileArguments, isNullish, unary } from './expression-arguments.js'
import { compile, withInner, type Expression, type Operator } from './expressions.js'
import { isArray, isDocument, type Document } from './values.js'

function comparison(holds: (order: number) => boolean): Operator {
  return binary((a, b) => holds(compareValues(a, b)))
}

const and: Operator = (operand, scope) => {
  const items = compileArguments(operand, scope)
  return (environment) => items.every((item) => toBoolean(item(environment)))
}

const or: Operator = (operand, scope) => {
  const items = compileArguments(operand, scope)
  return (environment) => items.some((item) => toBoolean(item(environment)))
}

const cond: Operator = (operand, scope, name) => {
  const [condition, then, otherwise] = condParts(operand, name).map((part) => compile(part, scope))
  if (!condition || !then || !otherwise) {
    throw new ServerError(
      16020,
      `Expression $cond takes exactly 3 arguments. ${condParts(operand, name).length} were passed in.`,
    )
  }
  return (environment) => (toBoolean(condition(environment)) ? then(environment) : otherwise(environment))
}

function condParts(operand: unknown, name: string): readonly unknown[] {
  if (!isDocument(operand)) return isArray(operand) ? operand : [operand]
  const unknown = Object.keys(operand).find((field) => !['if', 'then', 'else'].includes(field))
  if (unknown !== undefined) throw new ServerError(17083, `Unrecognized parameter to ${name}: ${unknown}`)
  for (const [index, field] of ['if', 'then', 'else'].entries()) {
    if (!(field in operand)) throw new ServerError(17080 + index, `Missing '${field}' parameter to ${name}`)
  }
  return [operand['if'], operand['then'], operand['else']]
}

const ifNull: Operator = (operand, scope) => {
  const items = compileArguments(operand, scope)
  if (items.length < 2) {
    throw new ServerError(1257300, `$ifNull needs at least two arguments, had: ${items.length}`)
  }
  return (environment) => {
    let value: unknown
    for (const item of items) {
      value = item(environment)
      if (!isNullish(value)) return value
    }
    return value
  }
}

const switchOperator: Operator = (operand, scope) => {
  if (!isDocument(operand)) {
    throw new ServerError(40060, `$switch requires an object as an argument, found: ${typeof operand}`)
  }
  const { branches, default: otherwise, ...rest } = operand
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) throw new ServerError(40067, `$switch found an unknown argument: ${unknown}`)
  if (!isArray(branches)) throw new ServerError(40061, "$switch expected an array for 'branches'")
  const compiled = branches.map((branch): [Expression, Expression] => {
    const { case: when, then } = branchParts(branch)
    return [compile(when, scope), compile(then, scope)]
  })
  if (compiled.length === 0) throw new ServerError(40068, '$switch requires at least one branch.')
  const last = 'default' in operand ? compile(otherwise, scope) : undefined
  return (environment) => {
    for (const [when, then] of compiled) if (toBoolean(when(environment))) return then(environment)
    if (last) return last(environment)
    throw new ServerError(40066, '$switch could not find a matching branch for an input, and no default was specified.')
  }
}

function branchParts(branch: unknown): Document {
  if (!isDocument(branch)) throw new ServerError(40062, '$switch expected each branch to be an object')
  const unknown = Object.keys(branch).find((field) => field !== 'case' && field !== 'then')
  if (unknown !== undefined) throw new ServerError(40063, `$switch found an unknown argument to a branch: ${unknown}`)
  if (!('case' in branch)) throw new ServerError(40064, "$switch requires each branch have a 'case' expression")
  if (!('then' in branch)) throw new ServerError(40065, "$switch requires each branch have a 'then' expression.")
  return branch
}

const letOperator: Operator = (operand, scope) => {
  if (!isDocument(operand)) throw new ServerError(16874, '$let only supports an object as its argument')
  const unknown = Object.keys(operand).find((field) => field !== 'vars' && field !== 'in')
  if (unknown !== undefined) throw new ServerError(16875, `Unrecognized parameter to $let: ${unknown}`)
  const { vars, in: body } = operand
  if (!('vars' in operand)) throw new ServerError(16876, "Missing 'vars' parameter to $let")
  if (!('in' in operand)) throw new ServerError(16877, "Missing 'in' parameter to $let")
  if (!isDocument(vars)) throw new ServerError(10065, 'invalid parameter: expected an object (vars)')
  const names = Object.keys(vars).map(checkVariableName)
  const values = names.map((name) => compile(vars[name], scope))
  const inside = compile(body, withInner(scope, names))
  return (environment) => {
    const added = Object.fromEntries(names.map((name, index) => [name, values[index]?.(environment)]))
    return inside({ root: environment.root, variables: { ...environment.variables, ...added } })
  }
}

/** Names of users' variables start with a small letter; the others are the system's. */
export function checkVariableName(name: string): string {
  if (name === 'CURRENT' || /^[a-z\u0080-\uffff]/.test(name)) return name
  throw new ServerError(9, `'${name}' starts with an invalid character for a user variable name`)
}

const literal: Operator = (operand) => () => operand

export const CONDITION_OPERATORS: readonly (readonly [string, Operator])[] = [
  ['$eq', comparison((order) => order === 0)],
  ['$ne', comparison((order) => order !== 0)],
  ['$gt', comparison((order) => order > 0)],
  ['$gte', comparison((order) => order >= 0)],
  ['$lt', comparison((order) => order < 0)],
  ['$lte', comparison((order) => order <= 0)],
  ['$cmp', binary((a, b) => new Int32(compareValues(a, b)))],
  ['$and', and],
  ['$or', or],
  ['$not', unary((value) => !toBoolean(value))],
  ['$cond', cond],
  ['$ifNull', ifNull],
  ['$switch', switchOperator],
  ['$let', letOperator],
  ['$literal', literal],
  ['$const', literal],
]
