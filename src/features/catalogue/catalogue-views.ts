import type { Request } from 'express'
import {
  areaName,
  categoryName,
  dimensionHint,
  dimensionLabel,
  kindName,
  optionName,
  prerequisiteName,
  unitName,
} from './catalogue-words.js'
import type { Dimension } from './dimension.js'
import { categories, type Kind } from './kind.js'
import { kindsOf } from './kinds.js'

type Reader = Pick<Request, 'words' | 'formats'>

const nameOf = ({ words: { t } }: Reader, code: string): string => {
  const name = kindName(code)
  return typeof name === 'string' ? name : t(name)
}

/** Every kind by category, each with what it is counted in and the areas it serves. */
export function catalogueView(reader: Reader) {
  const { t } = reader.words
  return {
    title: t('catalogue.title'),
    errors: [],
    lead: t('catalogue.lead'),
    categories: categories.map((category) => ({
      title: t(categoryName(category)),
      items: kindsOf(category).map(({ code, areas }) => ({
        title: nameOf(reader, code),
        href: `/catalogue/${code}`,
        text: t(`catalogue.kind.${code}.summary`),
        meta: areas.map((area) => t(areaName(area))),
      })),
    })),
  }
}

/** One kind: what it stands on, and what an offer states and a need may ask. */
export function kindView(reader: Reader, kind: Kind) {
  const { t } = reader.words
  const { list } = reader.formats
  const row = (key: string, text: string) => ({ key: { text: t(`catalogue.page.${key}`) }, value: { text } })
  const others = kind.serves.filter((code) => code !== kind.code)
  return {
    title: nameOf(reader, kind.code),
    errors: [],
    back: { href: '/catalogue', text: t('catalogue.title') },
    lead: t(`catalogue.kind.${kind.code}.summary`),
    rows: [
      row('code', kind.code),
      row('category', t(categoryName(kind.category))),
      row('areas', kind.areas.map((area) => t(areaName(area))).join('; ')),
      row('unit', t(unitName(kind.unit))),
      row('sides', list(kind.sides.map((side) => t(`catalogue.page.side.${side}`)))),
      ...(kind.requires.length === 0
        ? []
        : [row('requires', list(kind.requires.map((thing) => t(prerequisiteName(thing)))))]),
      ...(others.length === 0 ? [] : [row('serves', list(others.map((code) => nameOf(reader, code))))]),
    ],
    dimensions: {
      caption: t('catalogue.page.dimensions'),
      columns: ['property', 'values', 'offer', 'need', 'rule', 'key'].map((column) => ({
        text: t(`catalogue.page.column.${column}`),
      })),
      rows: kind.dimensions.map((dimension) => ({ cells: dimensionCells(reader, dimension) })),
      empty: '',
    },
  }
}

const dimensionCells = (reader: Reader, dimension: Dimension) => {
  const { t } = reader.words
  return [
    { text: t(dimensionLabel(dimension)), hint: t(dimensionHint(dimension)) },
    { text: possibleValues(reader, dimension) },
    { text: t(`catalogue.page.presence.${dimension.offer}`) },
    { text: t(`catalogue.page.presence.${dimension.need}`) },
    // Whether refurbished ones are accepted is compared with the kind of the offer, not with a property of it.
    { text: t(`catalogue.page.rule.${dimension.name === 'refurbished' ? 'refurbished' : dimension.rule}`) },
    { text: dimension.name, ...('options' in dimension ? { hint: dimension.options.join(', ') } : {}) },
  ]
}

function possibleValues({ words: { t }, formats }: Reader, dimension: Dimension): string {
  switch (dimension.type) {
    case 'integer':
      return t('catalogue.page.range', { min: String(dimension.min), max: String(dimension.max) })
    case 'yes-no':
      return t('catalogue.page.yes-no')
    case 'choice':
    case 'choices':
      return formats.list(dimension.options.map((option) => t(optionName(dimension, option))))
  }
}
