import type { Actor } from '../../shared/actor.js'
import { isId } from '../../shared/ids.js'
import { decodeCursor, encodeCursor, type Page } from '../../shared/page.js'
import type { Category } from '../catalogue/index.js'
import type { ConsentParty, Match } from './match.js'
import { visibleStates, type MatchState } from './match-life.js'

/** What a list of matches is narrowed to; everything is optional. */
export interface MatchFilter {
  readonly state?: MatchState | undefined
  /** Only, or without, what the authority has agreed to and the nation has not. */
  readonly isWaiting?: boolean | undefined
  readonly tier?: number | undefined
  readonly category?: Category | undefined
  readonly authority?: string | undefined
  readonly municipality?: string | undefined
}

type Conditions = Readonly<Record<string, unknown>>

export const rowsOnPage = 25

/** Who decides reads the most marginalised first; whose matches they are, the latest first. */
export type Order = 'queue' | 'latest'
export const orderFor = (actor: Actor): Order =>
  actor.role === 'company' || actor.role === 'school' ? 'latest' : 'queue'
export const sorts = { queue: { tier: 1, _id: 1 }, latest: { updatedAt: -1, _id: -1 } } as const

const shown = { $in: visibleStates }
/** What a round proposed and a later one did not is history of that round: it is listed only where it is asked for. */
const listed = { $in: visibleStates.filter((state) => state !== 'superseded') }

/** The matches that a person may know of, as conditions of the query itself; null = none. The same rule as maySeeMatch. */
export function visibleTo(actor: Actor): Conditions | null {
  switch (actor.role) {
    case 'company':
      return actor.organisation === null ? null : { companyId: actor.organisation, state: shown }
    case 'school':
      return actor.organisation === null ? null : { centralSchoolId: actor.organisation, state: shown }
    case 'coordinator':
      return { authority: oneOf([...actor.authorities]), state: shown }
    case 'national-coordinator':
    case 'administrator':
      return { state: shown }
  }
}

/** A list as a query; null when nothing can be in it. */
export function conditionsOf(actor: Actor, filter: MatchFilter, cursor?: string): Conditions | null {
  const scope = visibleTo(actor)
  const { authority } = filter
  if (scope === null || filter.state === 'prepared') return null
  if (authority !== undefined && actor.role === 'coordinator' && !actor.authorities.has(authority)) return null
  const { isWaiting, ...fields } = filter
  const wanted = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return { ...scope, state: listed, ...wanted, ...waitingOnly(isWaiting), ...after(orderFor(actor), cursor) }
}

const has = (party: ConsentParty) => ({ consents: { $elemMatch: { party } } })
/** What is no longer up to the authority: its consent is there, that of the nation is not. */
const waiting = { isShared: true, $nor: [has('nation')], ...has('authority') }

const waitingOnly = (isWaiting: boolean | undefined): Conditions => {
  if (isWaiting === undefined) return {}
  return isWaiting ? waiting : { $nor: [waiting] }
}

/** Conditions for the rows after the cursor; none for the first page or a cursor that does not decode. */
function after(order: Order, cursor: string | undefined): Conditions {
  const [key, id] = decodeCursor(cursor, 2) ?? []
  if (typeof key !== 'number' || typeof id !== 'string' || !isId(id)) return {}
  // The bound is a range for the index; the alternative only parts the rows with the same key.
  if (order === 'queue')
    return { $and: [{ tier: { $gte: key } }, { $or: [{ tier: { $gt: key } }, { _id: { $gt: id } }] }] }
  const at = new Date(key)
  if (Number.isNaN(at.getTime())) return {}
  return { updatedAt: { $lte: at }, $or: [{ updatedAt: { $lt: at } }, { _id: { $lt: id } }] }
}

/** One page out of one row more than fits on it. */
export function pageOf<Row extends Pick<Match, 'id' | 'tier' | 'updatedAt'>>(
  rows: readonly Row[],
  order: Order,
): Page<Row> {
  const items = rows.slice(0, rowsOnPage)
  const last = items.at(-1)
  if (last === undefined || rows.length <= rowsOnPage) return { items, next: null }
  return { items, next: encodeCursor([order === 'queue' ? last.tier : last.updatedAt.getTime(), last.id]) }
}

const oneOf = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : { $in: values })
