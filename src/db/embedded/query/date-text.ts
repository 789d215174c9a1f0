import { ServerError } from '../server-error.js'
import { instantOf, isoWeekOf, localTime, offsetAt, sundayWeekOf, dayOfYear, DAY, type Zone } from './time-zone.js'

const CONVERSION_FAILURE = 241

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/** Reads a date as ISO 8601 writes it; without an offset it is in the zone given. */
export function parseDate(text: string, zone?: Zone): Date {
  const match = ISO.exec(text.trim())
  if (!match) throw failure(text)
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', offset] = match
  if (offset !== undefined && zone !== undefined && zone !== 'UTC') {
    throw new ServerError(
      CONVERSION_FAILURE,
      `you cannot pass in a date/time string with time zone information ('${offset}') together with a timezone argument`,
    )
  }
  const fields = [year, month, day, hour, minute, second].map(Number)
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'))
  return instantOf(
    localMilliseconds(fields, milliseconds, text),
    offset === undefined ? (zone ?? 'UTC') : offsetZone(offset),
  )
}

function failure(text: string): ServerError {
  return new ServerError(
    CONVERSION_FAILURE,
    `Error parsing date string '${text}'; 0: passing a time zone identifier as part of the string is not allowed '${text.slice(0, 1)}'`,
  )
}

function localMilliseconds(fields: readonly number[], milliseconds: number, text: string): number {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = fields
  const local = new Date(0)
  local.setUTCFullYear(year, month - 1, day)
  local.setUTCHours(hour, minute, second, milliseconds)
  if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59)
    throw failure(text)
  return local.getTime()
}

function offsetZone(offset: string): Zone {
  return offset.toUpperCase() === 'Z' ? 'UTC' : offset
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** Writes a date by MongoDB's format specifiers, in a zone. */
export function formatDate(date: Date, format: string, zone: Zone): string {
  const local = localTime(date, zone)
  if (local.getUTCFullYear() < 0 || local.getUTCFullYear() > 9999) {
    throw new ServerError(
      18537,
      `$dateToString is only defined on year 0-9999, tried to use year ${local.getUTCFullYear()}`,
    )
  }
  return format.replace(/%(.?)/g, (_, letter: string) => specifier(letter, local, offsetAt(date, zone)))
}

function specifier(letter: string, local: Date, offset: number): string {
  const digits = (value: number, width = 2): string => String(value).padStart(width, '0')
  switch (letter) {
    case 'Y':
      return digits(local.getUTCFullYear(), 4)
    case 'm':
      return digits(local.getUTCMonth() + 1)
    case 'd':
      return digits(local.getUTCDate())
    case 'H':
      return digits(local.getUTCHours())
    case 'M':
      return digits(local.getUTCMinutes())
    case 'S':
      return digits(local.getUTCSeconds())
    case 'L':
      return digits(local.getUTCMilliseconds(), 3)
    case 'j':
      return digits(dayOfYear(local), 3)
    default:
      return rareSpecifier(letter, local, offset)
  }
}

function rareSpecifier(letter: string, local: Date, offset: number): string {
  const minutes = Math.abs(offset)
  switch (letter) {
    case 'b':
      return (MONTHS[local.getUTCMonth()] ?? '').slice(0, 3)
    case 'B':
      return MONTHS[local.getUTCMonth()] ?? ''
    case 'w':
      return String(local.getUTCDay() + 1)
    case 'u':
      return String(local.getUTCDay() || 7)
    case 'U':
      return String(sundayWeekOf(local)).padStart(2, '0')
    case 'V':
      return String(isoWeekOf(local).week).padStart(2, '0')
    case 'G':
      return String(isoWeekOf(local).year).padStart(4, '0')
    case 'z':
      return `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`
    case 'Z':
      return (offset < 0 ? '-' : '+') + String(minutes)
    case '%':
      return '%'
    case '':
      throw new ServerError(18535, "Unmatched '%' at end of format string")
    default:
      throw new ServerError(18536, `Invalid format character '%${letter}' in format string`)
  }
}

const PARSED = new Map<string, { readonly pattern: string; readonly field: string }>([
  ['Y', { pattern: '(\\d{4})', field: 'year' }],
  ['m', { pattern: '(\\d{1,2})', field: 'month' }],
  ['d', { pattern: '(\\d{1,2})', field: 'day' }],
  ['H', { pattern: '(\\d{1,2})', field: 'hour' }],
  ['M', { pattern: '(\\d{1,2})', field: 'minute' }],
  ['S', { pattern: '(\\d{1,2})', field: 'second' }],
  ['L', { pattern: '(\\d{1,3})', field: 'millisecond' }],
  ['j', { pattern: '(\\d{1,3})', field: 'dayOfYear' }],
  ['z', { pattern: '(Z|[+-]\\d{2}:?\\d{2})', field: 'offset' }],
])

/** Reads a date by a format of the specifiers that a date can be made of. */
export function parseDateBy(text: string, format: string, zone: Zone): Date {
  const fields: string[] = []
  const pattern = format.replace(/%(.?)|[\\^$.*+?()[\]{}|]/g, (found, letter: string | undefined) => {
    if (letter === undefined) return `\\${found}`
    if (letter === '%') return '%'
    const part = PARSED.get(letter)
    if (!part) throw new ServerError(18536, `Invalid format character '%${letter}' in format string`)
    fields.push(part.field)
    return part.pattern
  })
  const match = new RegExp(`^${pattern}$`).exec(text)
  if (!match) throw failure(text)
  const value = new Map(fields.map((field, index) => [field, match[index + 1] ?? '']))
  const number = (field: string, otherwise: number): number => Number(value.get(field) ?? otherwise)
  const day = [number('year', 1970), number('month', 1), number('day', 1)]
  const local = localMilliseconds(
    [...day, number('hour', 0), number('minute', 0), number('second', 0)],
    number('millisecond', 0),
    text,
  )
  const offset = value.get('offset')
  return instantOf(local + (number('dayOfYear', 1) - 1) * DAY, offset === undefined ? zone : offsetZone(offset))
}
