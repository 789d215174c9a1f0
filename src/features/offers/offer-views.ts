import type { Actor } from '../../shared/actor.js'
import type { Locale } from '../../shared/locale.js'
import type { Territory } from '../../shared/territory.js'
import { areaOf, authorities, municipalities, municipalityNames, municipalityOf } from '../authorities/index.js'
import { kindName } from '../catalogue/index.js'
import {
  areasRow,
  holdingFigures,
  quantityWords,
  specificationRows,
  summaryRow,
  writtenRow,
  type Reader,
  type SummaryRow,
} from '../listings/index.js'
import type { Places } from './offer-forms.js'
import { areaNames, keptUnits } from './offer-wish.js'
import {
  hasExpired,
  mayEditOffer,
  mayPauseOffer,
  mayPublishOffer,
  mayResumeOffer,
  mayWithdrawOffer,
  type Offer,
  type OfferSummary,
} from './offer.js'

/** The places of the form, named and sorted in the language of the reader. */
export function placesFor({ formats }: Reader, locale: Locale): Places {
  const alphabet = new Intl.Collator(locale)
  return {
    authorities: authorities.map(({ code, area }) => ({ code, name: formats.name(area) })),
    municipalities: municipalities
      .map((one) => ({ slug: one.slug, name: formats.name(municipalityNames(one)), authority: one.authority }))
      .sort((a, b) => alphabet.compare(a.name, b.name)),
  }
}

const mostNamed = 6

/** "Una-Sana Canton and Tuzla Canton"; a long list is cut and counted. */
export function territoryWords({ t, formats }: Reader, territory: Territory): string {
  const shorten = (names: readonly string[]): string =>
    names.length <= mostNamed
      ? formats.list(names)
      : t('offers.and-more', { names: names.slice(0, mostNamed).join(', '), count: names.length - mostNamed })
  switch (territory.scope) {
    case 'national':
      return t('offers.whole-country')
    case 'authorities':
      return shorten(territory.authorities.map((code) => t('listings.value', { value: areaOf(code) })))
    case 'municipalities':
      return shorten(territory.municipalities.map((slug) => municipalityName({ t, formats }, slug)))
  }
}

function municipalityName({ formats }: Reader, slug: string): string {
  const found = municipalityOf(slug)
  return found === null ? slug : formats.name(municipalityNames(found))
}

export interface ListContext {
  readonly reader: Reader
  readonly companies: ReadonlyMap<string, { readonly name: string }>
  /** ISO date. */
  readonly today: string
}

/** A row of patterns/row-list. */
export function offerRow(offer: OfferSummary, { reader, companies, today }: ListContext) {
  const { t, formats } = reader
  return {
    title: offer.title,
    href: `/offers/${offer.id}`,
    text: t(kindName(offer.kind)),
    state: stateView(reader, offer, today),
    meta: [
      companies.get(offer.companyId)?.name ?? t('offers.unknown-company'),
      territoryWords(reader, offer.territory),
      t('offers.until', { end: { date: offer.validTo } }),
    ],
    figures: [
      { label: t('listings.pot.available'), value: formats.number(offer.available) },
      { label: t('listings.offered'), value: quantityWords(reader, offer.kind, offer.quantity) },
    ],
  }
}

/** An offer past its last day is called so, whatever its state. */
export function stateView({ t }: Reader, offer: Pick<Offer, 'state' | 'validTo'>, today: string) {
  const isOver = offer.state !== 'withdrawn' && hasExpired(offer, today)
  return isOver
    ? { name: 'expired', text: t('offers.expired') }
    : { name: offer.state, text: t(`offers.state.${offer.state}`) }
}

/** Buttons of the page of an offer: exactly those that would work. Links ask something first, the others act at once. */
export function offerActs({ t }: Reader, actor: Actor, offer: Offer, today: string) {
  const at = `/offers/${offer.id}`
  const acts = [
    { act: 'publish', shown: mayPublishOffer(actor, offer, today), isLink: false },
    { act: 'resume', shown: mayResumeOffer(actor, offer, today), isLink: false },
    { act: 'edit', shown: mayEditOffer(actor, offer), isLink: true },
    { act: 'pause', shown: mayPauseOffer(actor, offer), isLink: false },
    { act: 'withdraw', shown: mayWithdrawOffer(actor, offer), isLink: true },
  ]
  return acts
    .filter(({ shown }) => shown)
    .map(({ act, isLink }, place) => ({
      href: `${at}/${act}`,
      text: t(`offers.act.${act}`),
      isLink,
      classes: act === 'withdraw' ? 'govuk-button--warning' : place === 0 ? '' : 'govuk-button--secondary',
    }))
}

/** Everything that an offer says, in three lists. */
export function offerDetails(reader: Reader, offer: Offer, company: string) {
  const { t } = reader
  const row = (field: string, text: string): SummaryRow => summaryRow(t(`offers.field.${field}.label`), text)
  const written = (field: string, text: string): SummaryRow[] => writtenRow(t(`offers.field.${field}.label`), text)
  return {
    what: [
      summaryRow(t('offers.company'), company),
      summaryRow(t('listings.kind'), t(kindName(offer.kind))),
      areasRow(reader, offer.kind),
      row('quantity', quantityWords(reader, offer.kind, offer.quantity)),
      ...specificationRows(reader, offer.kind, 'offer', offer.spec),
      ...written('description', offer.description),
      row('locale', t(`listings.language.${offer.locale}`)),
    ],
    whom: whomRows(reader, offer, row),
    how: [
      row('validFrom', reader.formats.date(offer.validFrom)),
      row('validTo', reader.formats.date(offer.validTo)),
      row('leadDays', t('offers.lead', { count: offer.leadDays })),
      row('terms', t(`offers.field.terms.option.${offer.terms}`)),
      row(
        'unitValue',
        t('offers.value', { unit: { km: offer.unitValue }, all: { km: offer.unitValue * offer.quantity } }),
      ),
      row(
        'valueBasis',
        [t(`offers.field.valueBasis.option.${offer.valueBasis}`), offer.valueNote].filter(Boolean).join(': '),
      ),
      ...written('conditions', offer.conditions),
    ],
    figures: holdingFigures(reader, 'offer', offer),
  }
}

function whomRows(reader: Reader, offer: Offer, row: (field: string, text: string) => SummaryRow): SummaryRow[] {
  const { t } = reader
  const lots = [
    ['minPerSchool', offer.minPerSchool],
    ['maxPerSchool', offer.maxPerSchool],
  ] as const
  const levels = offer.levels.map((level) => t(`offers.field.levels.option.${level}`))
  return [
    row('scope', territoryWords(reader, offer.territory)),
    row('levels', levels.length === 0 ? t('offers.every-level') : reader.formats.list(levels)),
    ...wishRows(reader, offer),
    ...lots.flatMap(([field, units]) => (units === null ? [] : [row(field, quantityWords(reader, offer.kind, units))])),
  ]
}

/** "40 % (8 of 20 pieces) for schools of Una-Sana Canton". */
function wishRows(reader: Reader, { id, kind, wish, quantity, publishedAt }: Offer): SummaryRow[] {
  if (wish === null) return []
  const { t } = reader
  const kept = quantityWords(reader, kind, keptUnits(wish, quantity))
  const text = t('offers.wish.kept', { share: wish.share, kept, quantity, places: areaNames(wish.authorities) })
  const cost = summaryRow(t('offers.wish.cost-label'), t('offers.wish.cost'), `/offers/${id}/wish-cost`)
  return [summaryRow(t('offers.wish.label'), text), ...(publishedAt === null ? [] : [cost])]
}
