import type { Request } from 'express'
import type { Page } from '../../shared/page.js'
import { oneOf, pagingView, textOf } from '../../web/query.js'
import { authorities, authorityCodes } from '../authorities/index.js'
import { filterSelect, filterText, kindOptions, kindOrCategory, type Reader } from '../listings/index.js'
import { offerStates, type OfferFilter, type OfferSummary } from './offer.js'
import { offerRow, type ListContext } from './offer-views.js'

/** What the query string asks for; what is not understood asks for nothing. */
export const filterOf = (req: Request): OfferFilter => ({
  ...kindOrCategory(textOf(req, 'kind')),
  state: oneOf(req, 'state', offerStates),
  authority: oneOf(req, 'authority', authorityCodes),
  text: textOf(req, 'q'),
})

export const listView = (req: Request, offers: Page<OfferSummary>, context: ListContext, mayCreate: boolean) => {
  const { t } = context.reader
  const filter = filterOf(req)
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return {
    title: t('offers.title'),
    errors: [],
    create: mayCreate ? { href: '/offers/new', text: t('offers.new') } : null,
    action: req.path,
    clear: isFiltered ? req.path : null,
    filters: filterFields(context.reader, filter),
    items: offers.items.map((offer) => offerRow(offer, context)),
    empty: t(isFiltered ? 'listings.nothing-found' : 'offers.none'),
    paging: pagingView(req, offers.next),
  }
}

const filterFields = (reader: Reader, filter: OfferFilter) => ({
  q: filterText(reader, filter.text),
  kind: filterSelect(reader, 'kind', kindOptions(reader, 'offer'), filter.kind ?? filter.category),
  state: filterSelect(
    reader,
    'state',
    offerStates.map((value) => ({ value, text: reader.t(`offers.state.${value}`) })),
    filter.state,
  ),
  authority: filterSelect(
    reader,
    'authority',
    authorities.map(({ code, area }) => ({ value: code, text: reader.formats.name(area) })),
    filter.authority,
  ),
})
