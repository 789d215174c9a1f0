import { ServerError } from '../server-error.js'
import { instantOf, localTime, DAY, type Zone } from './time-zone.js'

/** Units shorter than a day pass evenly; those of days or longer are counted on the clock of a zone. */
const EVEN = new Map([
  ['millisecond', 1],
  ['second', 1000],
  ['minute', 60_000],
  ['hour', 3_600_000],
])
const DAYS = new Map([
  ['day', 1],
  ['week', 7],
])
const MONTHS = new Map([
  ['month', 1],
  ['quarter', 3],
  ['year', 12],
])
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const EPOCH_WEEKDAY = 4
/** Bins of `$dateTrunc` are counted from the start of 2000. */
const REFERENCE = Date.UTC(2000, 0, 1)
const REFERENCE_WEEKDAY = 6

function unknownUnit(unit: string): ServerError {
  return new ServerError(9, `unknown time unit value: ${unit}`)
}

export function addUnits(date: Date, unit: string, amount: number, zone: Zone): Date {
  const even = EVEN.get(unit)
  if (even !== undefined) return new Date(date.getTime() + amount * even)
  const local = localTime(date, zone)
  const days = DAYS.get(unit)
  if (days !== undefined) return instantOf(local.getTime() + amount * days * DAY, zone)
  const months = MONTHS.get(unit)
  if (months === undefined) throw unknownUnit(unit)
  return instantOf(addMonths(local, amount * months), zone)
}

/** The same day some months on, or the last of the month if it has no such day. */
function addMonths(local: Date, months: number): number {
  const day = local.getUTCDate()
  const moved = new Date(local)
  moved.setUTCDate(1)
  moved.setUTCMonth(moved.getUTCMonth() + months)
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()
  moved.setUTCDate(Math.min(day, last))
  return moved.getTime()
}

/** How many boundaries between units lie between two dates. */
export function countUnits(start: Date, end: Date, unit: string, zone: Zone, weekStart: string): number {
  const [from, to] = [localTime(start, zone), localTime(end, zone)]
  const even = EVEN.get(unit)
  if (even !== undefined) return Math.floor(to.getTime() / even) - Math.floor(from.getTime() / even)
  const days = DAYS.get(unit)
  if (days !== undefined) {
    const shift = days === 7 ? EPOCH_WEEKDAY - weekdayOf(weekStart) : 0
    const index = (local: Date): number => Math.floor((Math.floor(local.getTime() / DAY) + shift) / days)
    return index(to) - index(from)
  }
  const months = MONTHS.get(unit)
  if (months === undefined) throw unknownUnit(unit)
  return Math.floor(monthOf(to) / months) - Math.floor(monthOf(from) / months)
}

function monthOf(local: Date): number {
  return local.getUTCFullYear() * 12 + local.getUTCMonth()
}

function weekdayOf(name: string): number {
  const index = WEEKDAYS.findIndex((day) => day === name.toLowerCase() || day.slice(0, 3) === name.toLowerCase())
  if (index < 0) throw new ServerError(9, `unknown day of week value: ${name}`)
  return index
}

/** The start of the bin of `size` units that a date is in. */
export function truncateTo(date: Date, unit: string, size: number, zone: Zone, weekStart: string): Date {
  const local = localTime(date, zone)
  const floorTo = (step: number, from: number): number => Math.floor((local.getTime() - from) / step) * step + from
  const even = EVEN.get(unit)
  if (even !== undefined) {
    return new Date(date.getTime() - (local.getTime() - floorTo(even * size, REFERENCE)))
  }
  const days = DAYS.get(unit)
  if (days !== undefined) {
    const shift = days === 7 ? (weekdayOf(weekStart) - REFERENCE_WEEKDAY + 7) % 7 : 0
    return instantOf(floorTo(days * size * DAY, REFERENCE + shift * DAY), zone)
  }
  const months = MONTHS.get(unit)
  if (months === undefined) throw unknownUnit(unit)
  const step = months * size
  const month = Math.floor((monthOf(local) - 2000 * 12) / step) * step
  return instantOf(Date.UTC(2000, month, 1), zone)
}
