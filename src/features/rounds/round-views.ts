import type { Actor } from '../../shared/actor.js'
import { areaOf } from '../authorities/index.js'
import { summaryRow, type Reader } from '../listings/index.js'
import type { RoundFigures } from '../planning/index.js'
import { stepOf } from './round-progress.js'
import { isActive, roundsKeptWhole, type Round, type RoundCounts } from './round.js'
import { planName, scopeText, stateView } from './round-state-views.js'
import { tierChart } from './tier-chart-views.js'

/** A round, or the part of it that is told with a need that it did not serve. */
interface Named extends Pick<Round, 'number'> {
  readonly trigger?: Round['trigger']
}

export const roundName = ({ t }: Reader, { number, trigger = null }: Named): string =>
  t(trigger === null ? 'round-pages.round' : 'round-pages.repair', { number: String(number) })

export const roundState = ({ t }: Reader, { state }: Pick<Round, 'state'>) => ({
  name: state,
  text: t(`round-pages.state.${state}`),
})

/** A row of patterns/row-list. */
export const roundRow = (reader: Reader, round: Round) => ({
  title: roundName(reader, round),
  href: `/rounds/${round.id}`,
  state: roundState(reader, round),
  ...(round.note === '' ? {} : { text: round.note }),
  meta: [
    scopeText(reader, round.scope),
    askedText(reader, round),
    ...(round.endedAt === null ? [] : [reader.t('round-pages.ended', { at: reader.formats.dateTime(round.endedAt) })]),
    ...(round.counts === null ? [] : [reader.t('round-pages.result', { count: round.counts.proposals })]),
  ],
})

const askedText = ({ t, formats }: Reader, { requestedBy, requestedAt }: Round): string => {
  const at = formats.dateTime(requestedAt)
  return requestedBy === null
    ? t('round-pages.proposed', { at })
    : t('round-pages.asked', { name: requestedBy.name, at })
}

/** Everything about one round; what it does not know yet is null. */
export const roundView = (reader: Reader, actor: Actor, round: Round) => {
  const { figures, counts } = round
  const isOver = (round.state === 'finished' || round.state === 'ready') && figures !== null && counts !== null
  return {
    state: roundState(reader, round),
    unmatched: `/rounds/${round.id}/unmatched`,
    ...stateView(reader, actor, round),
    progress: isActive(round.state) ? progressView(reader, round) : null,
    failure: round.failure === null ? null : reader.t(round.failure),
    outcome: isOver ? outcomeView(reader, round.id, figures, counts) : null,
    details: detailRows(reader, round),
  }
}

const progressView = ({ t }: Reader, round: Round) => {
  const { value, max, words } = stepOf(round)
  return { value, max, text: t(words), label: t('round-pages.progress.label'), url: `/rounds/${round.id}/progress` }
}

const outcomeView = (reader: Reader, id: string, figures: RoundFigures, counts: RoundCounts) => ({
  figures: outcomeFigures(reader, id, figures, counts),
  certificate: certificateWords(reader, figures),
  chart: tierChart(reader, figures.tiers),
  authorities: authorityTable(reader, counts),
})

function outcomeFigures({ t, formats }: Reader, id: string, figures: RoundFigures, counts: RoundCounts) {
  const figure = (name: string, value: number) => ({
    label: t(`round-pages.figures.${name}`),
    value: formats.number(value),
  })
  return [
    figure('needs', figures.needs),
    figure('offers', figures.offers),
    { ...figure('proposals', counts.proposals), href: '/matches' },
    {
      ...figure('served', figures.unitsServed),
      hint: t('round-pages.figures.of', { total: figures.unitsNeeded }),
    },
    { ...figure('unmatched', counts.unmatched), href: `/rounds/${id}/unmatched` },
  ]
}

/** What was proven about the plan, in plain words; the gap is rounded up, so that the statement stays true. */
function certificateWords({ t, formats }: Reader, { objective, bound, certified, candidates }: RoundFigures): string {
  if (!certified) return t('round-pages.certificate.unproven')
  if (candidates === 0) return t('round-pages.certificate.empty')
  if (objective === bound) return t('round-pages.certificate.best', { objective })
  const gap = Math.ceil(((bound - objective) / Math.abs(bound)) * 1000) / 1000
  return t('round-pages.certificate.close', { gap: formats.percent(gap), objective, bound })
}

/** For patterns/data-table. */
const authorityTable = ({ t, formats }: Reader, { authorities }: RoundCounts) => ({
  caption: t('round-pages.authorities.title'),
  columns: [
    { text: t('round-pages.authorities.authority') },
    ...['proposals', 'units', 'unmatched'].map((name) => ({
      text: t(`round-pages.authorities.${name}`),
      format: 'numeric',
    })),
  ],
  rows: authorities.map(({ authority, proposals, units, unmatched }) => ({
    cells: [
      { text: t('listings.value', { value: areaOf(authority) }) },
      ...[proposals, units, unmatched].map((value) => ({ text: formats.number(value) })),
    ],
  })),
  empty: t('round-pages.certificate.empty'),
})

function detailRows(reader: Reader, round: Round) {
  const { t, formats } = reader
  const label = (name: string): string => t(`round-pages.details.${name}`)
  const { figures, policy, note, requestedBy, requestedAt, endedAt, inputHash } = round
  return [
    summaryRow(label('scope'), scopeText(reader, round.scope)),
    summaryRow(label('asked'), requestedBy?.name ?? t('round-pages.by-repair')),
    summaryRow(label('requested-at'), formats.dateTime(requestedAt)),
    ...(endedAt === null ? [] : [summaryRow(label('ended-at'), formats.dateTime(endedAt))]),
    ...(note === '' ? [] : [summaryRow(label('note'), note)]),
    summaryRow(
      label('policy'),
      t('round-pages.details.policy-name', { plan: planName(reader, policy.plan), version: policy.version }),
      `/policies/${policy.version}`,
    ),
    ...(figures === null ? [] : figureRows({ t, formats }, figures)),
    ...(inputHash === null ? [] : [summaryRow(label('hash'), inputHash)]),
    ...(isActive(round.state) ? [] : [summaryRow(label('kept'), keptText(reader, round))]),
  ]
}

const keptText = ({ t }: Reader, { hasFiles }: Round): string =>
  hasFiles
    ? t('round-pages.details.kept-whole', { count: roundsKeptWhole })
    : t('round-pages.details.not-kept', { count: roundsKeptWhole })

const figureRows = ({ t, formats }: Reader, { seconds, candidates, partners }: RoundFigures) => [
  summaryRow(
    t('round-pages.details.seconds'),
    t('round-pages.details.seconds-value', { seconds: formats.number(seconds.total) }),
  ),
  summaryRow(t('round-pages.details.candidates'), formats.number(candidates)),
  summaryRow(t('round-pages.details.partners'), t('round-pages.details.partners-value', partners)),
]
