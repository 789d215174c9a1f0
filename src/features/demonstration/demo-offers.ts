import { toCyrillic } from '../../shared/cyrillic.js'
import type { Locale } from '../../shared/locale.js'
import type { Territory } from '../../shared/territory.js'
import { isKindCode, offerSpecification } from '../catalogue/index.js'
import type { OfferTerms } from '../offers/index.js'
import type { NewCompany } from '../organisations/index.js'
import listings from './demo-listings.json' with { type: 'json' }
import { days, wavesBefore, type Wave } from './demo-calendar.js'

type Written = (typeof listings.offers)[number]

export interface DemoCompany extends NewCompany {
  readonly language: Locale
}

export interface DemoOffer {
  /** Place of its company in `demoCompanies`. */
  readonly company: number
  readonly terms: OfferTerms
  readonly wave: Wave
  readonly fate: 'open' | 'draft' | 'paused' | 'withdrawn' | 'expired'
}

/** Companies that do not exist; their addresses lead nowhere (`.example` is reserved for that). */
export const demoCompanies: readonly DemoCompany[] = listings.companies.map(({ name, kind, place, language }, at) => ({
  name,
  kind: kind as NewCompany['kind'],
  place,
  email: `company-${at + 1}@spona.example`,
  language: language as Locale,
}))

/** What these companies offer, as it would have been written on the day of its wave before `today` (ISO date). */
export const demoOffers = (today: string): readonly DemoOffer[] =>
  listings.offers.map((written) => ({
    company: written.company,
    terms: termsOf(written, today),
    wave: written.batch as Wave,
    fate: written.fate as DemoOffer['fate'],
  }))

function termsOf(written: Written, today: string): OfferTerms {
  const { company, kind, spec, title, description, conditions, valueNote, quantity, minPerSchool, maxPerSchool } =
    written
  if (!isKindCode(kind)) throw new RangeError(`No such kind: ${kind}`)
  const locale = demoCompanies[company]?.language ?? 'bs'
  const script = locale === 'sr-Cyrl' ? toCyrillic : (text: string): string => text
  const begun = days(today, -wavesBefore[written.batch as Wave])
  return {
    title: script(title),
    kind,
    spec: offerSpecification(kind).parse(spec),
    description: script(description),
    locale,
    quantity,
    minPerSchool,
    maxPerSchool,
    territory: territoryOf(written.territory),
    wish: written.wish ?? null,
    levels: written.levels as OfferTerms['levels'],
    validFrom: begun,
    validTo: written.fate === 'expired' ? days(today, -21) : days(today, 70 + ((quantity * 7) % 260)),
    leadDays: written.leadDays,
    terms: written.terms as OfferTerms['terms'],
    unitValue: written.unitValue,
    valueBasis: written.valueBasis as OfferTerms['valueBasis'],
    valueNote: script(valueNote),
    conditions: script(conditions),
  }
}

const territoryOf = (written: string | readonly string[]): Territory =>
  typeof written === 'string' ? { scope: 'national' } : { scope: 'authorities', authorities: written }
