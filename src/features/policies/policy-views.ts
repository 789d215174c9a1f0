import { readerOf, summaryRow, type Reader } from '../listings/index.js'
import type { Request } from 'express'
import { meaningOf, labelOf } from './policy-forms.js'
import type { PolicyDocument, PolicyTerms, PublishedPolicy } from './policy-document.js'
import {
  changesBetween,
  policyNumbers,
  policySections,
  type PolicyChange,
  type PolicyNumber,
  type PolicySection,
} from './policy-numbers.js'

export const policyName = ({ t }: Reader, version: number): string => t('policies.name', { version: String(version) })

/** A number as it is printed; a limit that a policy does not set is said so. */
export function numberWords({ t, formats }: Reader, { measure }: PolicyNumber, value: number | null): string {
  if (value === null) return t('policies.none')
  if (measure === 'percent') return formats.percent(value / 100)
  if (measure === 'days') return t('policies.measure.days', { count: value })
  return formats.number(value)
}

/** For patterns/data-table: what becomes of which number, before and after. */
export const changeTable = (reader: Reader, changes: readonly PolicyChange[], versions: Columns) => ({
  caption: reader.t('policies.changes.title'),
  columns: [
    { text: reader.t('policies.column.number') },
    { text: versions.before, format: 'numeric' },
    { text: versions.after, format: 'numeric' },
  ],
  rows: changes.map(({ number, before, after }) => ({
    cells: [
      { text: nameWords(reader, number) },
      { text: numberWords(reader, number, before) },
      { text: numberWords(reader, number, after), strong: true },
    ],
  })),
  empty: reader.t('policies.changes.none'),
})

interface Columns {
  readonly before: string
  readonly after: string
}

/** With its section: "Points: ranking" is not "weights: ranking". */
const nameWords = ({ t }: Reader, number: PolicyNumber): string =>
  t('policies.number.in-section', {
    section: t(`policies.section.${number.section}.title`),
    number: t(labelOf(number)),
  })

/** Every number of a policy by section, each with what it does: for patterns/data-table, one table a section. */
export const sectionTables = (reader: Reader, terms: PolicyTerms) =>
  policySections.map((section) => ({
    ...sectionWords(reader, section),
    table: {
      caption: reader.t(`policies.section.${section}.title`),
      columns: [
        { text: reader.t('policies.column.number') },
        { text: reader.t('policies.column.value'), format: 'numeric' },
        { text: reader.t('policies.column.meaning') },
      ],
      rows: numbersOf(section)
        .filter((number) => section !== 'deadlines' || number.of(terms) !== null)
        .map((number) => ({
          cells: [
            { text: reader.t(labelOf(number)) },
            { text: numberWords(reader, number, number.of(terms)) },
            { text: reader.t(meaningOf(number)) },
          ],
        })),
      empty: reader.t('policies.section.deadlines.none'),
    },
  }))

export const numbersOf = (section: PolicySection): readonly PolicyNumber[] =>
  policyNumbers.filter((number) => number.section === section)

export const sectionWords = ({ t }: Reader, section: PolicySection) => ({
  title: t(`policies.section.${section}.title`),
  text: t(`policies.section.${section}.text`),
})

/** A row of patterns/row-list for one published version. */
export const versionRow = (reader: Reader, document: PublishedPolicy, before: PolicyTerms | null) => ({
  title: policyName(reader, document.version),
  href: `/policies/${document.version}`,
  state: stateOf(reader, document),
  text: reasonOf(reader, document),
  meta: [whenAndWho(reader, document), ...changedWords(reader, document, before)],
})

export const stateOf = ({ t }: Reader, { state }: Pick<PolicyDocument, 'state'>) => ({
  name: state,
  text: t(`policies.state.${state}`),
})

export const reasonOf = ({ t }: Reader, { reason }: Pick<PolicyDocument, 'reason'>): string =>
  reason === '' ? t('policies.first-reason') : reason

/** Who published is told by the office: names of people are for those who work with them. */
export const whenAndWho = ({ t, formats }: Reader, { publishedAt, publishedBy }: PublishedPolicy): string =>
  t(publishedBy === null ? 'policies.published-first' : 'policies.published-by', { at: formats.dateTime(publishedAt) })

function changedWords({ t }: Reader, { terms }: PublishedPolicy, before: PolicyTerms | null): string[] {
  if (before === null) return []
  return [t('policies.changed', { count: changesBetween(before, terms).length })]
}

/** The page of one version, as everybody reads it. */
export function versionView(req: Request, document: PublishedPolicy, before: PublishedPolicy | null) {
  const reader = readerOf(req)
  const { version, terms, retiredAt, hash } = document
  return {
    title: policyName(reader, version),
    errors: [],
    back: { href: '/policies', text: reader.t('policies.title') },
    state: stateOf(reader, document),
    lead: reader.t(`policies.version.${document.state === 'published' ? 'in-force' : 'retired'}`),
    details: [
      summaryRow(reader.t('policies.details.published'), whenAndWho(reader, document)),
      ...(retiredAt === null
        ? []
        : [summaryRow(reader.t('policies.details.retired'), reader.formats.dateTime(retiredAt))]),
      {
        key: { text: reader.t('policies.details.reason') },
        value: { text: reasonOf(reader, document), classes: 'spona-written' },
      },
      summaryRow(reader.t('policies.details.plan'), reader.t('policies.plan')),
      summaryRow(reader.t('policies.details.hash'), hash),
    ],
    json: `/policies/${version}.json`,
    changes:
      before === null
        ? null
        : changeTable(reader, changesBetween(before.terms, terms), columnsOf(reader, before.version, version)),
    sections: sectionTables(reader, terms),
  }
}

export const columnsOf = ({ t }: Reader, before: number, after: number): Columns => ({
  before: t('policies.column.version', { version: String(before) }),
  after: t('policies.column.version', { version: String(after) }),
})
