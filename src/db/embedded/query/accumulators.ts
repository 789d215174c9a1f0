import { ServerError } from '../server-error.js'
import { hashKey } from './compare.js'
import { isNullish, namedArguments } from './expression-arguments.js'
import { countOperand, pickN } from './expression-picks.js'
import { extremeOf } from './expression-numbers.js'
import { mergeDocuments } from './expression-objects.js'
import { compile, compileExpression, type Evaluate, type Scope } from './expressions.js'
import { compileSort } from './sort.js'
import { deviationOf, int, Summation } from './summation.js'
import { isArray, isDocument, type Document } from './values.js'

/** Gathers the documents of one group. */
export interface Accumulator {
  add(document: Document): void
  result(): unknown
}

export type AccumulatorFactory = () => Accumulator

/** Compiles `{ $sum: expression }` and its like into a maker of accumulators, one for each group. */
export function compileAccumulator(field: string, spec: unknown, scope: Scope): AccumulatorFactory {
  if (!isDocument(spec)) throw new ServerError(40234, `The field '${field}' must be an accumulator object`)
  const [name = '', ...others] = Object.keys(spec)
  if (others.length > 0) throw new ServerError(40238, `The field '${field}' must specify one accumulator`)
  const operand = spec[name]
  if (name === '$count') return countDocuments(operand)
  if (name === '$top' || name === '$bottom' || name === '$topN' || name === '$bottomN')
    return ranked(name, operand, scope)
  if (/^\$(first|last|min|max)N$/.test(name)) return gatherN(name, operand, scope)
  if (isArray(operand) && operand.length !== 1 && name !== '$push' && name !== '$addToSet') {
    throw new ServerError(40237, `The ${name} accumulator is a unary operator`)
  }
  const evaluate = compileExpression(isArray(operand) && operand.length === 1 ? operand[0] : operand, scope)
  const make = accumulatorNamed(name, evaluate)
  if (!make) throw new ServerError(15952, `unknown group operator '${name}'`)
  return make
}

function accumulatorNamed(name: string, evaluate: Evaluate): AccumulatorFactory | undefined {
  switch (name) {
    case '$sum':
      return summing(evaluate, (summation) => summation.sum())
    case '$avg':
      return summing(evaluate, (summation) => summation.average())
    case '$first':
      return keeping(evaluate, (_kept, _value, count) => count === 0, null)
    case '$last':
      return keeping(evaluate, () => true, null)
    case '$min':
      return keeping(
        evaluate,
        (kept, value) => !isNullish(value) && extremeOf([kept, value], (order) => order < 0) === value,
        null,
      )
    case '$max':
      return keeping(
        evaluate,
        (kept, value) => !isNullish(value) && extremeOf([kept, value], (order) => order > 0) === value,
        null,
      )
    case '$push':
      return gathering(evaluate, (values) => values)
    case '$addToSet':
      return gatherSet(evaluate)
    case '$mergeObjects':
      return gathering(evaluate, mergeDocuments)
    case '$stdDevPop':
      return gathering(evaluate, (values) => deviationOf(values, false))
    case '$stdDevSamp':
      return gathering(evaluate, (values) => deviationOf(values, true))
    default:
      return undefined
  }
}

function summing(evaluate: Evaluate, finish: (summation: Summation) => unknown): AccumulatorFactory {
  return () => {
    const summation = new Summation()
    return {
      add: (document) => {
        summation.add(evaluate(document))
      },
      result: () => finish(summation),
    }
  }
}

function keeping(
  evaluate: Evaluate,
  replaces: (kept: unknown, value: unknown, count: number) => boolean,
  none: unknown,
): AccumulatorFactory {
  return () => {
    let kept: unknown
    let count = 0
    return {
      add: (document) => {
        const value = evaluate(document)
        if (replaces(kept, value, count)) kept = value
        count += 1
      },
      result: () => kept ?? none,
    }
  }
}

function gathering(evaluate: Evaluate, finish: (values: readonly unknown[]) => unknown): AccumulatorFactory {
  return () => {
    const values: unknown[] = []
    return {
      add: (document) => {
        const value = evaluate(document)
        if (value !== undefined) values.push(value)
      },
      result: () => finish(values),
    }
  }
}

function gatherSet(evaluate: Evaluate): AccumulatorFactory {
  return () => {
    const values = new Map<string, unknown>()
    return {
      add: (document) => {
        const value = evaluate(document)
        if (value === undefined) return
        const key = hashKey(value)
        if (!values.has(key)) values.set(key, value)
      },
      result: () => [...values.values()],
    }
  }
}

function countDocuments(operand: unknown): AccumulatorFactory {
  if (!isDocument(operand) || Object.keys(operand).length > 0) {
    throw new ServerError(9, '$count takes no arguments, i.e. $count:{}')
  }
  return () => {
    let count = 0
    return {
      add: () => {
        count += 1
      },
      result: () => int(count),
    }
  }
}

const N_CODES = { shape: 5787801, unknown: 5787901, missing: 5787906 }

function gatherN(name: string, operand: unknown, scope: Scope): AccumulatorFactory {
  const { n, input } = namedArguments(operand, name, { required: ['n', 'input'] }, N_CODES)
  const count = countOperand(compileExpression(n, scope)({}))
  const evaluate = compileExpression(input, scope)
  return gathering(
    (document) => evaluate(document) ?? null,
    (values) => pickN(name, values, count),
  )
}

function ranked(name: string, operand: unknown, scope: Scope): AccumulatorFactory {
  const many = name.endsWith('N')
  const required = many ? ['n', 'sortBy', 'output'] : ['sortBy', 'output']
  const { n, sortBy, output } = namedArguments(operand, name, { required }, N_CODES)
  if (!isDocument(sortBy))
    throw new ServerError(10065, `expected 'sortBy' to already be an object in the arguments to ${name}`)
  const sort = compileSort(sortBy)
  const evaluate = compile(output, scope)
  const count = many ? countOperand(compileExpression(n, scope)({})) : 1
  const top = name.startsWith('$top')
  return () => {
    const documents: Document[] = []
    return {
      add: (document) => {
        documents.push(document)
      },
      result: () => {
        const sorted = documents.sort((a, b) => sort.compare(a, b))
        const picked = top ? sorted.slice(0, count) : sorted.slice(-count)
        const values = picked.map((root) => evaluate({ root, variables: scope.variables }) ?? null)
        return many ? values : (values[0] ?? null)
      },
    }
  }
}
