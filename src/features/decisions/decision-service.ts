import type { ClientSession, Connection } from 'mongoose'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ExpectedError, NotFoundError } from '../../shared/errors.js'
import type { Message } from '../../shared/message.js'
import {
  agreedByAuthority,
  agreeToShare,
  alreadyDecided,
  approve,
  awaitedFor,
  checkFirst,
  decline,
  inOrder,
  matchesOfUnits,
  matchModel,
  mayShare,
  pairTerms,
  potOf,
  reject,
  rejectShared,
  share,
  toMatch,
  visibleTo,
  type Decline,
  type Match,
  type StoredMatch,
} from '../matches/index.js'
import type { Asked } from '../repairs/index.js'
import type { Books } from './match-books-service.js'

/** What became of one of many that were to be approved; `refusal` says why it was not. */
export interface Outcome {
  readonly id: string
  /** Null when there is no such match, or none that this person may know of. */
  readonly match: Match | null
  readonly refusal: Message | null
}

/** What people decide about matches. Every method throws NotFoundError for a match that the actor may not know of. */
export interface DecisionService {
  /**
   * Approves, or notes the consent of the authority where the nation has to agree too: the state tells which. Throws
   * ForbiddenError; RuleViolation when something else has to be approved first; ConflictError when it is decided already, or
   * when less is left than it needs.
   */
  approve(actor: Actor, id: string): Promise<Match>
  /** Each on its own, what comes first before what needs it: what can be approved is approved. */
  approveMany(actor: Actor, ids: readonly string[]): Promise<readonly Outcome[]>
  /** The nation agrees to what the offer of this match gives to several authorities; what then has every consent is approved. */
  share(actor: Actor, id: string): Promise<Match>
  /** Throws ForbiddenError, RuleViolation, ConflictError. */
  reject(actor: Actor, id: string, reason: string): Promise<Match>
  /** The same for the nation, about a match of a divided offer. */
  rejectShared(actor: Actor, id: string, reason: string): Promise<Match>
  /** A company or a school says no; what was reserved is free again. Throws as `reject`. */
  decline(actor: Actor, id: string, why: Decline): Promise<Match>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  readonly books: Books
  /** Told, after it is stored, of everything that leaves a hole in the plan: rejected, declined. */
  readonly asked: Asked
}

type Decide = (match: Match, at: Date) => Match

export function createDecisionService({ connection, clock, record, books, asked }: Parts): DecisionService {
  const matches = matchModel(connection)
  const inTransaction = transactionsInTurn(connection)

  const find = async (actor: Actor, id: string, session: ClientSession | null = null): Promise<Match> => {
    const scope = visibleTo(actor)
    const stored =
      scope &&
      (await matches
        .findOne({ ...scope, _id: id })
        .session(session)
        .lean<StoredMatch>())
    if (!stored) throw new NotFoundError('matches.not-found')
    return toMatch(stored)
  }

  /** Moves the stored match on if it is still where it was; the one who comes second is told what happened. */
  const move = async (session: ClientSession, was: Match, next: Match, also: Partial<StoredMatch> = {}) => {
    const { state, consents, updatedAt } = next
    const { modifiedCount } = await matches.updateOne(
      { _id: was.id, state: was.state, history: { $size: was.history.length } },
      { $set: { ...also, state, consents, updatedAt }, $push: { history: next.history.at(-1) } },
      { session },
    )
    if (modifiedCount === 1) return
    const now = await matches.findById(was.id, { state: 1 }).session(session).lean<StoredMatch>()
    throw alreadyDecided(now?.state ?? 'superseded')
  }

  /** What comes first has to be there, or, for a consent alone, has to have the authority's. */
  const checkBundle = async (session: ClientSession, next: Match): Promise<void> => {
    if (next.needsFirst.length === 0) return
    const unit = (await matchesOfUnits(matches, [next], session)).get(next.schoolId) ?? []
    checkFirst(next, unit, next.state === 'approved' ? undefined : agreedByAuthority)
  }

  const agreeOnce = (actor: Actor, id: string, decide: Decide): Promise<Match> =>
    inTransaction(async (session) => {
      const was = await find(actor, id, session)
      const next = decide(was, clock())
      if (next.history.length === was.history.length) return was
      if (next.state === 'approved' || actor.role === 'coordinator') await checkBundle(session, next)
      await move(session, was, next)
      if (next.state === 'approved') await books.reserve(session, next)
      await record(session, actOf(next.state === 'approved' ? 'match.approved' : 'match.consented', actor, next))
      return next
    })

  /** What had every consent and only waited for this one is approved in its turn. */
  const approveWaiting = async (actor: Actor, { centralSchoolId, schoolId }: Match): Promise<void> => {
    const unit = (await matchesOfUnits(matches, [{ centralSchoolId, schoolId }])).get(schoolId) ?? []
    const ready = unit.filter((match) => match.isShared && match.state === 'proposed' && awaitedFor(match).length === 0)
    for (const { id } of inOrder(ready)) {
      await agreeOnce(actor, id, complete(actor)).catch(foreseen)
    }
  }

  const approveOne = async (actor: Actor, id: string): Promise<Match> => {
    const next = await agreeOnce(actor, id, (match, at) => approve(match, actor, at))
    if (next.state === 'approved') await approveWaiting(actor, next)
    return next
  }

  const end = async (actor: Actor, id: string, decide: Decide): Promise<Match> => {
    const ended = await inTransaction(async (session) => {
      const was = await find(actor, id, session)
      const next = decide(was, clock())
      const party = next.history.at(-1)?.party
      // A school that says no has its own memory of it; it can take that back.
      const rejectedTerms = party === 'school' ? null : await termsOf(next)
      await move(session, was, next, { rejectedTerms })
      if (potOf[was.state] === 'reserved') await books.release(session, was)
      if (party === 'school') await books.remember(session, next)
      await record(session, actOf(`match.${next.state}`, actor, next))
      return next
    })
    const event = ended.state === 'declined' ? 'match-declined' : 'match-rejected'
    await asked({ event, subject: 'match', id, authorities: [ended.authority] })
    return ended
  }

  const termsOf = async ({ offerId, needId }: Match): Promise<string | null> => {
    const { offer, need } = await books.terms(offerId, needId)
    return offer === undefined || need === undefined ? null : pairTerms(offer, need)
  }

  return {
    approve: approveOne,
    async approveMany(actor, ids) {
      const found = await Promise.all([...new Set(ids)].map((id) => find(actor, id).catch(foreseen)))
      const known = inOrder(found.filter((match) => match !== null))
      const outcomes: Outcome[] = []
      for (const match of known) outcomes.push(await outcomeOf(actor, match))
      const unknown = [...new Set(ids)].filter((id) => !known.some((match) => match.id === id))
      const refusal = new NotFoundError('matches.not-found').words
      return [...outcomes, ...unknown.map((id) => ({ id, match: null, refusal }))]
    },
    async share(actor, id) {
      const next = await agreeOnce(actor, id, (match, at) => share(match, actor, at)).catch(async (error: unknown) => {
        // What keeps the match from being approved does not keep the nation from agreeing to the division.
        if (!(error instanceof ExpectedError) || !mayShare(actor)) throw error
        const was = await find(actor, id)
        if (!awaitedFor(was).includes('nation')) throw error
        return agreeOnce(actor, id, (match, at) => agreeToShare(match, actor, at))
      })
      if (next.state === 'approved') await approveWaiting(actor, next)
      return next
    },
    reject: (actor, id, reason) => end(actor, id, (match, at) => reject(match, actor, at, reason)),
    rejectShared: (actor, id, reason) => end(actor, id, (match, at) => rejectShared(match, actor, at, reason)),
    decline: (actor, id, why) => end(actor, id, (match, at) => decline(match, actor, at, why)),
  }

  async function outcomeOf(actor: Actor, { id }: Match): Promise<Outcome> {
    try {
      return { id, match: await approveOne(actor, id), refusal: null }
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error
      return { id, match: await find(actor, id).catch(foreseen), refusal: error.words }
    }
  }
}

const complete =
  (actor: Actor): Decide =>
  (match, at) =>
    actor.role === 'national-coordinator' ? share(match, actor, at) : approve(match, actor, at)

/** Null for a refusal that the product foresees; anything else goes on. */
function foreseen(error: unknown): null {
  if (error instanceof ExpectedError) return null
  throw error
}

const actOf = (act: string, by: Actor, match: Match): Act => {
  const { party = 'authority', reason, cause = null } = match.history.at(-1) ?? { reason: null }
  return {
    act,
    by: by.id,
    subject: { type: 'match', id: match.id },
    details: {
      offer: match.offerId,
      need: match.needId,
      units: match.quantity,
      authority: match.authority,
      party,
      cause,
      reason,
    },
  }
}
