import type { Actor } from '../../shared/actor.js'
import { areaOf, municipalityNames, municipalityOf } from '../authorities/index.js'
import { kindName, quantityOf } from '../catalogue/index.js'
import { summaryRow, type Reader } from '../listings/index.js'
import type { Bundle } from './match-bundle.js'
import { awaitedWords, bundleView } from './match-bundle-views.js'
import { mayApprove, mayDecline, mayReject } from './match-decision.js'
import { nameOf, type Match, type MatchStep, type MatchSummary } from './match.js'
import { dueBy, isOver } from './match-life.js'

/** Somebody to call or write to. */
export interface Contact {
  readonly name: string
  readonly email: string
}

/** "Laptops, 5 pieces: PŠ Vrtoče". */
export const titleOf = ({ t }: Reader, match: MatchSummary): string => t(nameOf(match))

export const stateOf = ({ t }: Reader, { state }: MatchSummary) => ({ name: state, text: t(`matches.state.${state}`) })

export const nextOf = ({ t }: Reader, { state }: MatchSummary): string => t(`matches.next.${state}`)

const areaWords = ({ t }: Reader, code: string): string => t('listings.value', { value: areaOf(code) })

export function municipalityWords({ t, formats }: Reader, slug: string): string {
  const found = municipalityOf(slug)
  return found === null ? t('matches.not-stated') : formats.name(municipalityNames(found))
}

/** A row of the queue: what is needed, by whom, of what offer, and why; with a box to tick where it can be approved. */
export const queueRow = (
  reader: Reader,
  actor: Actor,
  match: MatchSummary,
  place: number,
  chosen: readonly string[],
) => ({
  id: match.id,
  boxId: place === 0 ? 'chosen' : `chosen-${place + 1}`,
  mayApprove: mayApprove(actor, match),
  isChosen: chosen.includes(match.id),
  title: titleOf(reader, match),
  href: `/matches/${match.id}`,
  state: stateOf(reader, match),
  tier: match.tier,
  offer: offerWords(reader, match),
  place: municipalityWords(reader, match.municipality),
  reason: reader.t(match.reason),
})

const offerWords = ({ t }: Reader, { offerTitle, company }: MatchSummary): string =>
  t('matches.row.offer', { offer: offerTitle, company })

/** A row of patterns/row-list, for those whose match it is. */
export const ownRow = (reader: Reader, match: MatchSummary) => ({
  title: titleOf(reader, match),
  href: `/matches/${match.id}`,
  state: stateOf(reader, match),
  text: nextOf(reader, match),
  meta: [offerWords(reader, match), ...dueMeta(reader, match)],
})

function dueMeta({ t, formats }: Reader, match: MatchSummary): string[] {
  const due = dueBy(match.state, match.updatedAt)
  return due === null ? [] : [`${t('matches.label.due')} ${formats.date(due)}`]
}

interface DetailContext {
  readonly reader: Reader
  readonly actor: Actor
  /** Names by id of account. */
  readonly names: ReadonlyMap<string, string>
  readonly bundle: Bundle | null
  readonly company: Contact | null
  readonly school: Contact | null
}

/** Everything about one match. */
export const detailView = (match: Match, context: DetailContext) => ({
  state: stateOf(context.reader, match),
  tier: match.tier,
  reason: context.reader.t(match.reason),
  why: `/matches/${match.id}/why`,
  next: nextOf(context.reader, match),
  nextRows: nextRows(match, context),
  sides: sideRows(match, context),
  alternatives: isOutside(context.actor) ? null : alternativesTable(context.reader, match),
  history: historyTable(match, context),
  mayApprove: mayApprove(context.actor, match),
  mayReject: mayReject(context.actor, match),
  mayDecline: mayDecline(context.actor, match),
  awaited: awaitedWords(context.reader, match),
  bundle: bundleView(context.reader, context.bundle),
  approve: `/matches/${match.id}/approve`,
  reject: `/matches/${match.id}/reject`,
  decline: `/matches/${match.id}/decline`,
})

/** A school and a company are not told of the other offers, nor who it was that decided. */
const isOutside = (actor: Actor): boolean => actor.role === 'company' || actor.role === 'school'

/** When the next step is expected, and whom to call until then. */
function nextRows(match: Match, { reader, company, school }: DetailContext) {
  const { t, formats } = reader
  if (isOver(match.state)) return []
  const due = dueBy(match.state, match.updatedAt)
  const contact = ({ name, email }: Contact): string => t('matches.contact', { name, email })
  return [
    ...(due === null ? [] : [summaryRow(t('matches.label.due'), formats.date(due))]),
    summaryRow(t('matches.label.authority'), areaWords(reader, match.authority)),
    ...(company === null ? [] : [summaryRow(t('matches.label.call-company'), contact(company))]),
    ...(school === null ? [] : [summaryRow(t('matches.label.call-school'), contact(school))]),
  ]
}

function sideRows(match: Match, { reader, actor }: DetailContext) {
  const { t } = reader
  const seesNeed = actor.role !== 'company'
  const seesOffer = actor.role !== 'school'
  return [
    summaryRow(t('matches.label.need'), t(kindName(match.kind)), seesNeed ? `/needs/${match.needId}` : undefined),
    summaryRow(t('matches.label.quantity'), t(quantityOf(match.kind, match.quantity))),
    summaryRow(t('matches.label.school'), match.school, seesNeed ? `/schools/${match.schoolId}` : undefined),
    summaryRow(t('matches.label.municipality'), municipalityWords(reader, match.municipality)),
    summaryRow(t('matches.label.authority'), areaWords(reader, match.authority)),
    summaryRow(t('matches.label.offer'), match.offerTitle, seesOffer ? `/offers/${match.offerId}` : undefined),
    summaryRow(t('matches.label.company'), match.company),
  ]
}

/** What else could have been proposed, for patterns/data-table. */
const alternativesTable = ({ t, formats }: Reader, match: Match) => ({
  caption: t('matches.alternatives.title'),
  columns: [{ text: t('matches.alternatives.company') }, { text: t('matches.alternatives.left'), format: 'numeric' }],
  rows: match.alternatives.map(({ offerId, company, left }) => ({
    cells: [{ text: company, href: `/offers/${offerId}` }, { text: formats.number(left) }],
  })),
  empty: t('matches.alternatives.none'),
})

/** Every step, the last first; for patterns/data-table. */
const historyTable = (match: Match, context: DetailContext) => {
  const { t, formats } = context.reader
  return {
    caption: t('matches.history.title'),
    columns: ['when', 'state', 'who', 'reason'].map((column) => ({ text: t(`matches.history.${column}`) })),
    rows: match.history.toReversed().map((step) => ({
      cells: [
        { text: formats.dateTime(step.at) },
        { text: '', state: { name: step.to, text: t(`matches.state.${step.to}`) } },
        { text: whoWords(match, context, step) },
        { text: whyWords(context.reader, step) },
      ],
    })),
    empty: t('matches.history.none'),
  }
}

/** What was said: a cause from the list, words, or that somebody agreed to a division. */
function whyWords({ t }: Reader, { from, to, party, cause, reason }: MatchStep): string {
  if (from === to) return t(`matches.history.agreed.${party ?? 'authority'}`)
  return [cause === undefined ? '' : t(`matches.cause.${cause}`), reason ?? '']
    .filter((words) => words !== '')
    .join('. ')
}

function whoWords(match: Match, { reader, actor, names }: DetailContext, { by, party }: MatchStep): string {
  if (by === null) return reader.t('matches.history.round')
  if (party === 'company') return match.company
  if (party === 'school') return match.school
  if (isOutside(actor))
    return party === 'nation' ? reader.t('matches.history.nation') : areaWords(reader, match.authority)
  return names.get(by) ?? reader.t('matches.history.somebody')
}

/** The matches of one need or one offer, for the page of that; parameters of patterns/data-table. */
export const matchTable = (reader: Reader, side: 'need' | 'offer', matches: readonly MatchSummary[]) => ({
  caption: reader.t(`matches.of.${side}`),
  columns: [
    { text: reader.t('matches.of.match') },
    { text: reader.t('matches.history.state') },
    { text: reader.t('matches.of.next') },
  ],
  rows: matches.map((match) => ({
    cells: [
      { text: side === 'need' ? offerWords(reader, match) : titleOf(reader, match), href: `/matches/${match.id}` },
      { text: '', state: stateOf(reader, match) },
      { text: nextOf(reader, match) },
    ],
  })),
  empty: reader.t('matches.of.none'),
})
