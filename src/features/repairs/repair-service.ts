import { setTimeout as pause } from 'node:timers/promises'
import type { ClientSession, Connection } from 'mongoose'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, ForbiddenError } from '../../shared/errors.js'
import type { Policy } from '../planning/index.js'
import {
  alreadyRunning,
  mayRunFor,
  roundModel,
  scopeOf,
  toRound,
  type Round,
  type Rounds,
  type StoredRound,
} from '../rounds/index.js'
import type { ProposalStore } from '../runs/index.js'
import type { StoredRequest } from './repair-request-model.js'
import type { RepairRequests } from './repair-request-service.js'

/** Small changes to what stands that are planned when something happens to it, and applied when somebody accepts them. */
export interface RepairService {
  /** Plans the repair of an authority for everything that has happened there by then; the work of a job. */
  perform(authority: string): Promise<void>
  /** Those of these authorities where no repair waits, and nobody has said no to the last one. */
  unanswered(authorities: readonly string[]): Promise<readonly string[]>
  /** Repairs that wait for somebody who may decide about them as this person may. */
  readyFor(actor: Actor): Promise<readonly Round[]>
  /**
   * Puts a repair into the queues. Throws ForbiddenError; ConflictError when it is not (any longer) waiting, and when things
   * have moved on since it was planned: then another one is asked for.
   */
  accept(actor: Actor, roundId: string): Promise<Round>
  /** Throws ForbiddenError, ConflictError. */
  dismiss(actor: Actor, roundId: string, reason: string): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  readonly rounds: Pick<Rounds, 'read' | 'active' | 'entry'>
  readonly proposals: Pick<ProposalStore, 'clear'>
  readonly requests: RepairRequests
  readonly policy: () => Promise<Policy>
  /** Whether what a repair would put into the queues can still be given and is still needed, and what would go still stands. */
  readonly stillHolds: (round: Round) => Promise<boolean>
}

/** What happens within so many milliseconds of each other is answered together; nobody waits longer than so many of them. */
const quiet = 1_500
const mostPauses = 6
/** So often it is tried again while another round is about the authority; later events, and the hourly look, ask again. */
const mostTries = 40

export function createRepairService(parts: Parts): RepairService {
  const { connection, clock, record, rounds, proposals, requests, policy, stillHolds } = parts
  const stored = roundModel(connection)
  const inTransaction = transactionsInTurn(connection)

  /** What waits, once nothing more has come for a moment; null when a round has answered it meanwhile. */
  const settled = async (authority: string): Promise<StoredRequest | null> => {
    let known = await requests.read(authority)
    for (let pauses = 0; known !== null && pauses < mostPauses; pauses++) {
      await pause(quiet)
      const now = await requests.read(authority)
      if (now?.latestAt.getTime() === known.latestAt.getTime()) return now
      known = now
    }
    return known
  }

  /** False while another round is about this authority: if that has read everything it answers the request itself. */
  const plan = async (request: StoredRequest): Promise<boolean> => {
    const trigger = request.events.at(-1)
    if (trigger === undefined) return true
    const least = { ...(await policy()), plan: 'least-change' as const }
    const wish = { scope: [request._id], requestedBy: null, trigger, note: '', policy: least }
    return (await rounds.entry.enter(wish)) !== null
  }

  const waiting = async (actor: Actor, roundId: string): Promise<Round> => {
    const round = await rounds.read(roundId)
    if (!mayRunFor(actor, round.scope)) throw new ForbiddenError('repairs.may-not')
    if (round.state !== 'ready' || round.trigger === null) throw new ConflictError('repairs.not-waiting')
    return round
  }

  const askAgain = async ({ trigger, scope }: Round): Promise<void> => {
    if (trigger === null) return
    const { event, subject, id } = trigger
    await requests.asked({ event, subject, id, authorities: scope })
  }

  const withdraw = (round: Round, by: Actor, reason: string): Promise<boolean> =>
    inTransaction(async (session) => {
      const dismissal = { by: { id: by.id, name: by.name }, at: clock(), reason }
      const { modifiedCount } = await stored.updateOne(
        { _id: round.id, state: 'ready' },
        { $set: { state: 'dismissed', dismissal } },
        { session },
      )
      if (modifiedCount === 1) await record(session, decided(round, by, 'dismissed', reason))
      return modifiedCount === 1
    })

  return {
    async perform(authority) {
      for (let tries = 0; tries < mostTries; tries++) {
        const request = await settled(authority)
        if (request === null) return
        if (await plan(request)) await requests.answered(request)
      }
    },
    async unanswered(authorities) {
      const open: string[] = []
      for (const authority of authorities) {
        const last = await stored.findOne({ scope: authority }).sort({ number: -1 }).lean<StoredRound>()
        const isAnswered = last?.state === 'ready' || (last?.state === 'dismissed' && last.dismissal?.by !== null)
        if (!isAnswered) open.push(authority)
      }
      return open
    },
    async readyFor(actor) {
      const found = await stored
        .find({ state: 'ready', scope: { $in: scopeOf(actor) } })
        .sort({ number: -1 })
        .lean<StoredRound[]>()
      return found.map(toRound)
    },
    async accept(actor, roundId) {
      const round = await waiting(actor, roundId)
      if (!(await stillHolds(round))) {
        await askAgain(round)
        throw new ConflictError('repairs.moved-on')
      }
      const { _id } = await stored.findById(roundId, { _id: 1 }).lean<StoredRound>().orFail()
      const { attempt, scope } = round
      const again = await rounds.entry.again(
        { _id, state: 'ready', attempt, scope },
        { change: { acceptedBy: { id: actor.id, name: actor.name } }, act: decided(round, actor, 'accepted', null) },
      )
      if (again === null) throw alreadyRunning((await rounds.active(scope))[0])
      return toRound(again)
    },
    async dismiss(actor, roundId, reason) {
      const round = await waiting(actor, roundId)
      if (!(await withdraw(round, actor, reason))) throw new ConflictError('repairs.not-waiting')
      await proposals.clear(roundId)
    },
  }
}

const decided = (round: Round, by: Actor, how: 'accepted' | 'dismissed', reason: string | null): Act => ({
  act: `round.repair-${how}`,
  by: by.id,
  subject: { type: 'round', id: round.id },
  details: { number: round.number, reason },
})
