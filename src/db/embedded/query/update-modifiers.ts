import { Double, Int32, Long, Timestamp } from 'bson'
import { ServerError } from '../server-error.js'
import { compareValues } from './compare.js'
import { describeElement, describeValue } from './describe.js'
import { combineNumbers, numberKind, toBigInt, wholeNumber, type Arithmetic } from './numbers.js'
import { isDocument, isNumeric, typeName, type Document } from './values.js'

const BAD_VALUE = 2
const TYPE_MISMATCH = 14

/** What an update operator does at the end of a path. */
export interface Modifier {
  /** The new value of a field, given the old; both are `undefined` where there is none. */
  readonly newValue: (current: unknown, place: Place) => unknown
  /** Whether a missing field is made, with the documents on the way to it. */
  readonly creates: boolean
  /** Whether a path that cannot lead anywhere is passed over in silence, as `$unset` does. */
  readonly lenient?: boolean
  /** Whether the update counts as one even if the value comes out the same. */
  readonly always?: boolean
}

export interface Place {
  readonly path: string
  readonly document: Document
}

export type ModifierFactory = (operand: unknown, field: string) => Modifier

function idOf(place: Place): string {
  return `{${describeElement('_id', place.document['_id'])}}`
}

export const set: ModifierFactory = (operand) => ({ creates: true, newValue: () => operand })

export const unset: ModifierFactory = () => ({ creates: false, lenient: true, newValue: () => undefined })

function arithmetic(name: '$inc' | '$mul', operation: Arithmetic, verb: string): ModifierFactory {
  return (operand, field) => {
    if (!isNumeric(operand)) {
      throw new ServerError(
        TYPE_MISMATCH,
        `Cannot ${verb} with non-numeric argument: {${describeElement(field, operand)}}`,
      )
    }
    return {
      creates: true,
      newValue: (current, place) => {
        if (current === undefined)
          return operation === 'add' ? operand : combineNumbers('multiply', operand, new Int32(0))
        if (!isNumeric(current)) {
          const last = place.path.split('.').at(-1) ?? ''
          throw new ServerError(
            TYPE_MISMATCH,
            `Cannot apply ${name} to a value of non-numeric type. ${idOf(place)} has the field '${last}' of non-numeric type ${typeName(current)}`,
          )
        }
        const result = combineNumbers(operation, current, operand)
        if (result !== undefined) return result
        throw new ServerError(
          BAD_VALUE,
          `Failed to apply ${name} operations to current value (${describeTyped(current)}) for document ${idOf(place)}`,
        )
      },
    }
  }
}

function describeTyped(value: unknown): string {
  return `(${value instanceof Long ? 'NumberLong' : 'NumberInt'})${describeValue(value)}`
}

export const increment = arithmetic('$inc', 'add', 'increment')
export const multiply = arithmetic('$mul', 'multiply', 'multiply')

function bound(isBetter: (order: number) => boolean): ModifierFactory {
  return (operand) => ({
    creates: true,
    newValue: (current) => (current === undefined || isBetter(compareValues(operand, current)) ? operand : current),
  })
}

export const minimum = bound((order) => order < 0)
export const maximum = bound((order) => order > 0)

/** `now` is the same for every field of one statement. */
export function currentDate(now: Date): ModifierFactory {
  return (operand) => {
    const wanted = isDocument(operand) ? dateType(operand) : operand
    if (typeof wanted !== 'string' && typeof wanted !== 'boolean') {
      throw new ServerError(
        BAD_VALUE,
        `${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
      )
    }
    const value = wanted === 'timestamp' ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) : now
    return { creates: true, always: true, newValue: () => value }
  }
}

function dateType(operand: Document): string {
  const unknown = Object.keys(operand).find((name) => name !== '$type')
  if (unknown !== undefined) throw new ServerError(BAD_VALUE, `Unrecognized $currentDate option: ${unknown}`)
  const type = operand['$type']
  if (type === 'date' || type === 'timestamp') return type
  throw new ServerError(
    BAD_VALUE,
    "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
  )
}

const BITWISE = new Map<string, (a: bigint, b: bigint) => bigint>([
  ['and', (a, b) => a & b],
  ['or', (a, b) => a | b],
  ['xor', (a, b) => a ^ b],
])

export const bitwise: ModifierFactory = (operand, field) => {
  if (!isDocument(operand)) {
    throw new ServerError(
      BAD_VALUE,
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    )
  }
  const steps = Object.keys(operand).map((name) => bitStep(name, operand[name], field))
  if (steps.length === 0) {
    throw new ServerError(
      BAD_VALUE,
      `You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`,
    )
  }
  return {
    creates: true,
    newValue: (current, place) => steps.reduce<unknown>((value, step) => step(value, place), current ?? new Int32(0)),
  }
}

function bitStep(name: string, operand: unknown, field: string): (value: unknown, place: Place) => unknown {
  const combine = BITWISE.get(name)
  if (!combine) {
    throw new ServerError(
      BAD_VALUE,
      `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}' which is an unknown operator: {${describeElement(name, operand)}}`,
    )
  }
  if (!isWhole(operand)) {
    throw new ServerError(
      BAD_VALUE,
      `The $bit modifier field must be an Integer(32/64 bit); a '${typeName(operand)}' is not supported here: {${describeElement(field, operand)}}`,
    )
  }
  return (value, place) => {
    if (!isWhole(value)) {
      throw new ServerError(
        BAD_VALUE,
        `Cannot apply $bit to a value of non-integral type.${describeElement('_id', place.document['_id'])} has the field ${field} of non-integer type ${typeName(value)}`,
      )
    }
    const kind = numberKind(value) === 'long' || numberKind(operand) === 'long' ? 'long' : 'int'
    return wholeNumber(combine(toBigInt(value), toBigInt(operand)), kind)
  }
}

function isWhole(value: unknown): boolean {
  return isNumeric(value) && !(value instanceof Double) && numberKind(value) !== 'decimal'
}
