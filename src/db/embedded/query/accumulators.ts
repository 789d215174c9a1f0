import { Int32 } from 'bson'
import { hashKey } from './compare.js'
import { refusal } from './describe.js'
import { mergeDocuments } from './expression-arrays.js'
import { extremeOf } from './expression-numbers.js'
import { compileExpression, type Evaluate, type Scope } from './expressions.js'
import { Summation } from './summation.js'
import { isArray, isDocument } from './values.js'

/** Gathers the values of one group. */
export interface Gatherer {
  add(value: unknown): void
  result(): unknown
}

/** Keeps one value, which `next` chooses from the one kept and each new one. */
function keeping(next: (kept: unknown, value: unknown, count: number) => unknown): () => Gatherer {
  return () => {
    let kept: unknown
    let count = 0
    return {
      add: (value) => {
        kept = next(kept, value, count)
        count += 1
      },
      result: () => kept ?? null,
    }
  }
}

function summing(finish: (summation: Summation) => unknown): () => Gatherer {
  return () => {
    const summation = new Summation()
    return {
      add: (value) => {
        summation.add(value)
      },
      result: () => finish(summation),
    }
  }
}

function gathering(
  key: (value: unknown, count: number) => unknown,
  finish: (values: unknown[]) => unknown,
): () => Gatherer {
  return () => {
    const values = new Map<unknown, unknown>()
    return {
      add: (value) => {
        if (value === undefined) return
        const name = key(value, values.size)
        if (!values.has(name)) values.set(name, value)
      },
      result: () => finish([...values.values()]),
    }
  }
}

const GATHERERS = new Map<string, () => Gatherer>([
  ['$sum', summing((summation) => summation.sum())],
  ['$avg', summing((summation) => summation.average())],
  ['$first', keeping((kept, value, count) => (count === 0 ? value : kept))],
  ['$last', keeping((_kept, value) => value)],
  ['$min', keeping((kept, value) => extremeOf([kept, value], (order) => order < 0))],
  ['$max', keeping((kept, value) => extremeOf([kept, value], (order) => order > 0))],
  [
    '$push',
    gathering(
      (_value, count) => count,
      (values) => values,
    ),
  ],
  ['$addToSet', gathering(hashKey, (values) => values)],
  ['$mergeObjects', gathering((_value, count) => count, mergeDocuments)],
])

/** `{ $sum: expression }` and its like, of which every group has a gatherer of its own. */
export interface Accumulator {
  readonly evaluate: Evaluate
  readonly make: () => Gatherer
}

export function compileAccumulator(field: string, spec: unknown, scope: Scope): Accumulator {
  if (!isDocument(spec)) throw refusal(40234)`The field '${field}' must be an accumulator object`
  const [name = '', ...others] = Object.keys(spec)
  if (others.length > 0) throw refusal(40238)`The field '${field}' must specify one accumulator`
  const operand = spec[name]
  if (name === '$count' && isDocument(operand) && Object.keys(operand).length === 0)
    return compileAccumulator(field, { $sum: new Int32(1) }, scope)
  const make = GATHERERS.get(name)
  if (!make) throw refusal(15952)`unknown group operator '${name}'`
  const many = name === '$push' || name === '$addToSet'
  if (isArray(operand) && operand.length !== 1 && !many)
    throw refusal(40237)`The ${name} accumulator is a unary operator`
  return { evaluate: compileExpression(isArray(operand) && !many ? operand[0] : operand, scope), make }
}
