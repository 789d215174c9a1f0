import { Long, ObjectId, Timestamp } from 'bson'
import { ServerError } from '../server-error.js'
import { formatDate, parseDate, parseDateBy } from './date-text.js'
import { isNullish } from './expression-arguments.js'
import { addUnits, countUnits, truncateTo } from './date-units.js'
import { named, textPart, wholePart, type Parts } from './expression-named.js'
import { describeValue } from './describe.js'
import { type Operator } from './expressions.js'
import { toDouble } from './numbers.js'
import { int } from './summation.js'
import { instantOf, isoWeekOf, localTime, DAY } from './time-zone.js'
import { isNumeric, typeName } from './values.js'
import { toBoolean } from './coerce.js'

/** Dates, and what contains one: timestamps and ObjectIds. */
export function dateOf(value: unknown): Date {
  if (value instanceof Date) return value
  if (value instanceof ObjectId) return value.getTimestamp()
  if (value instanceof Timestamp) return new Date(value.t * 1000)
  throw new ServerError(16006, `can't convert from BSON type ${typeName(value)} to Date`)
}

function dateToString(parts: Parts): unknown {
  const date = parts.value('date')
  if (isNullish(date)) return parts.has('onNull') ? parts.value('onNull') : null
  const format = parts.has('format') ? parts.value('format') : undefined
  if (format === null) return null
  if (format !== undefined && typeof format !== 'string') {
    throw new ServerError(
      18533,
      `$dateToString requires that 'format' be a string, found: ${typeName(format)} with value ${describeValue(format)}`,
    )
  }
  const zone = parts.zone()
  return formatDate(
    dateOf(date),
    format ?? `%Y-%m-%dT%H:%M:%S.%L${parts.has('timezone') && zone !== 'UTC' ? '' : 'Z'}`,
    zone,
  )
}

function dateFromString(parts: Parts): unknown {
  const text = parts.value('dateString')
  if (isNullish(text)) return parts.has('onNull') ? parts.value('onNull') : null
  try {
    if (typeof text !== 'string') {
      throw new ServerError(
        241,
        `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)} with value ${String(text)}`,
      )
    }
    if (!parts.has('format')) return parseDate(text, parts.has('timezone') ? parts.zone() : undefined)
    return parseDateBy(text, textPart(parts, 'format', 40684), parts.zone())
  } catch (error) {
    if (parts.has('onError') && error instanceof ServerError && error.code === 241) return parts.value('onError')
    throw error
  }
}

function dateToParts(parts: Parts): unknown {
  const local = localTime(dateOf(parts.value('date')), parts.zone())
  const clock = {
    hour: int(local.getUTCHours()),
    minute: int(local.getUTCMinutes()),
    second: int(local.getUTCSeconds()),
    millisecond: int(local.getUTCMilliseconds()),
  }
  if (toBoolean(parts.value('iso8601'))) {
    const { year, week } = isoWeekOf(local)
    return { isoWeekYear: int(year), isoWeek: int(week), isoDayOfWeek: int(local.getUTCDay() || 7), ...clock }
  }
  return {
    year: int(local.getUTCFullYear()),
    month: int(local.getUTCMonth() + 1),
    day: int(local.getUTCDate()),
    ...clock,
  }
}

function dateFromParts(parts: Parts): unknown {
  const iso = parts.has('isoWeekYear')
  if (!iso && !parts.has('year'))
    throw new ServerError(40516, "$dateFromParts requires either 'year' or 'isoWeekYear' to be present")
  const names = [
    'isoWeekYear',
    'isoWeek',
    'isoDayOfWeek',
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'millisecond',
    'timezone',
  ]
  if (names.some((name) => parts.has(name) && isNullish(parts.value(name)))) return null
  const local = new Date(0)
  if (iso) {
    local.setUTCFullYear(wholePart(parts, 'isoWeekYear', 1970), 0, 4)
    const monday = local.getTime() - ((local.getUTCDay() || 7) - 1) * DAY
    local.setTime(monday + ((wholePart(parts, 'isoWeek', 1) - 1) * 7 + wholePart(parts, 'isoDayOfWeek', 1) - 1) * DAY)
  } else {
    local.setUTCFullYear(wholePart(parts, 'year', 1970), wholePart(parts, 'month', 1) - 1, wholePart(parts, 'day', 1))
  }
  const clock = ['hour', 'minute', 'second', 'millisecond'].map((name) => wholePart(parts, name, 0))
  local.setUTCHours(clock[0] ?? 0, clock[1], clock[2], clock[3])
  return instantOf(local.getTime(), parts.zone())
}

function dateAdd(direction: 1 | -1): (parts: Parts) => unknown {
  return (parts) => {
    const unit = textPart(parts, 'unit', 5439013)
    const amount = parts.value('amount')
    if (!isNumeric(amount) || !Number.isInteger(toDouble(amount))) {
      throw new ServerError(5166405, `$dateAdd expects integer amount of time units`)
    }
    return addUnits(dateOf(parts.value('startDate')), unit, direction * toDouble(amount), parts.zone())
  }
}

function weekStart(parts: Parts): string {
  return parts.has('startOfWeek') ? textPart(parts, 'startOfWeek', 5439015) : 'sunday'
}

function dateDiff(parts: Parts): unknown {
  const [start, end] = [dateOf(parts.value('startDate')), dateOf(parts.value('endDate'))]
  return Long.fromNumber(countUnits(start, end, textPart(parts, 'unit', 5439013), parts.zone(), weekStart(parts)))
}

function dateTrunc(parts: Parts): unknown {
  const size = wholePart(parts, 'binSize', 1)
  if (size <= 0)
    throw new ServerError(5439018, `$dateTrunc requires 'binSize' to be greater than 0, but got value ${size}`)
  return truncateTo(dateOf(parts.value('date')), textPart(parts, 'unit', 5439013), size, parts.zone(), weekStart(parts))
}

const clockParts = ['hour', 'minute', 'second', 'millisecond', 'timezone']

export const DATE_OPERATORS: readonly (readonly [string, Operator])[] = [
  [
    '$dateToString',
    named(['date'], ['format', 'timezone', 'onNull'], { shape: 18629, unknown: 18534, missing: 18628 }, dateToString, [
      'date',
    ]),
  ],
  [
    '$dateFromString',
    named(
      ['dateString'],
      ['format', 'timezone', 'onError', 'onNull'],
      { shape: 40540, unknown: 40541, missing: 40542 },
      dateFromString,
      ['dateString'],
    ),
  ],
  [
    '$dateToParts',
    named(['date'], ['timezone', 'iso8601'], { shape: 40524, unknown: 40520, missing: 40522 }, dateToParts),
  ],
  [
    '$dateFromParts',
    named(
      [],
      ['year', 'month', 'day', 'isoWeekYear', 'isoWeek', 'isoDayOfWeek', ...clockParts],
      { shape: 40519, unknown: 40518, missing: 40516 },
      dateFromParts,
    ),
  ],
  [
    '$dateAdd',
    named(
      ['startDate', 'unit', 'amount'],
      ['timezone'],
      { shape: 5166400, unknown: 5166401, missing: 5166402 },
      dateAdd(1),
    ),
  ],
  [
    '$dateSubtract',
    named(
      ['startDate', 'unit', 'amount'],
      ['timezone'],
      { shape: 5166400, unknown: 5166401, missing: 5166402 },
      dateAdd(-1),
    ),
  ],
  [
    '$dateDiff',
    named(
      ['startDate', 'endDate', 'unit'],
      ['timezone', 'startOfWeek'],
      { shape: 5166301, unknown: 5166302, missing: 5166303 },
      dateDiff,
    ),
  ],
  [
    '$dateTrunc',
    named(
      ['date', 'unit'],
      ['binSize', 'timezone', 'startOfWeek'],
      { shape: 5439007, unknown: 5439008, missing: 5439009 },
      dateTrunc,
    ),
  ],
]
