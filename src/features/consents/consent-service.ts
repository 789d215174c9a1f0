import type { Connection } from 'mongoose'
import type { Actor } from '../../shared/actor.js'
import { ConflictError, ExpectedError, ForbiddenError, NotFoundError } from '../../shared/errors.js'
import { isId } from '../../shared/ids.js'
import { decodeCursor, encodeCursor, type Page } from '../../shared/page.js'
import type { DecisionService } from '../decisions/index.js'
import {
  inOrder,
  matchModel,
  mayShare,
  toMatch,
  type Match,
  type MatchSummary,
  type StoredMatch,
} from '../matches/index.js'
import type { NeedUnits, OpenNeed } from '../needs/index.js'
import { divisionOf, type Division } from './division.js'

/** What became of the proposals of an offer. */
export interface Agreed {
  readonly approved: number
  /** Agreed to; their authorities have still to say yes. */
  readonly waiting: number
}

/** The nation's part in what an offer gives to several authorities. Every method throws ForbiddenError for anybody else. */
export interface ConsentService {
  /** Offers whose division the nation has not agreed to, or has and authorities have not; in the order of their ids. */
  list(actor: Actor, show: 'awaiting' | 'agreed', cursor?: string): Promise<Page<Division>>
  /** Throws NotFoundError for an offer that no standing proposals divide. */
  read(actor: Actor, offerId: string): Promise<Division>
  /** `seen` is the print of the division that was read. Throws NotFoundError; ConflictError when it is another one now. */
  agree(actor: Actor, offerId: string, seen: string): Promise<Agreed>
  /** Rejects every proposal of the division; tells how many. Throws as `agree`, and RuleViolation for an empty reason. */
  reject(actor: Actor, offerId: string, seen: string, reason: string): Promise<number>
}

interface Parts {
  readonly connection: Connection
  readonly decisions: Pick<DecisionService, 'share' | 'rejectShared'>
  readonly needUnits: Pick<NeedUnits, 'byIds'>
}

export const offersOnPage = 10
const brief = { history: 0, alternatives: 0 } as const
const shared = { isShared: true, state: 'proposed' } as const

export function createConsentService({ connection, decisions, needUnits }: Parts): ConsentService {
  const matches = matchModel(connection)

  const divisions = async (offerIds: readonly string[]): Promise<Division[]> => {
    const stored = await matches
      .find({ ...shared, offerId: { $in: offerIds } }, brief)
      .sort({ _id: 1 })
      .lean<StoredMatch[]>()
    const found = stored.map(toMatch)
    const needs = await needUnits.byIds(found.map(({ needId }) => needId))
    const pupilsOf = (match: MatchSummary): number => reached(match, needs.get(match.needId))
    return offerIds.flatMap((id) => divisionOf(inOrder(found.filter(({ offerId }) => offerId === id)), pupilsOf) ?? [])
  }

  const one = async (actor: Actor, offerId: string): Promise<Division> => {
    if (!mayShare(actor)) throw new ForbiddenError('matches.only-the-nation')
    const [division] = await divisions([offerId])
    if (division === undefined) throw new NotFoundError('consents.not-found')
    return division
  }

  const asSeen = async (actor: Actor, offerId: string, seen: string): Promise<Division> => {
    const division = await one(actor, offerId)
    if (division.seen !== seen) throw new ConflictError('consents.changed')
    return division
  }

  /** What others decided meanwhile is theirs; the rest is done. */
  const each = async (ids: readonly string[], act: (id: string) => Promise<Match>): Promise<Match[]> => {
    const done: Match[] = []
    for (const id of ids) {
      try {
        done.push(await act(id))
      } catch (error) {
        if (!(error instanceof ExpectedError)) throw error
      }
    }
    return done
  }

  return {
    async list(actor, show, cursor) {
      if (!mayShare(actor)) throw new ForbiddenError('matches.only-the-nation')
      const withoutNation = { consents: { $not: { $elemMatch: { party: 'nation' } } } }
      const awaiting = new Set((await matches.distinct('offerId', { ...shared, ...withoutNation })).map(String))
      const all = (await matches.distinct('offerId', shared)).map(String).sort()
      const [after] = decodeCursor(cursor, 1) ?? []
      const from = typeof after === 'string' && isId(after) ? after : ''
      const wanted = all.filter((id) => awaiting.has(id) === (show === 'awaiting') && id > from)
      const items = await divisions(wanted.slice(0, offersOnPage))
      const last = wanted[offersOnPage - 1]
      return { items, next: wanted.length > offersOnPage && last !== undefined ? encodeCursor([last]) : null }
    },
    read: one,
    async agree(actor, offerId, seen) {
      const { awaiting } = await asSeen(actor, offerId, seen)
      const agreed = await each(awaiting, (id) => decisions.share(actor, id))
      const approved = agreed.filter(({ state }) => state === 'approved').length
      return { approved, waiting: agreed.length - approved }
    },
    async reject(actor, offerId, seen, reason) {
      const { proposals } = await asSeen(actor, offerId, seen)
      const [first = '', ...others] = proposals
      // The first one alone: a reason that says nothing is refused before anything is rejected.
      await decisions.rejectShared(actor, first, reason)
      return 1 + (await each(others, (id) => decisions.rejectShared(actor, id, reason))).length
    },
  }
}

/** Pupils whom a part of what a need asks for reaches. */
const reached = ({ quantity }: MatchSummary, need: OpenNeed | undefined): number =>
  need === undefined ? 0 : Math.round((need.beneficiaries.students * quantity) / Math.max(1, need.quantity))
