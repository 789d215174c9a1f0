import type { ClientSession, Connection } from 'mongoose'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, ExpectedError, NotFoundError } from '../../shared/errors.js'
import type { Message } from '../../shared/message.js'
import type { Page } from '../../shared/page.js'
import type { Asked } from '../repairs/index.js'
import { alreadyDecided, approve, reject, type Match, type MatchSummary } from './match.js'
import { promisedStates } from './match-life.js'
import { matchModel, toMatch, type StoredMatch } from './match-model.js'
import { conditionsOf, orderFor, pageOf, rowsOnPage, sorts, visibleTo, type MatchFilter } from './match-query.js'
import { pairTerms, type NeededTerms, type OfferedTerms } from './pair-terms.js'

/** What became of one of many that were to be approved; `refusal` says why it was not. */
export interface Outcome {
  readonly id: string
  /** Null when there is no such match, or none that this person may know of. */
  readonly match: Match | null
  readonly refusal: Message | null
}

/** The use cases of people. Every method throws NotFoundError for a match that the actor may not know of. */
export interface MatchService {
  list(actor: Actor, filter: MatchFilter, cursor?: string): Promise<Page<MatchSummary>>
  read(actor: Actor, id: string): Promise<Match>
  /** How many there are, and in which municipalities, whatever the page. */
  overview(
    actor: Actor,
    filter: MatchFilter,
  ): Promise<{ readonly count: number; readonly municipalities: readonly string[] }>
  /** Throws ForbiddenError; ConflictError when it is decided already, or when less is left than it needs. */
  approve(actor: Actor, id: string): Promise<Match>
  /** Each on its own: what can be approved is approved. */
  approveMany(actor: Actor, ids: readonly string[]): Promise<readonly Outcome[]>
  /** Throws ForbiddenError, RuleViolation, ConflictError. */
  reject(actor: Actor, id: string, reason: string): Promise<Match>
  /** Every match of one need or one offer that the actor may see, latest first; at most 100. */
  ofNeed(actor: Actor, needId: string): Promise<readonly MatchSummary[]>
  ofOffer(actor: Actor, offerId: string): Promise<readonly MatchSummary[]>
  /** Matches that an authority has approved and nobody has ended since. */
  countApproved(): Promise<number>
}

type Reserve = (session: ClientSession, id: string, units: number) => Promise<void>
type ById<Terms> = (ids: readonly string[]) => Promise<ReadonlyMap<string, Terms>>

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  /** Reserving throws ConflictError, with `left` among its values, when there is not enough. */
  readonly offers: { readonly reserve: Reserve; readonly byIds: ById<OfferedTerms> }
  readonly needs: { readonly reserveFor: Reserve; readonly byIds: ById<NeededTerms> }
  /** Told, after it is stored, of everything that leaves a hole in the plan: rejected, declined, cancelled. */
  readonly asked: Asked
}

const listed = { history: 0, alternatives: 0 } as const
const mostOfOne = 100

export function createMatchService({ connection, clock, record, offers, needs, asked }: Parts): MatchService {
  const matches = matchModel(connection)
  const inTransaction = transactionsInTurn(connection)

  const find = async (actor: Actor, id: string): Promise<Match> => {
    const scope = visibleTo(actor)
    const stored = scope && (await matches.findOne({ ...scope, _id: id }).lean<StoredMatch>())
    if (!stored) throw new NotFoundError('matches.not-found')
    return toMatch(stored)
  }

  /** Moves the stored match on if it is still where it was; the one who comes second is told what happened. */
  const move = async (session: ClientSession, next: Match, also: Partial<StoredMatch> = {}): Promise<void> => {
    const taken = next.history.at(-1)
    const { modifiedCount } = await matches.updateOne(
      { _id: next.id, state: taken?.from ?? next.state },
      { $set: { ...also, state: next.state, updatedAt: next.updatedAt }, $push: { history: taken } },
      { session },
    )
    if (modifiedCount === 1) return
    const now = await matches.findById(next.id, { state: 1 }).session(session).lean<StoredMatch>()
    throw alreadyDecided(now?.state ?? 'superseded')
  }

  const approveOne = async (actor: Actor, id: string): Promise<Match> => {
    const approved = approve(await find(actor, id), actor, clock())
    const { offerId, needId, quantity } = approved
    await inTransaction(async (session) => {
      await move(session, approved)
      await orTell(offers.reserve(session, offerId, quantity), 'matches.offer-has-less', quantity)
      await orTell(needs.reserveFor(session, needId, quantity), 'matches.need-wants-less', quantity)
      await record(session, actOf('match.approved', actor, approved))
    })
    return approved
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
    approve: approveOne,
    async approveMany(actor, ids) {
      const outcomes: Outcome[] = []
      for (const id of new Set(ids)) outcomes.push(await outcomeOf(actor, id))
      return outcomes
    },
    async reject(actor, id, reason) {
      const rejected = reject(await find(actor, id), actor, clock(), reason)
      const { offerId, needId } = rejected
      const [offer, need] = [(await offers.byIds([offerId])).get(offerId), (await needs.byIds([needId])).get(needId)]
      const rejectedTerms = offer === undefined || need === undefined ? null : pairTerms(offer, need)
      await inTransaction(async (session) => {
        await move(session, rejected, { rejectedTerms })
        await record(session, actOf('match.rejected', actor, rejected))
      })
      await asked({ event: 'match-rejected', subject: 'match', id, authorities: [rejected.authority] })
      return rejected
    },
    ofNeed: (actor, needId) => ofOne(actor, { needId }),
    ofOffer: (actor, offerId) => ofOne(actor, { offerId }),
  }

  async function outcomeOf(actor: Actor, id: string): Promise<Outcome> {
    try {
      return { id, match: await approveOne(actor, id), refusal: null }
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error
      const match = error instanceof NotFoundError ? null : await find(actor, id)
      return { id, match, refusal: error.words }
    }
  }
}

/** A refusal to reserve, in words about this match: how many it needs, how many are left. */
async function orTell(reserving: Promise<void>, key: string, units: number): Promise<void> {
  try {
    await reserving
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    throw new ConflictError(key, { left: Number(error.words.values?.['left'] ?? 0), units })
  }
}

const actOf = (act: string, by: Actor, match: Match): Act => ({
  act,
  by: by.id,
  subject: { type: 'match', id: match.id },
  details: {
    offer: match.offerId,
    need: match.needId,
    units: match.quantity,
    authority: match.authority,
    reason: match.history.at(-1)?.reason ?? null,
  },
})
