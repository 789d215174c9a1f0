import type { Request } from 'express'
import { oneOf } from '../../web/query.js'
import { areaOf, authorityCodes } from '../authorities/index.js'
import {
  categories,
  categoryName,
  dimensionLabel,
  kindName,
  kindOf,
  quantityOf,
  valueWords,
  type Category,
} from '../catalogue/index.js'
import { readerOf, type Reader } from '../listings/index.js'
import type { KeptSignal, Latest } from './demand.js'

/** What the list is narrowed to; `country` stands for units that may go anywhere. */
interface DemandFilter {
  readonly category: Category | undefined
  readonly authority: string | undefined
}

const places = [...authorityCodes, 'country']

const filterOf = (req: Request): DemandFilter => ({
  category: oneOf(req, 'category', categories),
  authority: oneOf(req, 'authority', places),
})

const isMeant =
  ({ category, authority }: DemandFilter) =>
  (signal: KeptSignal): boolean =>
    (category === undefined || kindOf(signal.kind).category === category) &&
    (authority === undefined || (signal.authority ?? 'country') === authority)

export function demandView(req: Request, { signals, since }: Latest) {
  const reader = readerOf(req)
  const { t, formats } = reader
  const filter = filterOf(req)
  const found = signals.filter(isMeant(filter))
  return {
    title: t('demand.title'),
    errors: [],
    lead: t('demand.lead'),
    confirmed: since === null ? null : t('demand.confirmed', { at: formats.dateTime(since) }),
    action: req.path,
    filters: filterSelects(reader, filter),
    items: found.map((signal) => signalRow(reader, signal)),
    empty: t(since === null ? 'demand.none-yet' : 'demand.none'),
  }
}

/** A row of patterns/row-list: "10 terminals more valid in Una-Sana Canton would serve 9 school units, 310 pupils". */
function signalRow({ t, formats }: Reader, signal: KeptSignal) {
  const { kind, authority, units, unlocked, schoolUnits, students, missing, roundNumber, at } = signal
  return {
    title: t('demand.row.title', { kind: kindName(kind), units: quantityOf(kind, units) }),
    text: t('demand.row.text', {
      place: placeOf(authority),
      units: { key: 'demand.row.units', values: { count: schoolUnits } },
      students: { key: 'demand.row.students', values: { count: students } },
    }),
    meta: [
      ...specWords({ t, formats }, signal),
      t('demand.row.confirmed', { number: String(roundNumber), at: formats.dateTime(at) }),
    ],
    figures: [
      { label: t('demand.row.unlocked'), value: t(quantityOf(kind, unlocked)) },
      { label: t('demand.row.missing'), value: t(quantityOf(kind, missing)) },
    ],
  }
}

const placeOf = (authority: string | null) =>
  authority === null ? { key: 'demand.country' } : { key: 'listings.value', values: { value: areaOf(authority) } }

/** What such units have to be like to be enough for every need that is short there. */
function specWords({ t, formats }: Reader, { kind, spec }: KeptSignal): readonly string[] {
  const told = kindOf(kind).dimensions.flatMap((dimension) => {
    const value = spec[dimension.name]
    if (value === undefined) return []
    return [t('demand.row.property', { name: dimensionLabel(dimension), value: valueWords(dimension, value) })]
  })
  return told.length === 0 ? [] : [t('demand.row.spec', { properties: formats.list(told) })]
}

function filterSelects({ t }: Reader, filter: DemandFilter) {
  const select = (name: 'category' | 'authority', choices: readonly { value: string; text: string }[]) => ({
    id: name,
    name,
    label: { text: t(`demand.filter.${name}`) },
    items: [{ value: '', text: t('demand.filter.all') }, ...choices].map((choice) => ({
      ...choice,
      selected: choice.value === (filter[name] ?? ''),
    })),
  })
  return [
    select(
      'category',
      categories.map((category) => ({ value: category, text: t(categoryName(category)) })),
    ),
    select(
      'authority',
      places.map((value) => ({ value, text: t(placeOf(value === 'country' ? null : value)) })),
    ),
  ]
}
