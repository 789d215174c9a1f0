import { ServerError } from '../server-error.js'
import { failedToParse, refusal } from './describe.js'
import { compile, type Expression, type Operator, type Scope } from './expressions.js'
import { isArray, isDocument, type Document } from './values.js'

/** Ways in which operators take their operands. A single argument may stand without its array. */
export function compileArguments(operand: unknown, scope: Scope): readonly Expression[] {
  return (isArray(operand) ? operand : [operand]).map((item) => compile(item, scope))
}

export function variadic(apply: (values: readonly unknown[]) => unknown): Operator {
  return (operand, scope) => {
    const items = compileArguments(operand, scope)
    return (environment) => apply(items.map((item) => item(environment)))
  }
}

function exactly(count: number, apply: (values: readonly unknown[], name: string) => unknown): Operator {
  return (operand, scope, name) => {
    const given = isArray(operand) ? operand.length : 1
    if (given !== count)
      throw refusal(16020)`Expression ${name} takes exactly ${count} arguments. ${given} were passed in.`
    return variadic((values) => apply(values, name))(operand, scope, name)
  }
}

export function unary(apply: (value: unknown, name: string) => unknown): Operator {
  return exactly(1, ([value], name) => apply(value, name))
}

export function binary(apply: (a: unknown, b: unknown) => unknown): Operator {
  return exactly(2, ([a, b]) => apply(a, b))
}

/** The named arguments of an operator that takes a document; MongoDB has codes of its own for each of its refusals. */
export function namedArguments(
  operand: unknown,
  name: string,
  known: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  codes: { readonly shape: number; readonly unknown: number; readonly missing: number },
): Document {
  if (!isDocument(operand)) throw refusal(codes.shape)`${name} only supports an object as its argument`
  const extra = Object.keys(operand).find((field) => ![...known.required, ...(known.optional ?? [])].includes(field))
  if (extra !== undefined) throw refusal(codes.unknown)`Unrecognized parameter to ${name}: ${extra}`
  const [missing] = known.required.filter((field) => !(field in operand))
  if (missing === undefined) return operand
  throw new ServerError(codes.missing + known.required.indexOf(missing), `Missing '${missing}' parameter to ${name}`)
}

/** Names of users' variables start with a small letter; the others are the system's. */
export function checkVariableName(name: string): string {
  if (name === 'CURRENT' || /^[a-z\u0080-\uffff]/.test(name)) return name
  throw failedToParse`'${name}' starts with an invalid character for a user variable name`
}

export function isNullish(value: unknown): boolean {
  return value === undefined || value === null
}
