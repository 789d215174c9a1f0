import { badValue, describeElement, failedToParse, typeMismatch } from './describe.js'
import { valueTest, type Leaf } from './filter-node.js'
import { toBigInt, toDouble, wholeOperand } from './numbers.js'
import { BsonType, isArray, isNumeric, NUMBER_TYPES, typeCodeOf } from './values.js'

const BAD_VALUE = 2

export const existsLeaf: Leaf = {
  operator: '$exists',
  operand: true,
  arrays: 'whole',
  test: (_raw, type) => type !== BsonType.missing,
}

export function typeLeaf(operand: unknown): Leaf {
  const wanted = new Set((isArray(operand) ? operand : [operand]).flatMap(typeCodes))
  if (wanted.size === 0) throw failedToParse`$type must match at least one type`
  return { operator: '$type', operand, arrays: 'walk', test: (_raw, type) => wanted.has(type) }
}

function typeCodes(name: unknown): readonly number[] {
  if (name === 'number') return NUMBER_TYPES
  if (typeof name === 'string') {
    const code = typeCodeOf(name)
    if (code === undefined) throw badValue`Unknown type name alias: ${name}`
    return [code]
  }
  if (!isNumeric(name)) throw typeMismatch`type must be represented as a number or a string`
  const code = toDouble(name) === -1 ? BsonType.minKey : toDouble(name)
  if (code === 0 || !Object.values<number>(BsonType).includes(code))
    throw badValue`Invalid numerical type code: ${code}`
  return [code]
}

export function modLeaf(operand: unknown): Leaf {
  if (!isArray(operand)) throw badValue`malformed mod, needs to be an array`
  if (operand.length !== 2) throw badValue`malformed mod, ${operand.length < 2 ? 'not enough' : 'too many'} elements`
  const [divisor = 0n, remainder] = operand.map((part, index) => {
    if (isNumeric(part) && Number.isFinite(toDouble(part))) return toBigInt(part)
    throw badValue`malformed mod, ${index === 0 ? 'divisor' : 'remainder'} not a number`
  })
  if (divisor === 0n) throw badValue`divisor cannot be 0`
  const test = valueTest(
    (value) => isNumeric(value) && Number.isFinite(toDouble(value)) && toBigInt(value) % divisor === remainder,
  )
  return { operator: '$mod', operand, arrays: 'walk', test }
}

export function sizeLeaf(operand: unknown): Leaf {
  const size = wholeOperand(
    operand,
    BAD_VALUE,
    (problem) => `Failed to parse $size. ${problem} in: ${describeElement('$size', operand)}`,
  )
  return {
    operator: '$size',
    operand,
    arrays: 'whole',
    test: valueTest((value) => isArray(value) && value.length === size),
  }
}
