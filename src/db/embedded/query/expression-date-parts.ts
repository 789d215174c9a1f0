import { Long } from 'bson'
import { ServerError } from '../server-error.js'
import { isNullish, namedArguments } from './expression-arguments.js'
import { compile, type Operator } from './expressions.js'
import { int } from './summation.js'
import { dayOfYear, isoWeekOf, localTime, sundayWeekOf } from './time-zone.js'
import { isArray, isDocument } from './values.js'

import { dateOf } from './expression-dates.js'
import { zoneOf } from './expression-named.js'

/** `{ $year: date }` or `{ $year: { date, timezone } }`: a field of a date's clock. */
function datePart(read: (local: Date) => unknown): Operator {
  return (operand, scope, name) => {
    const given = isArray(operand) && operand.length === 1 ? operand[0] : operand
    const named = isDocument(given) && !Object.keys(given)[0]?.startsWith('$')
    if (isArray(given))
      throw new ServerError(
        40536,
        `${name} accepts exactly one argument if given an array, but was given ${given.length}`,
      )
    const parts = named
      ? namedArguments(
          given,
          name,
          { required: ['date'], optional: ['timezone'] },
          { shape: 40535, unknown: 40535, missing: 40539 },
        )
      : { date: given }
    const date = compile(parts['date'], scope)
    const zone = compile(parts['timezone'] ?? 'UTC', scope)
    return (environment) => {
      const [value, place] = [date(environment), zone(environment)]
      return isNullish(value) || isNullish(place) ? null : read(localTime(dateOf(value), zoneOf(place)))
    }
  }
}

export const DATE_PART_OPERATORS: readonly (readonly [string, Operator])[] = [
  ['$year', datePart((local) => int(local.getUTCFullYear()))],
  ['$month', datePart((local) => int(local.getUTCMonth() + 1))],
  ['$dayOfMonth', datePart((local) => int(local.getUTCDate()))],
  ['$dayOfWeek', datePart((local) => int(local.getUTCDay() + 1))],
  ['$dayOfYear', datePart((local) => int(dayOfYear(local)))],
  ['$hour', datePart((local) => int(local.getUTCHours()))],
  ['$minute', datePart((local) => int(local.getUTCMinutes()))],
  ['$second', datePart((local) => int(local.getUTCSeconds()))],
  ['$millisecond', datePart((local) => int(local.getUTCMilliseconds()))],
  ['$week', datePart((local) => int(sundayWeekOf(local)))],
  ['$isoWeek', datePart((local) => int(isoWeekOf(local).week))],
  ['$isoWeekYear', datePart((local) => Long.fromNumber(isoWeekOf(local).year))],
  ['$isoDayOfWeek', datePart((local) => int(local.getUTCDay() || 7))],
]
