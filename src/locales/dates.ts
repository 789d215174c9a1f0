import { toCyrillic } from '../shared/cyrillic.js'
import { intlTags, type Locale } from '../shared/locale.js'

/** How days and moments are written in one language, in the time zone of Sarajevo. */
export interface DateFormats {
  readonly date: (at: Date) => string
  readonly dateTime: (at: Date) => string
}

const timeZone = 'Europe/Sarajevo'

/** Months as they follow a day. Intl knows only "novembar", which is wrong after "do" and "od" and in "24. novembra". */
const months = {
  bs: 'januara februara marta aprila maja juna jula augusta septembra oktobra novembra decembra',
  hr: 'siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca',
  sr: 'januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra',
}

const numeric = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'numeric', year: 'numeric', timeZone })
const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone })

export function dateFormatsOf(locale: Locale): DateFormats {
  if (locale !== 'en') return inWords(locale)
  const date = new Intl.DateTimeFormat(intlTags.en, { dateStyle: 'long', timeZone })
  const dateTime = new Intl.DateTimeFormat(intlTags.en, { dateStyle: 'long', timeStyle: 'short', timeZone })
  return { date: (at) => date.format(at), dateTime: (at) => dateTime.format(at) }
}

function inWords(locale: Exclude<Locale, 'en'>): DateFormats {
  const names = months[locale === 'sr-Latn' || locale === 'sr-Cyrl' ? 'sr' : locale].split(' ')
  const script = locale === 'sr-Cyrl' ? toCyrillic : (text: string): string => text
  const date = (at: Date): string => {
    const part = new Map(numeric.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const month = names[(part.get('month') ?? 0) - 1] ?? ''
    return script(`${part.get('day') ?? ''}. ${month} ${part.get('year') ?? ''}.`)
  }
  return { date, dateTime: (at) => `${date(at)} ${script('u')} ${clock.format(at)}` }
}
