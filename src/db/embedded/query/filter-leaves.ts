import { Binary } from 'bson'
import { ServerError } from '../server-error.js'
import type { Leaf } from './filter-node.js'
import { toBigInt, toDouble } from './numbers.js'
import { describeElement } from './describe.js'
import { BsonType, bsonType, isArray, isNumeric, typeNameOf } from './values.js'

const BAD_VALUE = 2
const FAILED_TO_PARSE = 9

export function existsLeaf(): Leaf {
  return {
    operator: '$exists',
    operand: true,
    arrays: 'whole',
    test: (value) => value !== undefined,
    testRaw: (_raw, type) => type !== BsonType.missing,
  }
}

const TYPE_CODES = new Map<string, number>(
  Object.values(BsonType).map((code): [string, number] => [typeNameOf(code), code]),
).set('undefined', 6)
TYPE_CODES.delete('missing')
const NUMBER_TYPES = [BsonType.int, BsonType.long, BsonType.double, BsonType.decimal]

export function typeLeaf(operand: unknown): Leaf {
  const wanted = new Set((isArray(operand) ? operand : [operand]).flatMap(typeCodes))
  if (wanted.size === 0) throw new ServerError(FAILED_TO_PARSE, '$type must match at least one type')
  return {
    operator: '$type',
    operand,
    arrays: 'walk',
    test: (value) => value !== undefined && wanted.has(bsonType(value)),
    testRaw: (_raw, type) => wanted.has(type),
  }
}

function typeCodes(name: unknown): readonly number[] {
  if (typeof name === 'string') {
    if (name === 'number') return NUMBER_TYPES
    const code = TYPE_CODES.get(name)
    if (code === undefined) throw new ServerError(BAD_VALUE, `Unknown type name alias: ${name}`)
    return [code]
  }
  if (!isNumeric(name)) throw new ServerError(14, 'type must be represented as a number or a string')
  const code = toDouble(name)
  const known = code === -1 ? BsonType.minKey : code
  if (code === 0) throw new ServerError(BAD_VALUE, "$type: 0 is no longer supported. Use '$exists': false instead")
  if (![...TYPE_CODES.values()].includes(known) || code === 255) {
    throw new ServerError(BAD_VALUE, `Invalid numerical type code: ${code}`)
  }
  return [known]
}

export function modLeaf(operand: unknown): Leaf {
  if (!isArray(operand)) throw new ServerError(BAD_VALUE, 'malformed mod, needs to be an array')
  if (operand.length < 2) throw new ServerError(BAD_VALUE, 'malformed mod, not enough elements')
  if (operand.length > 2) throw new ServerError(BAD_VALUE, 'malformed mod, too many elements')
  const divisor = modPart(operand[0], 'divisor')
  const remainder = modPart(operand[1], 'remainder')
  if (divisor === 0n) throw new ServerError(BAD_VALUE, 'divisor cannot be 0')
  const test = (value: unknown): boolean =>
    isNumeric(value) && Number.isFinite(toDouble(value)) && toBigInt(value) % divisor === remainder
  return { operator: '$mod', operand, arrays: 'walk', test }
}

function modPart(value: unknown, name: string): bigint {
  if (!isNumeric(value)) throw new ServerError(BAD_VALUE, `malformed mod, ${name} not a number`)
  if (!Number.isFinite(toDouble(value))) {
    throw new ServerError(
      BAD_VALUE,
      `malformed mod, ${name} value is invalid :: caused by :: Unable to coerce NaN/Inf to integral type`,
    )
  }
  return toBigInt(value)
}

export function sizeLeaf(operand: unknown): Leaf {
  const size = wholeOperand('$size', operand, 'Failed to parse $size. ')
  if (size < 0) {
    throw new ServerError(
      BAD_VALUE,
      `Failed to parse $size. Expected a non-negative number in: ${describeElement('$size', operand)}`,
    )
  }
  return { operator: '$size', operand, arrays: 'whole', test: (value) => isArray(value) && value.length === size }
}

function wholeOperand(name: string, operand: unknown, prefix = ''): number {
  const code = prefix === '' ? FAILED_TO_PARSE : BAD_VALUE
  if (!isNumeric(operand)) {
    throw new ServerError(code, `${prefix}Expected a number in: ${describeElement(name, operand)}`)
  }
  const number = toDouble(operand)
  if (Number.isInteger(number)) return number
  throw new ServerError(code, `${prefix}Expected an integer: ${describeElement(name, operand)}`)
}

/** `$bitsAllSet` and its three sisters: whether all or any of the bits are set or clear. */
export function bitsLeaf(op: string, operand: unknown): Leaf {
  const mask = bitMask(op, operand)
  const all = op.startsWith('$bitsAll')
  const wantSet = op.endsWith('Set')
  const test = (value: unknown): boolean => {
    const bits = bitsOf(value)
    if (bits === undefined) return false
    const hits = (wantSet ? bits : ~bits) & mask
    return all ? hits === mask : hits !== 0n
  }
  return { operator: '$bits', operand, arrays: 'walk', test }
}

function bitMask(op: string, operand: unknown): bigint {
  if (isArray(operand)) {
    return operand.reduce<bigint>((mask, position) => mask | (1n << BigInt(bitPosition(position))), 0n)
  }
  if (operand instanceof Binary) return littleEndian(operand.value())
  if (!isNumeric(operand)) {
    throw new ServerError(
      BAD_VALUE,
      `${op} takes an Array, a number, or a BinData but received: ${describeElement(op, operand)}`,
    )
  }
  if (wholeOperand(op, operand) < 0) {
    throw new ServerError(FAILED_TO_PARSE, `Expected a non-negative number in: ${describeElement(op, operand)}`)
  }
  return toBigInt(operand)
}

function bitPosition(position: unknown): number {
  const number = isNumeric(position) ? toDouble(position) : Number.NaN
  if (!Number.isInteger(number)) {
    throw new ServerError(
      BAD_VALUE,
      `Failed to parse bit position. Expected a number in: ${describeElement('', position)}`,
    )
  }
  if (number < 0) {
    throw new ServerError(
      BAD_VALUE,
      `Failed to parse bit position. Expected a non-negative number in: ${describeElement('', position)}`,
    )
  }
  return number
}

/** The bits of a number, sign extended, or of binary data; undefined for values that have none. */
function bitsOf(value: unknown): bigint | undefined {
  if (value instanceof Binary) return littleEndian(value.value())
  if (!isNumeric(value)) return undefined
  const number = toDouble(value)
  return Number.isInteger(number) && Math.abs(number) <= 2 ** 63 ? toBigInt(value) : undefined
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((bits, byte) => (bits << 8n) | BigInt(byte), 0n)
}
