import type { Request } from 'express'
import type { Actor } from '../../shared/actor.js'
import type { Page } from '../../shared/page.js'
import { oneOf, pagingView, textOf } from '../../web/query.js'
import { areaOf, authorities, authorityCodes, municipalityNames, municipalityOf } from '../authorities/index.js'
import { kindName } from '../catalogue/index.js'
import {
  areasRow,
  filterSelect,
  filterText,
  holdingFigures,
  kindOptions,
  kindOrCategory,
  quantityWords,
  specificationRows,
  summaryRow,
  writtenRow,
  type Reader,
  type SummaryRow,
} from '../listings/index.js'
import {
  mayEditNeed,
  mayPauseNeed,
  mayPublishNeed,
  mayResumeNeed,
  mayWithdrawNeed,
  needStates,
  type Need,
  type NeedFilter,
  type NeedSummary,
  type NeedUnit,
} from './need.js'

export interface NeedContext {
  readonly reader: Reader
  readonly units: ReadonlyMap<string, NeedUnit>
}

/** The name of the unit; one that the register no longer has is called so. */
export const unitName = ({ reader, units }: NeedContext, id: string): string =>
  units.get(id)?.name ?? reader.t('needs.unknown-unit')

/** What a need is called: it has no title of its own. */
export const needTitle = (context: NeedContext, need: Pick<Need, 'kind' | 'schoolUnitId'>): string =>
  context.reader.t('needs.called', { kind: kindName(need.kind), unit: unitName(context, need.schoolUnitId) })

const placeWords = ({ formats }: Reader, slug: string): string[] => {
  const municipality = municipalityOf(slug)
  return municipality === null ? [] : [formats.name(municipalityNames(municipality))]
}

const areaWords = ({ t }: Reader, code: string): string => t('listings.value', { value: areaOf(code) })

/** A row of patterns/row-list. */
export function needRow(need: NeedSummary, context: NeedContext) {
  const { reader } = context
  const { t, formats } = reader
  return {
    title: needTitle(context, need),
    href: `/needs/${need.id}`,
    state: { name: need.state, text: t(`needs.state.${need.state}`) },
    tier: need.tier,
    meta: [
      ...placeWords(reader, need.municipality),
      areaWords(reader, need.authority),
      t('needs.urgency-is', { urgency: t(`needs.urgency.${need.urgency}`) }),
      ...(need.deadline === null ? [] : [t('needs.by', { deadline: { date: need.deadline } })]),
    ],
    figures: [
      { label: t('listings.pot.missing'), value: formats.number(need.available) },
      { label: t('needs.asked'), value: quantityWords(reader, need.kind, need.quantity) },
    ],
  }
}

/** What the query string asks for; what is not understood asks for nothing. */
export const filterOf = (req: Request): NeedFilter => ({
  ...kindOrCategory(textOf(req, 'kind')),
  state: oneOf(req, 'state', needStates),
  authority: oneOf(req, 'authority', authorityCodes),
  text: textOf(req, 'q'),
})

export const listView = (req: Request, needs: Page<NeedSummary>, context: NeedContext, mayCreate: boolean) => {
  const { t, formats } = context.reader
  const filter = filterOf(req)
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  const states = needStates.map((value) => ({ value, text: t(`needs.state.${value}`) }))
  const places = authorities.map(({ code, area }) => ({ value: code, text: formats.name(area) }))
  return {
    title: t('needs.title'),
    errors: [],
    create: mayCreate ? { href: '/needs/new', text: t('needs.new') } : null,
    action: req.path,
    clear: isFiltered ? req.path : null,
    filters: {
      q: filterText(context.reader, filter.text),
      kind: filterSelect(context.reader, 'kind', kindOptions(context.reader, 'need'), filter.kind ?? filter.category),
      state: filterSelect(context.reader, 'state', states, filter.state),
      authority: filterSelect(context.reader, 'authority', places, filter.authority),
    },
    items: needs.items.map((need) => needRow(need, context)),
    empty: t(isFiltered ? 'listings.nothing-found' : 'needs.none'),
    paging: pagingView(req, needs.next),
  }
}

/** Buttons of the page of a need: exactly those that would work. Links ask something first, the others act at once. */
export function needActs({ t }: Reader, actor: Actor, need: Need) {
  const acts = [
    { act: 'publish', shown: mayPublishNeed(actor, need), isLink: false },
    { act: 'resume', shown: mayResumeNeed(actor, need), isLink: false },
    { act: 'edit', shown: mayEditNeed(actor, need), isLink: true },
    { act: 'pause', shown: mayPauseNeed(actor, need), isLink: false },
    { act: 'withdraw', shown: mayWithdrawNeed(actor, need), isLink: true },
  ]
  return acts
    .filter(({ shown }) => shown)
    .map(({ act, isLink }, place) => ({
      href: `/needs/${need.id}/${act}`,
      text: t(`needs.act.${act}`),
      isLink,
      classes: act === 'withdraw' ? 'govuk-button--warning' : place === 0 ? '' : 'govuk-button--secondary',
    }))
}

/** Everything that a need says, in two lists. */
export function needDetails(context: NeedContext, need: Need) {
  const { reader } = context
  const { t, formats } = reader
  const row = (field: string, text: string): SummaryRow => summaryRow(t(`needs.field.${field}.label`), text)
  return {
    what: [
      summaryRow(t('listings.kind'), t(kindName(need.kind))),
      areasRow(reader, need.kind),
      row('quantity', quantityWords(reader, need.kind, need.quantity)),
      ...specificationRows(reader, need.kind, 'need', need.spec),
      ...writtenRow(t('needs.field.reason.label'), need.reason),
      row('locale', t(`listings.language.${need.locale}`)),
    ],
    whom: [
      row('schoolUnitId', unitName(context, need.schoolUnitId)),
      summaryRow(
        t('needs.place'),
        [...placeWords(reader, need.municipality), areaWords(reader, need.authority)].join(', '),
      ),
      row('students', formats.number(need.beneficiaries.students)),
      row('teachers', formats.number(need.beneficiaries.teachers)),
      row('urgency', t(`needs.urgency.${need.urgency}`)),
      row('deadline', need.deadline === null ? t('needs.no-deadline') : formats.date(need.deadline)),
    ],
    figures: holdingFigures(reader, 'need', need),
  }
}
