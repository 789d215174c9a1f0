import { ServerError } from '../server-error.js'
import { compile, type Environment, type Expression, type Operator, type Scope } from './expressions.js'
import { isArray, isDocument, type Document } from './values.js'

/** Ways in which operators take their operands. A single argument may stand without its array. */
export function compileArguments(operand: unknown, scope: Scope): readonly Expression[] {
  return (isArray(operand) ? operand : [operand]).map((item) => compile(item, scope))
}

type Evaluated = readonly unknown[]

/** An operator with a number of arguments between `least` and `most`. */
export function ranged(
  least: number,
  most: number,
  apply: (values: Evaluated, environment: Environment) => unknown,
): Operator {
  return (operand, scope, name) => {
    const items = compileArguments(operand, scope)
    if (items.length < least || items.length > most) throw wrongCount(name, least, most, items.length)
    return (environment) =>
      apply(
        items.map((item) => item(environment)),
        environment,
      )
  }
}

function wrongCount(name: string, least: number, most: number, count: number): ServerError {
  return least === most
    ? new ServerError(16020, `Expression ${name} takes exactly ${least} arguments. ${count} were passed in.`)
    : new ServerError(
        28667,
        `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${count} were passed in.`,
      )
}

export function unary(apply: (value: unknown, name: string) => unknown): Operator {
  return (operand, scope, name) => ranged(1, 1, ([value]) => apply(value, name))(operand, scope, name)
}

export function binary(apply: (a: unknown, b: unknown) => unknown): Operator {
  return ranged(2, 2, ([a, b]) => apply(a, b))
}

export function variadic(apply: (values: Evaluated) => unknown): Operator {
  return ranged(0, Infinity, apply)
}

/** The named arguments of an operator that takes a document. `code` refuses what is not one, and unknown names. */
export function namedArguments(
  operand: unknown,
  name: string,
  known: { readonly required: readonly string[]; readonly optional?: readonly string[] },
  codes: { readonly shape: number; readonly unknown: number; readonly missing: number },
): Document {
  if (!isDocument(operand)) {
    throw new ServerError(codes.shape, `${name} only supports an object as its argument`)
  }
  for (const field of Object.keys(operand)) {
    if (!known.required.includes(field) && !known.optional?.includes(field)) {
      throw new ServerError(codes.unknown, `Unrecognized argument to ${name}: ${field}`)
    }
  }
  const missing = known.required.find((field) => !(field in operand))
  if (missing !== undefined) throw new ServerError(codes.missing, `Missing '${missing}' parameter to ${name}`)
  return operand
}

export function isNullish(value: unknown): boolean {
  return value === undefined || value === null
}
