import { ServerError } from '../server-error.js'
import { toBoolean } from './coerce.js'
import { compareValues } from './compare.js'
import { isNullish, namedArguments } from './expression-arguments.js'
import { compile, type Operator } from './expressions.js'
import { compileSort } from './sort.js'
import { isArray, isDocument, typeName } from './values.js'

import { arrayOperand, whole } from './expression-arrays.js'

type Items = readonly unknown[]

const sortArray: Operator = (operand, scope, name) => {
  const codes = { shape: 2942500, unknown: 2942501, missing: 2942502 }
  const { input, sortBy } = namedArguments(operand, name, { required: ['input', 'sortBy'] }, codes)
  const array = compile(input, scope)
  const order = itemOrder(sortBy)
  return (environment) => {
    const value = array(environment)
    if (isNullish(value)) return null
    const items = arrayOperand(
      value,
      2942504,
      (type) => `The input argument to $sortArray must be an array, but was of type: ${type}`,
    )
    return [...items].sort(order)
  }
}

function itemOrder(sortBy: unknown): (a: unknown, b: unknown) => number {
  if (!isDocument(sortBy)) {
    const direction = whole(sortBy, 2942507, '$sortArray sortBy must be 1, -1 or a document')
    return (a, b) => direction * compareValues(a, b)
  }
  const sort = compileSort(sortBy)
  return (a, b) => sort.compare(isDocument(a) ? a : {}, isDocument(b) ? b : {})
}

const zip: Operator = (operand, scope, name) => {
  const codes = { shape: 34460, unknown: 34464, missing: 34465 }
  const parts = namedArguments(
    operand,
    name,
    { required: ['inputs'], optional: ['useLongestLength', 'defaults'] },
    codes,
  )
  if (!isArray(parts['inputs']))
    throw new ServerError(34461, `inputs must be an array of expressions, found ${typeName(parts['inputs'])}`)
  const inputs = parts['inputs'].map((input) => compile(input, scope))
  const defaults = isArray(parts['defaults']) ? parts['defaults'].map((item) => compile(item, scope)) : []
  const longest = toBoolean(parts['useLongestLength'])
  return (environment) => {
    const arrays = inputs.map((input) => input(environment))
    if (arrays.some(isNullish)) return null
    const items = arrays.map((array) =>
      arrayOperand(array, 34468, (type) => `$zip found a non-array expression in input: ${type}`),
    )
    const lengths = items.map((array) => array.length)
    const length = longest ? Math.max(...lengths) : Math.min(...lengths)
    const fill = defaults.map((item) => item(environment))
    return Array.from({ length }, (_, row) =>
      items.map((array, column) => (row < array.length ? array[row] : (fill[column] ?? null))),
    )
  }
}

/** `$firstN`, `$lastN`, `$minN` and `$maxN` on one array. */
export function pickN(name: string, items: Items, count: number): Items {
  switch (name) {
    case '$firstN':
      return items.slice(0, count)
    case '$lastN':
      return items.slice(-count)
    default: {
      const direction = name === '$minN' ? 1 : -1
      const present = items.filter((item) => !isNullish(item))
      return present.sort((a, b) => direction * compareValues(a, b)).slice(0, count)
    }
  }
}

export function countOperand(value: unknown): number {
  const count = whole(value, 5787902, `Value for 'n' must be of integral type, but found ${String(value)}`)
  if (count <= 0) throw new ServerError(5787908, `'n' must be greater than 0, found ${count}`)
  return count
}

const selectN: Operator = (operand, scope, name) => {
  const { n, input } = namedArguments(
    operand,
    name,
    { required: ['n', 'input'] },
    { shape: 5787801, unknown: 5787901, missing: 5787906 },
  )
  const [count, array] = [compile(n, scope), compile(input, scope)]
  return (environment) => {
    const items = arrayOperand(array(environment), 5788200, () => `Input must be an array`)
    return pickN(name, items, countOperand(count(environment)))
  }
}

export const PICK_OPERATORS: readonly (readonly [string, Operator])[] = [
  ['$sortArray', sortArray],
  ['$zip', zip],
  ['$firstN', selectN],
  ['$lastN', selectN],
  ['$minN', selectN],
  ['$maxN', selectN],
]
