import { areaOf } from '../authorities/index.js'
import { areaName, type Area } from '../catalogue/index.js'
import type { Reader } from '../listings/index.js'
import type { GroupRow, PlanComparison, UnitChange } from '../planning/index.js'
import type { PlanSummary } from '../rounds/index.js'
import { leastServed, neediestShare } from './plan-choice.js'

interface Sides {
  readonly one: PlanSummary
  readonly other: PlanSummary
}

/** Two plans side by side: their figures, who gets more and less by group, and which school units by name. */
export function comparisonView(reader: Reader, { one, other }: Sides, found: PlanComparison) {
  const { t } = reader
  const names = { one: planTitle(reader, one), other: planTitle(reader, other) }
  return {
    figures: figuresTable(reader, { one, other }, names),
    pairs: t('plans.compare.pairs', { ...found.pairs, ...names }),
    groups: found.groups.map((group) => groupTable(reader, group, names)),
    counts: [
      t('plans.compare.gaining', { count: found.gaining }),
      t('plans.compare.losing', { count: found.losing }),
      t('plans.compare.unchanged', { count: found.unchanged }),
    ],
    gains: unitTable(reader, { caption: t('plans.compare.gains', names), all: found.gaining }, found.gains),
    losses: unitTable(reader, { caption: t('plans.compare.losses', names), all: found.losing }, found.losses),
  }
}

interface Names {
  readonly one: string
  readonly other: string
}

const planTitle = ({ t }: Reader, { key }: PlanSummary): string => t(`round-pages.plan.${key}`)

const sideColumns = ({ one, other }: Names) => [one, other].map((text) => ({ text, format: 'numeric' }))

function figuresTable({ t, formats }: Reader, { one, other }: Sides, names: Names) {
  const row = (column: string, value: (plan: PlanSummary) => number | null, format: (value: number) => string) => {
    const cell = (plan: PlanSummary) => {
      const known = value(plan)
      return { text: known === null ? '–' : format(known) }
    }
    return { cells: [{ text: t(`plans.column.${column}`) }, cell(one), cell(other)] }
  }
  return {
    caption: t('plans.compare.figures'),
    columns: [{ text: t('plans.compare.figure') }, ...sideColumns(names)],
    rows: [
      row('units', ({ figures }) => figures.unitsServed, formats.number),
      row('students', ({ figures }) => figures.students, formats.number),
      row('schoolUnits', ({ figures }) => figures.schoolUnits, formats.number),
      row('neediest', neediestShare, formats.percent),
      row('least-served', (plan) => leastServed(plan)?.share ?? null, formats.percent),
      row('mean-days', ({ figures }) => figures.meanDays, formats.number),
      row('worth', ({ figures }) => figures.equityWorth, formats.number),
    ],
    empty: '',
  }
}

function groupTable(reader: Reader, { by, rows }: PlanComparison['groups'][number], names: Names) {
  const { t, formats } = reader
  return {
    caption: t(`plans.compare.by.${by}`),
    columns: [
      { text: t(`plans.compare.key.${by}`) },
      { text: t('plans.compare.asked'), format: 'numeric' },
      ...sideColumns(names),
      { text: t('plans.compare.difference'), format: 'numeric' },
    ],
    rows: rows
      .filter(({ asked }) => asked > 0)
      .map((row) => ({
        cells: [
          { text: keyText(reader, by, row) },
          { text: formats.number(row.asked) },
          { text: formats.number(row.before) },
          { text: formats.number(row.after) },
          { text: difference(reader, row) },
        ],
      })),
    empty: t('plans.compare.nothing'),
  }
}

function keyText({ t }: Reader, by: PlanComparison['groups'][number]['by'], { key }: GroupRow): string {
  switch (by) {
    case 'authority':
      return t('listings.value', { value: areaOf(key) })
    case 'tier':
      return t('web.tier', { tier: key })
    case 'area':
      return t(areaName(Number(key) as Area))
    case 'place':
      return t(`plans.compare.place.${key}`)
  }
}

interface Caption {
  readonly caption: string
  /** How many units there are, those that may not be named included. */
  readonly all: number
}

function unitTable(reader: Reader, { caption, all }: Caption, units: readonly UnitChange[]) {
  const { t } = reader
  return {
    caption,
    columns: [
      { text: t('plans.compare.unit') },
      { text: t('plans.compare.key.authority') },
      { text: t('plans.compare.key.tier') },
      { text: t('plans.compare.difference'), format: 'numeric' },
    ],
    rows: units.map((unit) => ({
      cells: [
        {
          text: unit.name,
          href: `/schools/${unit.schoolId}`,
          hint: t(`plans.compare.place.${unit.isBranch ? 'branch' : 'central'}`),
        },
        { text: t('listings.value', { value: areaOf(unit.authority) }) },
        { text: t('web.tier', { tier: unit.tier }) },
        {
          text: difference(reader, unit),
          hint: t('plans.compare.from-to', { before: unit.before, after: unit.after }),
        },
      ],
    })),
    empty: t('plans.compare.none-named'),
    others: all > units.length ? t('plans.compare.others', { count: all - units.length }) : null,
  }
}

const difference = ({ formats }: Reader, { before, after }: Pick<GroupRow, 'before' | 'after'>): string => {
  const more = after - before
  return more > 0 ? `+${formats.number(more)}` : formats.number(more)
}
