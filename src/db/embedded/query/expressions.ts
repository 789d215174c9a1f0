import { describeDocument, failedToParse, refusal } from './describe.js'
import { operatorNamed } from './expression-operators.js'
import { toBoolean } from './numbers.js'
import { getField, isArray, isDocument, setField, type Document } from './values.js'

/** Values of variables by name, without the dollars. */
export type Variables = Readonly<Record<string, unknown>>

/** What an expression is evaluated in: the document and the variables that `$let` and its like added. */
export interface Environment {
  readonly root: unknown
  readonly variables: Variables
}

export type Expression = (environment: Environment) => unknown
export type Evaluate<T = unknown> = (root: Document) => T

/** What is known when an expression is compiled: outer variables with their values, inner ones by name. */
export interface Scope {
  readonly variables: Variables
  readonly inner: ReadonlySet<string>
  /** Gathers the names of the fields that expressions read, `*` if one reads whole documents. */
  readonly reads?: Set<string>
}

/** Compiles the operand of an operator. */
export type Operator = (operand: unknown, scope: Scope, name: string) => Expression

const SYSTEM = new Set(['ROOT', 'CURRENT', 'REMOVE', 'NOW'])

/** The scope of a command: `let` gives its variables as expressions, which see no document. */
export function createScope(variables: Variables = {}, now: Date = new Date()): Scope {
  const scope: Scope = { variables: { NOW: now }, inner: new Set() }
  const values = Object.entries(variables).map(([name, value]) => [name, compileExpression(value, scope)({})] as const)
  return withVariables(scope, Object.fromEntries(values))
}

export function withVariables(scope: Scope, variables: Variables): Scope {
  return { ...scope, variables: { ...scope.variables, ...variables } }
}

export function withInner(scope: Scope, names: readonly string[]): Scope {
  return { ...scope, inner: new Set([...scope.inner, ...names]) }
}

/** Compiles an expression into a function of a document; `undefined` is a missing value. */
export function compileExpression(expression: unknown, scope: Scope = createScope()): Evaluate {
  const compiled = compile(expression, scope)
  const { variables } = scope
  return (root) => compiled({ root, variables })
}

export function compilePredicate(expression: unknown, scope?: Scope): Evaluate<boolean> {
  const evaluate = compileExpression(expression, scope)
  return (root) => toBoolean(evaluate(root))
}

export function compile(expression: unknown, scope: Scope): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression, scope)
  if (isArray(expression)) {
    const items = expression.map((item) => compile(item, scope))
    return (environment) => items.map((item) => item(environment) ?? null)
  }
  return isDocument(expression) ? compileDocument(expression, scope) : () => expression
}

function compileDocument(document: Document, scope: Scope): Expression {
  const names = Object.keys(document)
  const operator = names.find((name) => name.startsWith('$'))
  if (operator !== undefined) {
    if (names.length > 1) {
      throw refusal(
        15983,
      )`An object representing an expression must have exactly one field: ${describeDocument(document)}`
    }
    return operatorNamed(operator)(document[operator], scope, operator)
  }
  const fields = names.map((name): [string, Expression] => [checkFieldName(name), compile(document[name], scope)])
  return (environment) => {
    const result: Document = {}
    for (const [name, field] of fields) {
      const value = field(environment)
      if (value !== undefined) setField(result, name, value)
    }
    return result
  }
}

function checkFieldName(name: string): string {
  if (name === '') throw refusal(15998)`FieldPath field names may not be empty strings.`
  if (name.includes('.'))
    throw refusal(16412)`FieldPath field names may not contain '.'. Consider using $getField or $setField.`
  return name
}

function compilePath(text: string, scope: Scope): Expression {
  if (!text.startsWith('$$')) {
    const names = pathNames(text.slice(1))
    scope.reads?.add(names[0] ?? '*')
    if (scope.inner.has('CURRENT')) return (environment) => valueAt(environment.variables['CURRENT'], names, 0)
    return (environment) => valueAt(environment.root, names, 0)
  }
  const [name = '', ...rest] = pathNames(text.slice(2))
  if (name === '') throw failedToParse`empty variable names are not allowed`
  if (!scope.inner.has(name) && !SYSTEM.has(name) && !(name in scope.variables))
    throw refusal(17276)`Use of undefined variable: ${name}`
  if (name === 'REMOVE') return () => undefined
  if (name === 'ROOT' || (name === 'CURRENT' && !scope.inner.has(name))) {
    scope.reads?.add(rest[0] ?? '*')
    return (environment) => valueAt(environment.root, rest, 0)
  }
  return (environment) => valueAt(environment.variables[name], rest, 0)
}

function pathNames(path: string): readonly string[] {
  if (path === '') throw refusal(16872)`'$' by itself is not a valid FieldPath`
  if (path.endsWith('.')) throw refusal(40353)`FieldPath must not end with a '.'.`
  const names = path.split('.')
  if (names.includes('')) throw refusal(15998)`FieldPath field names may not be empty strings.`
  const dollar = names.slice(1).find((name) => name.startsWith('$'))
  if (dollar !== undefined)
    throw refusal(16410)`FieldPath field names may not start with '$'. Consider using $getField or $setField.`
  return names
}

/** The value at a path. An array on the way gives the array of what its documents have there. */
export function valueAt(value: unknown, names: readonly string[], from: number): unknown {
  let current = value
  for (let at = from; at < names.length; at += 1) {
    if (isArray(current)) return current.filter(isDocument).flatMap((item) => present(valueAt(item, names, at)))
    if (!isDocument(current)) return undefined
    current = getField(current, names[at] ?? '')
  }
  return current
}

function present(value: unknown): readonly unknown[] {
  return value === undefined ? [] : [value]
}
