import type { Request } from 'express'
import type { Page } from '../../shared/page.js'
import type { ErrorLink } from '../../web/form-views.js'
import { oneOf, pagingView } from '../../web/query.js'
import { areaOf } from '../authorities/index.js'
import { kindName, quantityOf } from '../catalogue/index.js'
import { readerOf, type Reader } from '../listings/index.js'
import type { Division, DivisionPart } from './division.js'

const lists = ['awaiting', 'agreed'] as const

export const listOf = (req: Request): (typeof lists)[number] => oneOf(req, 'show', lists) ?? 'awaiting'

/** Offers that a plan divides among authorities, each with its table. */
export function consentsView(req: Request, found: Page<Division>, errors: readonly ErrorLink[] = []) {
  const reader = readerOf(req)
  const { t } = reader
  const show = listOf(req)
  const other = show === 'awaiting' ? 'agreed' : 'awaiting'
  return {
    title: t('consents.title'),
    errors,
    back: { href: '/matches', text: t('matches.all') },
    heading: t(`consents.list.${show}`),
    other: {
      href: other === 'agreed' ? '/matches/shared?show=agreed' : '/matches/shared',
      text: t(`consents.see.${other}`),
    },
    divisions: found.items.map((division) => divisionView(reader, division)),
    empty: t(`consents.empty.${show}`),
    paging: pagingView(req, found.next),
  }
}

export const divisionView = (reader: Reader, division: Division) => {
  const { t } = reader
  const { offerId, offerTitle, offerKind, company, units, seen, awaiting } = division
  const at = `/matches/shared/${offerId}`
  return {
    id: offerId,
    title: t('consents.offer', { offer: offerTitle, company }),
    href: `/offers/${offerId}`,
    text: t('consents.divides', {
      kind: kindName(offerKind),
      units: quantityOf(offerKind, units),
      count: division.parts.length,
    }),
    table: divisionTable(reader, division),
    mayAgree: awaiting.length > 0,
    seen,
    agree: `${at}/agree`,
    reject: `${at}/reject`,
  }
}

/** By authority: what its schools are to be given, and whether it has agreed; for patterns/data-table. */
export const divisionTable = ({ t, formats }: Reader, { offerTitle, parts }: Division) => ({
  caption: t('consents.table.caption', { offer: offerTitle }),
  captionClasses: 'govuk-visually-hidden',
  columns: [
    { text: t('consents.table.authority') },
    ...['units', 'schools', 'pupils'].map((column) => ({ text: t(`consents.table.${column}`), format: 'numeric' })),
    { text: t('consents.table.agreed') },
  ],
  rows: parts.map((part) => ({
    cells: [
      { text: t('listings.value', { value: areaOf(part.authority) }) },
      ...[part.units, part.schools, part.pupils].map((figure) => ({ text: formats.number(figure) })),
      { text: t(...agreedWords(part)) },
    ],
  })),
  empty: '',
})

const agreedWords = ({ agreed, proposals }: DivisionPart): Parameters<Reader['t']> => {
  if (agreed === 0) return ['consents.table.not-yet']
  return agreed === proposals ? ['consents.table.all'] : ['consents.table.some', { agreed, proposals }]
}
