import { Int32 } from 'bson'
import { compareValues } from './compare.js'
import { refusal } from './describe.js'
import {
  binary,
  checkVariableName,
  compileArguments,
  isNullish,
  namedArguments,
  unary,
} from './expression-arguments.js'
import { compile, withInner, type Operator } from './expressions.js'
import { toBoolean } from './numbers.js'
import { isArray, isDocument } from './values.js'

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

const COND = { required: ['if', 'then', 'else'] }

const cond: Operator = (operand, scope, name) => {
  const named = isDocument(operand)
    ? namedArguments(operand, name, COND, { shape: 17080, unknown: 17083, missing: 17080 })
    : undefined
  const parts = named ? COND.required.map((part) => named[part]) : isArray(operand) ? operand : [operand]
  const [condition, then, otherwise] = parts.map((part) => compile(part, scope))
  if (!condition || !then || !otherwise || parts.length > 3)
    throw refusal(16020)`Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`
  return (environment) => (toBoolean(condition(environment)) ? then(environment) : otherwise(environment))
}

const ifNull: Operator = (operand, scope) => {
  const items = compileArguments(operand, scope)
  if (items.length < 2) throw refusal(1257300)`$ifNull needs at least two arguments, had: ${items.length}`
  return (environment) => {
    let value: unknown
    for (const item of items) {
      value = item(environment)
      if (!isNullish(value)) return value
    }
    return value
  }
}

const switchOperator: Operator = (operand, scope, name) => {
  const codes = { shape: 40060, unknown: 40067, missing: 40068 }
  const { branches, ...rest } = namedArguments(operand, name, { required: ['branches'], optional: ['default'] }, codes)
  if (!isArray(branches)) throw refusal(40061)`$switch expected an array for 'branches', found: object`
  if (branches.length === 0) throw refusal(40068)`$switch requires at least one branch.`
  const compiled = branches.map((branch) => {
    const parts = namedArguments(
      branch,
      name,
      { required: ['case', 'then'] },
      { shape: 40062, unknown: 40063, missing: 40064 },
    )
    return { when: compile(parts['case'], scope), then: compile(parts['then'], scope) }
  })
  const otherwise = 'default' in rest ? compile(rest['default'], scope) : undefined
  return (environment) => {
    const chosen = compiled.find(({ when }) => toBoolean(when(environment)))?.then ?? otherwise
    if (chosen) return chosen(environment)
    throw refusal(40066)`$switch could not find a matching branch for an input, and no default was specified.`
  }
}

const letOperator: Operator = (operand, scope, name) => {
  const codes = { shape: 16874, unknown: 16875, missing: 16876 }
  const { vars, in: body } = namedArguments(operand, name, { required: ['vars', 'in'] }, codes)
  if (!isDocument(vars)) throw refusal(10065)`invalid parameter: expected an object (vars)`
  const values = Object.keys(vars).map((key) => ({ key: checkVariableName(key), value: compile(vars[key], scope) }))
  const inside = compile(body, withInner(scope, Object.keys(vars)))
  return (environment) => {
    const added = Object.fromEntries(values.map(({ key, value }) => [key, value(environment)]))
    return inside({ root: environment.root, variables: { ...environment.variables, ...added } })
  }
}

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
  ['$literal', (operand) => () => operand],
]
