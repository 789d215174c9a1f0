import { areaOf } from '../authorities/index.js'
import { quantityWords, type Reader } from '../listings/index.js'
import type { Demand } from './offer-demand.js'
import type { Offer } from './offer.js'

const tiers = [1, 2, 3, 4, 5] as const

/** Which needs an offer could meet right now: a sentence, and a table by authority and tier. */
export function demandView(reader: Reader, offer: Pick<Offer, 'kind'>, demand: Demand) {
  const { t, formats } = reader
  const figures = { count: demand.needs, units: quantityWords(reader, offer.kind, demand.units) }
  return {
    title: t('offers.demand.title'),
    text: demand.needs === 0 ? t('offers.demand.none') : t('offers.demand.text', figures),
    note: demand.isPartial ? t('offers.demand.partial') : null,
    table: {
      caption: t('offers.demand.caption'),
      captionClasses: 'govuk-table__caption--s',
      columns: [
        { text: t('offers.demand.authority') },
        ...tiers.map((tier) => ({ text: t('web.tier', { tier }), format: 'numeric' })),
        { text: t('offers.demand.needs'), format: 'numeric' },
        { text: t('offers.demand.units'), format: 'numeric' },
      ],
      rows: demand.authorities.map((row) => ({
        cells: [
          { text: t('listings.value', { value: areaOf(row.authority) }) },
          ...row.tiers.map((needs) => ({ text: formats.number(needs) })),
          { text: formats.number(row.needs), strong: true },
          { text: formats.number(row.units) },
        ],
      })),
      empty: '',
    },
  }
}
