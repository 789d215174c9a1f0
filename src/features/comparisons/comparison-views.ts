import { areaOf } from '../authorities/index.js'
import { areaName, areas } from '../catalogue/index.js'
import type { Reader } from '../listings/index.js'
import type { PlanComparison } from '../planning/index.js'
import { comparisonChart } from './comparison-chart-views.js'

export interface ComparisonWords {
  /** What stands over the two columns of numbers. */
  readonly before: string
  readonly after: string
  /** Whether school units are named: only for those who decide. */
  readonly names: boolean
}

type Group = PlanComparison['groups'][number]

/** Everything about a change of plans, for policies/_comparison: tables by group, and who gains and who loses most. */
export function comparisonView(reader: Reader, comparison: PlanComparison, words: ComparisonWords) {
  return {
    figures: comparisonFigures(reader, comparison),
    groups: comparison.groups.map((group) => ({
      chart: group.by === 'tier' ? groupChart(reader, group, words) : null,
      table: groupTable(reader, group, words),
    })),
    units: words.names
      ? (['gains', 'losses'] as const).map((which) => unitTable(reader, which, comparison, words))
      : [],
  }
}

/** In one sentence: who gets more, who gets less, and what becomes of the most marginalised. */
export function comparisonSentence({ t, formats }: Reader, comparison: PlanComparison): string {
  const { gaining, losing, unchanged } = comparison
  if (gaining + losing === 0) return t('comparisons.nothing-changes')
  const first = comparison.groups.find(({ by }) => by === 'tier')?.rows.find(({ key }) => key === '1')
  const change = (first?.after ?? 0) - (first?.before ?? 0)
  const units = formats.number(Math.abs(change))
  return t('comparisons.meaning', {
    gaining: formats.number(gaining),
    losing: formats.number(losing),
    unchanged: formats.number(unchanged),
    first: change === 0 ? t('comparisons.same') : t(`comparisons.${change > 0 ? 'more' : 'less'}`, { units }),
  })
}

/** With its sign; the sign of less is the real minus. */
export const signed = ({ formats }: Reader, change: number): string =>
  change === 0 ? '0' : `${change > 0 ? '+' : '−'}${formats.number(Math.abs(change))}`

function keyWords({ t }: Reader, by: Group['by'], key: string): string {
  if (by === 'tier') return t('web.tier', { tier: key })
  if (by === 'authority') return t('listings.value', { value: areaOf(key) })
  if (by === 'place') return t(`schools.unit.${key}`)
  const area = areas.find((one) => String(one) === key)
  return area === undefined ? key : t(areaName(area))
}

const numeric = (text: string) => ({ text, format: 'numeric' })

function groupChart(reader: Reader, { by, rows }: Group, { before, after }: ComparisonWords) {
  const title = reader.t(`comparisons.by.${by}`)
  const labelled = rows.map((row) => ({ ...row, label: keyWords(reader, by, row.key) }))
  return comparisonChart(reader, labelled, { title, before, after })
}

/** For patterns/data-table: asked, before, after, change. */
const groupTable = (reader: Reader, { by, rows }: Group, words: ComparisonWords) => ({
  caption: reader.t(`comparisons.by.${by}`),
  columns: [
    { text: reader.t(`comparisons.key.${by}`) },
    numeric(reader.t('comparisons.column.asked')),
    numeric(words.before),
    numeric(words.after),
    numeric(reader.t('comparisons.column.change')),
  ],
  rows: rows.map(({ key, asked, before, after }) => ({
    cells: [
      { text: keyWords(reader, by, key) },
      ...[asked, before, after].map((units) => ({ text: reader.formats.number(units) })),
      { text: signed(reader, after - before), strong: after !== before },
    ],
  })),
  empty: reader.t('comparisons.empty'),
})

/** The school units that gain or lose most, by name. */
const unitTable = (
  reader: Reader,
  which: 'gains' | 'losses',
  comparison: PlanComparison,
  { before, after }: ComparisonWords,
) => ({
  caption: reader.t(`comparisons.${which}`),
  columns: [
    { text: reader.t('comparisons.key.unit') },
    { text: reader.t('comparisons.key.authority') },
    { text: reader.t('comparisons.key.tier') },
    ...[before, after, reader.t('comparisons.column.change')].map(numeric),
  ],
  rows: comparison[which].map((unit) => ({
    cells: [
      { text: unit.name, href: `/schools/${unit.schoolId}` },
      { text: reader.t('listings.value', { value: areaOf(unit.authority) }) },
      { text: '', tier: unit.tier },
      ...[unit.before, unit.after].map((units) => ({ text: reader.formats.number(units) })),
      { text: signed(reader, unit.after - unit.before), strong: true },
    ],
  })),
  empty: reader.t(`comparisons.no-${which}`),
})

/** How many school units gain and lose, and how much of the plan stays, for patterns/figures. */
function comparisonFigures({ t, formats }: Reader, { gaining, losing, unchanged, pairs }: PlanComparison) {
  const figure = (name: string, value: number) => ({
    label: t(`comparisons.figure.${name}`),
    value: formats.number(value),
  })
  return [
    figure('gaining', gaining),
    figure('losing', losing),
    figure('unchanged', unchanged),
    { ...figure('kept', pairs.kept), hint: t('comparisons.figure.others', { gone: pairs.gone, fresh: pairs.fresh }) },
  ]
}
