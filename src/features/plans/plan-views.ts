import type { Actor } from '../../shared/actor.js'
import { areaOf } from '../authorities/index.js'
import type { Reader } from '../listings/index.js'
import { mostNeedsForAllPlans, type PlanSummary, type Round } from '../rounds/index.js'
import { frontierChart } from './frontier-views.js'
import { leastServed, mayChoosePlan, neediestShare, partnersPerNeed, type ChoiceObstacle } from './plan-choice.js'

const columns = [
  'units',
  'students',
  'schoolUnits',
  'neediest',
  'least-served',
  'mean-days',
  'partners',
  'kept',
  'worth',
] as const

interface Context {
  readonly reader: Reader
  readonly actor: Actor
  readonly obstacle: ChoiceObstacle | null
}

/** Every plan of a round with its figures, what it costs in one direction and gives in the other, and what to do next. */
export function plansView(round: Round, { reader, actor, obstacle }: Context) {
  const { t } = reader
  const { plans, choice } = round
  const isAlone = plans.length < 2
  const mayChoose = mayChoosePlan(actor, round) && !isAlone
  return {
    table: plansTable(reader, round),
    alone: isAlone ? t('plans.alone', { most: mostNeedsForAllPlans }) : null,
    chart: isAlone ? null : frontierChart(reader, plans, choice?.plan ?? null),
    compare: isAlone || !round.hasFiles ? null : compareForm(reader, round),
    notKept: round.hasFiles ? null : t('plans.refused.not-kept'),
    choose: mayChoose && obstacle === null ? `/rounds/${round.id}/plans/choose` : null,
    obstacle: mayChoose && obstacle !== null ? t(obstacle) : null,
  }
}

const planTitle = ({ t }: Reader, key: string): string => t(`round-pages.plan.${key}`)

/** For patterns/data-table. */
const plansTable = (reader: Reader, { id, plans, choice, hasFiles }: Round) => ({
  caption: reader.t('plans.table'),
  columns: [
    { text: reader.t('plans.column.plan') },
    ...columns.map((name) => ({ text: reader.t(`plans.column.${name}`), format: 'numeric' })),
  ],
  rows: plans.map((plan) => ({
    current: plan.key === choice?.plan,
    cells: [
      {
        text: planTitle(reader, plan.key),
        // Each of the others is compared with the one in the queues.
        ...(plan.key === choice?.plan || choice === null || !hasFiles
          ? {}
          : { href: `/rounds/${id}/plans/compare?one=${choice.plan}&other=${plan.key}` }),
        hint: reader.t(plan.key === choice?.plan ? 'plans.in-the-queues' : `plans.about.${plan.key}`),
      },
      ...figureCells(reader, plan),
    ],
  })),
  empty: '',
})

function figureCells({ t, formats }: Reader, plan: PlanSummary) {
  const { figures } = plan
  const least = leastServed(plan)
  const orNone = (value: number | null, words: (known: number) => string): string =>
    value === null ? '–' : words(value)
  return [
    { text: formats.number(figures.unitsServed) },
    { text: formats.number(figures.students) },
    { text: formats.number(figures.schoolUnits) },
    { text: orNone(neediestShare(plan), formats.percent) },
    {
      text: orNone(least?.share ?? null, formats.percent),
      ...(least === null ? {} : { hint: t('listings.value', { value: areaOf(least.authority) }) }),
    },
    { text: orNone(figures.meanDays, (days) => formats.number(Math.round(days * 10) / 10)) },
    { text: orNone(partnersPerNeed(plan), formats.number) },
    { text: t('plans.kept', { kept: figures.kept, standing: figures.standing }) },
    { text: formats.number(figures.equityWorth) },
  ]
}

/** Two selects; the plan in the queues and the first of the others are there already. */
function compareForm(reader: Reader, { id, plans, choice }: Round) {
  const other = plans.find(({ key }) => key !== choice?.plan)?.key
  const select = (name: 'one' | 'other', chosen: string | undefined) => ({
    id: name,
    name,
    label: { text: reader.t(`plans.compare.${name}`) },
    items: plans.map(({ key }) => ({ value: key, text: planTitle(reader, key), selected: key === chosen })),
  })
  return {
    action: `/rounds/${id}/plans/compare`,
    fields: [select('one', choice?.plan), select('other', other)],
  }
}
