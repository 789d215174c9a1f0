import type { Request } from 'express'
import type { Actor } from '../../shared/actor.js'
import type { Message } from '../../shared/message.js'
import type { Page } from '../../shared/page.js'
import type { FormState } from '../../web/form.js'
import { oneOf, pagingView, textOf, withQuery } from '../../web/query.js'
import { areaOf, authorityCodes } from '../authorities/index.js'
import { categories, categoryName } from '../catalogue/index.js'
import { readerOf, type Reader } from '../listings/index.js'
import { decidesFor, type MatchSummary } from './match.js'
import type { Bundle } from './match-bundle.js'
import { jointWords } from './match-bundle-views.js'
import type { MatchFilter } from './match-query.js'
import { visibleStates } from './match-life.js'
import { municipalityWords, ownRow, queueRow } from './match-views.js'

const tierNumbers = ['1', '2', '3', '4', '5'] as const

/** What the query string asks for; who decides is shown what waits for a decision unless they ask for something else. */
export function filterOf(req: Request, actor: Actor): MatchFilter {
  const tier = oneOf(req, 'tier', tierNumbers)
  const decides = actor.role === 'coordinator'
  const asked = oneOf(req, 'state', [...visibleStates, 'waiting'] as const) ?? (decides ? 'proposed' : undefined)
  const isUndecided = asked === 'waiting' || asked === 'proposed'
  return {
    state: asked === 'waiting' ? 'proposed' : asked,
    // Who decides is not shown again what only others can move on.
    isWaiting: isUndecided && (decides || asked === 'waiting') ? asked === 'waiting' : undefined,
    tier: tier === undefined ? undefined : Number(tier),
    category: oneOf(req, 'category', categories),
    authority: oneOf(req, 'authority', authorityCodes),
    municipality: textOf(req, 'municipality', 60),
  }
}

interface Queue {
  readonly actor: Actor
  readonly found: Page<MatchSummary>
  readonly overview: Overview
  /** By id of the match. */
  readonly bundles: ReadonlyMap<string, Bundle>
  /** Why it can't be approved as things are now. */
  readonly obstacles: ReadonlyMap<string, Message>
}

interface Overview {
  readonly count: number
  readonly municipalities: readonly string[]
}

interface Choice {
  readonly value: string
  readonly text: string
}

/** The list of those who decide or look after those who do: filters, boxes to tick, reasons. */
export function queueView(req: Request, { actor, found, overview, bundles, obstacles }: Queue, form: FormState) {
  const reader = readerOf(req)
  const { t } = reader
  const filter = filterOf(req, actor)
  const chosen = [form.raw['chosen'] ?? []].flat()
  const rows = found.items.map((match, place) => ({
    ...queueRow(reader, actor, match, place, chosen),
    ...jointWords(reader, match, bundles.get(match.id) ?? null),
    ...obstacleWords(reader, obstacles.get(match.id)),
  }))
  const approvable = rows.filter((row) => row.mayApprove).length
  return {
    title: t(titleKey(actor, filter)),
    count: t('matches.queue.count', { count: overview.count }),
    filters: filterSelects(reader, actor, filter, overview.municipalities),
    rows,
    empty: t('matches.queue.empty'),
    action: withQuery(req, {}).replace(req.path, '/matches/approve'),
    approveAll: approvable > 1 ? t('matches.choose.all', { count: approvable }) : null,
    mayApprove: approvable > 0,
    paging: pagingView(req, found.next),
  }
}

/** What can't be given or is not needed any more has no box to tick. */
const obstacleWords = ({ t }: Reader, obstacle: Message | undefined) =>
  obstacle === undefined
    ? { obstacle: null }
    : { mayApprove: false, obstacle: t('matches.obstacle', { why: obstacle }) }

const titleKey = (actor: Actor, { state, isWaiting }: MatchFilter): string => {
  if (actor.role !== 'coordinator') return 'matches.all'
  if (isWaiting === true) return 'matches.queue.waiting'
  return state === 'proposed' ? 'matches.queue.title' : 'matches.queue.decided'
}

function filterSelects(reader: Reader, actor: Actor, filter: MatchFilter, municipalities: readonly string[]) {
  const { t } = reader
  const areas = authorityCodes.filter((authority) => actor.role !== 'coordinator' || decidesFor(actor, { authority }))
  const select = (name: keyof MatchFilter, choices: readonly Choice[], all = true) => ({
    id: name,
    name,
    label: { text: t(`matches.filter.${name}`) },
    items: [...(all ? [{ value: '', text: t('matches.filter.all') }] : []), ...choices].map((choice) => ({
      ...choice,
      selected:
        choice.value === (name === 'state' && filter.isWaiting === true ? 'waiting' : String(filter[name] ?? '')),
    })),
  })
  return [
    select(
      'state',
      [
        ...visibleStates.map((state) => ({ value: state, text: t(`matches.state.${state}`) })),
        { value: 'waiting', text: t('matches.filter.waiting') },
      ],
      actor.role !== 'coordinator',
    ),
    select(
      'tier',
      tierNumbers.map((tier) => ({ value: tier, text: t('web.tier', { tier }) })),
    ),
    select(
      'category',
      categories.map((category) => ({ value: category, text: t(categoryName(category)) })),
    ),
    ...(areas.length < 2
      ? []
      : [
          select(
            'authority',
            areas.map((code) => ({ value: code, text: t('listings.value', { value: areaOf(code) }) })),
          ),
        ]),
    select(
      'municipality',
      municipalities.map((slug) => ({ value: slug, text: municipalityWords(reader, slug) })),
    ),
  ]
}

/** The list of those whose matches they are. */
export function ownView(req: Request, found: Page<MatchSummary>) {
  const reader = readerOf(req)
  return {
    title: reader.t('matches.title'),
    errors: [],
    items: found.items.map((match) => ownRow(reader, match)),
    empty: reader.t('matches.list.empty'),
    paging: pagingView(req, found.next),
  }
}
