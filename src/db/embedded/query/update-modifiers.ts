import { Int32, Long, Timestamp } from 'bson'
import { compareValues } from './compare.js'
import { badValue, describeElement, describeValue, typeMismatch } from './describe.js'
import { combineNumbers, type Arithmetic } from './numbers.js'
import { isDocument, isNumeric, typeName, type Document } from './values.js'

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
    if (!isNumeric(operand))
      throw typeMismatch`Cannot ${verb} with non-numeric argument: {${describeElement(field, operand)}}`
    return {
      creates: true,
      newValue: (current, place) => {
        if (current === undefined)
          return operation === 'add' ? operand : combineNumbers('multiply', operand, new Int32(0))
        if (!isNumeric(current)) {
          const last = place.path.split('.').at(-1) ?? ''
          throw typeMismatch`Cannot apply ${name} to a value of non-numeric type. ${idOf(place)} has the field '${last}' of non-numeric type ${typeName(current)}`
        }
        const result = combineNumbers(operation, current, operand)
        if (result !== undefined) return result
        throw badValue`Failed to apply ${name} operations to current value (${describeTyped(current)}) for document ${idOf(place)}`
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
    const type = isDocument(operand) ? operand['$type'] : operand
    if (typeof type !== 'boolean' && type !== 'date' && type !== 'timestamp') {
      throw badValue`${typeName(operand)} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`
    }
    const value = type === 'timestamp' ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) : now
    return { creates: true, always: true, newValue: () => value }
  }
}
