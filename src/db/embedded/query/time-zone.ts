import { ServerError } from '../server-error.js'

/** `UTC`, an offset as `+02:00`, or a name of the IANA time zone database. */
export type Zone = string

export const DAY = 86_400_000
const MINUTE = 60_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** Minutes that a zone's clocks are ahead of UTC at an instant. */
export function offsetAt(instant: Date, zone: Zone): number {
  if (zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0
  const fixed = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0))
  const parts = new Map(
    formatFor(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return Math.round((local - Math.floor(instant.getTime() / 1000) * 1000) / MINUTE)
}

function formatFor(zone: Zone): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  try {
    const numeric = {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    } as const
    const format = new Intl.DateTimeFormat('en-US', { ...numeric, timeZone: zone, hourCycle: 'h23' })
    formats.set(zone, format)
    return format
  } catch {
    throw new ServerError(40485, `unrecognized time zone identifier: "${zone}"`)
  }
}

/** The clock of a zone at an instant, as a date whose UTC fields show it. */
export function localTime(instant: Date, zone: Zone): Date {
  return new Date(instant.getTime() + offsetAt(instant, zone) * MINUTE)
}

/** The instant at which a zone's clock shows a time, given in milliseconds as if it were UTC. */
export function instantOf(local: number, zone: Zone): Date {
  const first = new Date(local - offsetAt(new Date(local), zone) * MINUTE)
  const again = new Date(local - offsetAt(first, zone) * MINUTE)
  return offsetAt(again, zone) === offsetAt(first, zone) ? again : first
}

export function dayOfYear(local: Date): number {
  return Math.floor((local.getTime() - Date.UTC(local.getUTCFullYear(), 0, 1)) / DAY) + 1
}

/** Weeks begin on Sundays; days before the first Sunday are in week 0. */
export function sundayWeekOf(local: Date): number {
  return Math.floor((dayOfYear(local) - 1 - local.getUTCDay() + 7) / 7)
}

export function isoWeekOf(local: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(local.getTime() + (4 - (local.getUTCDay() || 7)) * DAY)
  return { year: thursday.getUTCFullYear(), week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 }
}
