import type { Request } from 'express'
import type { Page } from '../../shared/page.js'
import { oneOf, pagingView, textOf } from '../../web/query.js'
import {
  authorities,
  authorityCodes,
  authorityOf,
  municipalitiesOf,
  municipalityNames,
  municipalityOf,
  type AuthorityCode,
} from '../authorities/index.js'
import type { SchoolFilter, SchoolScope } from './school-query.js'
import { tiers } from '../../shared/tier.js'
import { type SchoolUnit } from './school.js'

const unitKinds = ['central', 'branch'] as const
const lines = ['yes', 'no', 'unknown'] as const

/** What the query string asks for; what is not understood asks for nothing. */
export function filterOf(req: Request): SchoolFilter {
  const tier = oneOf(req, 'tier', ['1', '2', '3', '4', '5'])
  return {
    authority: oneOf(req, 'authority', authorityCodes),
    municipality: municipalityOf(textOf(req, 'municipality') ?? '')?.slug,
    tier: tiers.find((one) => String(one) === tier),
    unit: oneOf(req, 'unit', unitKinds),
    connectivity: oneOf(req, 'connectivity', lines),
    text: textOf(req, 'q'),
  }
}

/** The list of units: its rows, and the filters that make sense for whoever reads it. */
export function listView(req: Request, schools: Page<SchoolUnit>, scope: SchoolScope) {
  const { t } = req.words
  const filter = filterOf(req)
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return {
    title: t(scope.of === 'school' ? 'schools.own-title' : 'schools.title'),
    errors: [],
    action: req.path,
    clear: isFiltered ? req.path : null,
    search: { id: 'q', name: 'q', label: { text: t('schools.filter.q') }, type: 'search', value: filter.text ?? '' },
    filters: filterSelects(req, filter, scope),
    items: schools.items.map((unit) => rowOf(req, unit)),
    empty: t(isFiltered ? 'schools.nothing-found' : 'schools.none'),
    paging: pagingView(req, schools.next),
  }
}

/** A row of patterns/row-list. */
function rowOf({ words: { t }, formats }: Request, unit: SchoolUnit) {
  const place = municipalityOf(unit.municipality)
  const connectivity = unit.connectivityGovt === null ? 'unknown' : unit.connectivityGovt ? 'yes' : 'no'
  return {
    title: unit.name,
    href: `/schools/${unit.id}`,
    tier: unit.tier,
    meta: [
      t(`schools.unit.${unit.isBranch ? 'branch' : 'central'}`),
      ...(place === null ? [] : [formats.name(municipalityNames(place))]),
      formats.name(authorityOf(unit.authority).area),
      t(`schools.line.${connectivity}`),
    ],
    figures: [
      { label: t('schools.field.equityIndex'), value: formats.number(unit.equityIndex) },
      ...(unit.numStudents === null
        ? []
        : [{ label: t('schools.field.numStudents'), value: formats.number(unit.numStudents) }]),
    ],
  }
}

interface Choice {
  readonly value: string
  readonly text: string
}

/** Parameters of components/select; the first entry stands for "all". */
const select = ({ words: { t } }: Request, name: string, options: readonly Choice[], chosen: string | undefined) => ({
  id: name,
  name,
  label: { text: t(`schools.filter.${name}`) },
  items: [{ value: '', text: t('schools.filter.all') }, ...options].map((option) => ({
    ...option,
    selected: option.value === (chosen ?? ''),
  })),
})

function filterSelects(req: Request, filter: SchoolFilter, scope: SchoolScope) {
  const { words, formats } = req
  const { t } = words
  const worded = (kind: string, values: readonly string[]): readonly Choice[] =>
    values.map((value) => ({ value, text: t(`schools.${kind}.${value}`) }))
  const seen = scope.of === 'authorities' ? scope.authorities : scope.of === 'everybody' ? authorityCodes : []
  const areas = authorities
    .filter(({ code }) => seen.includes(code))
    .map(({ code, area }) => ({ value: code, text: formats.name(area) }))
  const chosen = filter.authority === undefined ? seen : [filter.authority]
  return [
    ...(areas.length > 1 ? [select(req, 'authority', areas, filter.authority)] : []),
    // All 143 are no choice to scroll through: the municipalities of one authority are.
    ...(chosen.length === 1 ? [select(req, 'municipality', placesOf(req, chosen), filter.municipality)] : []),
    select(
      req,
      'tier',
      tiers.map((tier) => ({ value: String(tier), text: t('web.tier', { tier }) })),
      filter.tier === undefined ? undefined : String(filter.tier),
    ),
    select(req, 'unit', worded('unit', unitKinds), filter.unit),
    select(req, 'connectivity', worded('line', lines), filter.connectivity),
  ]
}

function placesOf({ words, formats }: Request, codes: readonly AuthorityCode[]): readonly Choice[] {
  const alphabet = new Intl.Collator(words.locale)
  return codes
    .flatMap(municipalitiesOf)
    .map((one) => ({ value: one.slug, text: formats.name(municipalityNames(one)) }))
    .sort((one, other) => alphabet.compare(one.text, other.text))
}
