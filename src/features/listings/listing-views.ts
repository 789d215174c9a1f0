import type { Request } from 'express'
import type { FormState } from '../../web/form.js'
import type { Translate } from '../../shared/message.js'
import {
  areaName,
  categories,
  categoryName,
  dimensionLabel,
  dimensionsFor,
  isKindCode,
  kindName,
  kindOf,
  kindsFor,
  quantityOf,
  valueWords,
  type Category,
  type KindCode,
  type Side,
  type Specification,
} from '../catalogue/index.js'
import { pots, type Holdings, type Transition } from './listing.js'

/** The language of whoever reads the page. */
export interface Reader {
  readonly t: Translate
  readonly formats: Request['formats']
}

/** A row of components/summary-list. */
export interface SummaryRow {
  readonly key: { readonly text: string }
  readonly value: { readonly text: string; readonly href?: string; readonly classes?: string }
}

/** With an address the value is a link. */
export const summaryRow = (key: string, text: string, href?: string): SummaryRow => ({
  key: { text: key },
  value: { text, ...(href === undefined ? {} : { href }) },
})

/** The areas of the commitment that a kind serves; their names have an "and" of their own. */
export const areasRow = ({ t }: Reader, kind: KindCode): SummaryRow =>
  summaryRow(
    t('listings.areas'),
    kindOf(kind)
      .areas.map((area) => t(areaName(area)))
      .join('; '),
  )

/** What somebody wrote, in the lines it was written in; no row when they wrote nothing. */
export const writtenRow = (key: string, text: string): SummaryRow[] =>
  text === '' ? [] : [{ key: { text: key }, value: { text, classes: 'spona-written' } }]

/** What a listing states about its kind, in words. */
export const specificationRows = ({ t }: Reader, kind: KindCode, side: Side, spec: Specification): SummaryRow[] =>
  dimensionsFor(kind, side)
    .filter(({ name }) => spec[name] !== undefined)
    .map((dimension) =>
      summaryRow(
        t(dimensionLabel(dimension)),
        t('listings.value', { value: valueWords(dimension, spec[dimension.name]) }),
      ),
    )

/** "12 pieces" in words, by the unit of the kind. */
export const quantityWords = ({ t }: Reader, kind: KindCode, units: number): string => t(quantityOf(kind, units))

/** Where the units are, for patterns/figures; what an offer still has is what a need still lacks. */
export const holdingFigures = ({ t, formats }: Reader, side: Side, holdings: Holdings) =>
  pots.map((pot) => ({
    label: t(pot === 'available' && side === 'need' ? 'listings.pot.missing' : `listings.pot.${pot}`),
    value: formats.number(holdings[pot]),
    hint: t('listings.of', { quantity: holdings.quantity }),
  }))

/** Every step, the last first: for patterns/data-table. */
export const historyTable = <State extends string>(
  { t, formats }: Reader,
  feature: 'offers' | 'needs',
  history: readonly Transition<State>[],
  names: ReadonlyMap<string, string>,
) => ({
  caption: t('listings.history.title'),
  columns: ['when', 'state', 'who'].map((column) => ({ text: t(`listings.history.${column}`) })),
  rows: history.toReversed().map(({ to, at, by, reason }) => ({
    cells: [
      { text: formats.dateTime(at) },
      {
        text: '',
        state: { name: to, text: t(`${feature}.state.${to}`) },
        ...(reason === null ? {} : { hint: reason }),
      },
      { text: names.get(by) ?? t('listings.history.somebody') },
    ],
  })),
  empty: '',
})

/** The kinds to choose from before the form, by category; each leads to its form. */
export const kindChoices = ({ t }: Reader, side: Side, hrefOf: (kind: KindCode) => string) =>
  categories
    .map((category) => ({
      title: t(categoryName(category)),
      kinds: kindsFor(side)
        .filter((kind) => kind.category === category)
        .map(({ code }) => ({
          text: t(kindName(code)),
          summary: t(`catalogue.kind.${code}.summary`),
          href: hrefOf(code),
        })),
    }))
    .filter(({ kinds }) => kinds.length > 0)

export interface KindOrCategory {
  readonly kind?: KindCode
  readonly category?: Category
}

/** One select for both: a category or one of its kinds; anything else asks for nothing. */
export function kindOrCategory(value: string | undefined): KindOrCategory {
  if (isKindCode(value)) return { kind: value }
  const category = categories.find((one) => one === value)
  return category === undefined ? {} : { category }
}

interface Choice {
  readonly value: string
  readonly text: string
}

/** Parameters of components/select for a filter; the first entry stands for "all". */
export const filterSelect = ({ t }: Reader, name: string, options: readonly Choice[], chosen: string | undefined) => ({
  id: name,
  name,
  label: { text: t(`listings.filter.${name}`) },
  items: [{ value: '', text: t('listings.filter.all') }, ...options].map((option) => ({
    ...option,
    selected: option.value === (chosen ?? ''),
  })),
})

export const filterText = ({ t }: Reader, value: string | undefined) => ({
  id: 'q',
  name: 'q',
  label: { text: t('listings.filter.q') },
  type: 'search',
  value: value ?? '',
})

export const kindOptions = ({ t }: Reader, side: Side): readonly Choice[] =>
  categories.flatMap((category) => {
    const kinds = kindsFor(side).filter((kind) => kind.category === category)
    if (kinds.length === 0) return []
    const all = { value: category, text: t('listings.filter.category', { category: categoryName(category) }) }
    return [all, ...kinds.map(({ code }) => ({ value: code, text: `– ${t(kindName(code))}` }))]
  })

/** Every value of a form as hidden inputs: how the question about a quantity carries them along. */
export const carried = (raw: Readonly<Record<string, string | readonly string[] | undefined>>): readonly Hidden[] =>
  Object.entries(raw).flatMap(([name, value]) => [value ?? []].flat().map((one) => ({ name, value: one })))

/** The labels of the fields in which what was typed differs from what is stored. */
export const differences = ({ t, formats }: Reader, typed: FormState, stored: FormState): string =>
  formats.list(
    Object.entries(typed.form.fields)
      .filter(([, field]) => field.input !== 'hidden')
      .filter(
        ([name, field]) => JSON.stringify(field.read(typed.raw, name)) !== JSON.stringify(field.read(stored.raw, name)),
      )
      .map(([, field]) => t(field.label)),
  )

interface Hidden {
  readonly name: string
  readonly value: string
}
