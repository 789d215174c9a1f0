import { intlTags, type Locale } from '../shared/locale.js'
import { dateFormatsOf } from './dates.js'

/** How numbers, dates, amounts and lists are written in one language. */
export interface Formats {
  readonly number: (value: number) => string
  readonly percent: (share: number) => string
  readonly km: (amount: number) => string
  /** ISO date or instant → a date in words, in the time zone of Sarajevo. */
  readonly date: (iso: string | Date) => string
  readonly dateTime: (at: Date) => string
  readonly list: (items: readonly string[]) => string
  /** The name for this language out of names by language; sr-Latn falls back to bs, everything to en. */
  readonly name: (names: Readonly<Record<string, string>>) => string
}

export function formatsOf(locale: Locale): Formats {
  const tag = intlTags[locale]
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 2 })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const km = new Intl.NumberFormat(tag, { minimumFractionDigits: 0, maximumFractionDigits: 2 })
  const { date, dateTime } = dateFormatsOf(locale)
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const unit = locale === 'sr-Cyrl' ? 'КМ' : 'KM'
  return {
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    km: (amount) => `${km.format(amount)} ${unit}`,
    date: (iso) => date(typeof iso === 'string' ? new Date(iso) : iso),
    dateTime,
    list: (items) => list.format(items),
    name: (names) => names[locale] ?? (locale === 'sr-Latn' ? names['bs'] : undefined) ?? names['en'] ?? '',
  }
}
