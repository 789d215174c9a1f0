import type { Connection } from 'mongoose'
import type { Actor } from '../../shared/actor.js'
import { NotFoundError } from '../../shared/errors.js'
import type { Page } from '../../shared/page.js'
import { besides, firstsOf, missingFirst, type Bundle } from './match-bundle.js'
import { maySeeMatch, type Match, type MatchSummary } from './match.js'
import { promisedStates } from './match-life.js'
import { matchModel, toMatch, type StoredMatch } from './match-model.js'
import { conditionsOf, orderFor, pageOf, rowsOnPage, sorts, visibleTo, type MatchFilter } from './match-query.js'
import { matchesOfUnits } from './match-unit-service.js'

/** What people read. Every method throws NotFoundError for a match that the actor may not know of. */
export interface MatchService {
  list(actor: Actor, filter: MatchFilter, cursor?: string): Promise<Page<MatchSummary>>
  read(actor: Actor, id: string): Promise<Match>
  /** How many there are, and in which municipalities, whatever the page. */
  overview(
    actor: Actor,
    filter: MatchFilter,
  ): Promise<{ readonly count: number; readonly municipalities: readonly string[] }>
  /** What hangs together with each of these matches, by id; only those of which something does. */
  bundlesOf(actor: Actor, of: readonly MatchSummary[]): Promise<ReadonlyMap<string, Bundle>>
  /** Every match of one need or one offer that the actor may see, latest first; at most 100. */
  ofNeed(actor: Actor, needId: string): Promise<readonly MatchSummary[]>
  ofOffer(actor: Actor, offerId: string): Promise<readonly MatchSummary[]>
  /** Matches that an authority has approved and nobody has ended since. */
  countApproved(): Promise<number>
}

const listed = { history: 0, alternatives: 0 } as const
const mostOfOne = 100

export function createMatchService(connection: Connection): MatchService {
  const matches = matchModel(connection)

  const find = async (actor: Actor, id: string): Promise<Match> => {
    const scope = visibleTo(actor)
    const stored = scope && (await matches.findOne({ ...scope, _id: id }).lean<StoredMatch>())
    if (!stored) throw new NotFoundError('matches.not-found')
    return toMatch(stored)
  }

  const ofOne = async (actor: Actor, which: Readonly<Record<string, string>>): Promise<readonly MatchSummary[]> => {
    const scope = visibleTo(actor)
    if (scope === null) return []
    const found = await matches
      .find({ ...scope, ...which }, listed)
      .sort(sorts.latest)
      .limit(mostOfOne)
      .lean<StoredMatch[]>()
    return found.map(toMatch)
  }

  return {
    async list(actor, filter, cursor) {
      const conditions = conditionsOf(actor, filter, cursor)
      if (conditions === null) return { items: [], next: null }
      const order = orderFor(actor)
      const rows = await matches
        .find(conditions, listed)
        .sort(sorts[order])
        .limit(rowsOnPage + 1)
        .lean<StoredMatch[]>()
      return pageOf(rows.map(toMatch), order)
    },
    async overview(actor, filter) {
      const [all, narrowed] = [conditionsOf(actor, { state: filter.state }), conditionsOf(actor, filter)]
      if (all === null || narrowed === null) return { count: 0, municipalities: [] }
      const [count, municipalities] = await Promise.all([
        matches.countDocuments(narrowed),
        matches.distinct('municipality', all),
      ])
      return { count, municipalities: municipalities.filter((slug) => slug !== '').sort() }
    },
    read: find,
    countApproved: () => matches.countDocuments({ state: { $in: promisedStates } }),
    async bundlesOf(actor, of) {
      const units = await matchesOfUnits(matches, of)
      const known = (match: MatchSummary) => ({ match, isKnown: maySeeMatch(actor, match) })
      const bundles = of.map((match) => {
        const unit = units.get(match.schoolId) ?? []
        const parts = { firsts: firstsOf(match, unit).map(known), besides: besides(match, unit).map(known) }
        return [match.id, { ...parts, missing: match.state === 'proposed' ? missingFirst(match, unit) : null }] as const
      })
      return new Map(bundles.filter(([, { firsts, besides: others }]) => firsts.length + others.length > 0))
    },
    ofNeed: (actor, needId) => ofOne(actor, { needId }),
    ofOffer: (actor, offerId) => ofOne(actor, { offerId }),
  }
}
