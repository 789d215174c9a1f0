import { ServerError } from '../server-error.js'
import { isNullish, namedArguments } from './expression-arguments.js'
import { describeValue } from './describe.js'
import { compile, type Environment, type Expression, type Operator, type Scope } from './expressions.js'
import { toDouble } from './numbers.js'
import { type Zone } from './time-zone.js'
import { isNumeric, typeName, type Document } from './values.js'

export function zoneOf(value: unknown): Zone {
  if (typeof value === 'string') return value
  throw new ServerError(40517, `timezone must evaluate to a string, found ${typeName(value)}`)
}

export interface Parts {
  has(name: string): boolean
  value(name: string): unknown
  zone(): Zone
}

/** An operator with named arguments. Null where a required one, or the zone, is null. */
export function named(
  required: readonly string[],
  optional: readonly string[],
  codes: { readonly shape: number; readonly unknown: number; readonly missing: number },
  apply: (parts: Parts) => unknown,
  mayBeNull: readonly string[] = [],
): Operator {
  return (operand, scope, name) => {
    const document = namedArguments(operand, name, { required, optional }, codes)
    const compiled = compileParts(document, scope)
    return (environment) => {
      const parts = partsIn(compiled, environment)
      const strict = [...required, 'timezone'].filter((part) => compiled.has(part) && !mayBeNull.includes(part))
      return strict.some((part) => isNullish(parts.value(part))) ? null : apply(parts)
    }
  }
}

function compileParts(document: Document, scope: Scope): ReadonlyMap<string, Expression> {
  return new Map(Object.keys(document).map((name) => [name, compile(document[name], scope)]))
}

function partsIn(compiled: ReadonlyMap<string, Expression>, environment: Environment): Parts {
  const value = (name: string): unknown => compiled.get(name)?.(environment)
  return { has: (name) => compiled.has(name), value, zone: () => zoneOf(value('timezone') ?? 'UTC') }
}

export function textPart(parts: Parts, name: string, code: number): string {
  const value = parts.value(name)
  if (typeof value === 'string') return value
  throw new ServerError(code, `${name} must evaluate to a string, found ${typeName(value)}`)
}

export function wholePart(parts: Parts, name: string, otherwise: number): number {
  const value = parts.value(name)
  if (value === undefined) return otherwise
  const number = isNumeric(value) ? toDouble(value) : Number.NaN
  if (Number.isInteger(number)) return number
  throw new ServerError(
    40515,
    `'${name}' must evaluate to an integer, found ${typeName(value)} with value ${describeValue(value)}`,
  )
}
