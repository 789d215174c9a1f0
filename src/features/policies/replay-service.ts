import { Types, type ClientSession, type Connection } from 'mongoose'
import { isDuplicateKey } from '../../db/duplicate-key.js'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { NotFoundError, RuleViolation } from '../../shared/errors.js'
import { isId } from '../../shared/ids.js'
import type { Policy } from '../planning/index.js'
import type { PolicyDocument } from './policy-document.js'
import {
  isFinished,
  mostReplayAttempts,
  type FinishedReplay,
  type PastRound,
  type PolicyReplay,
  type ReplayFigures,
  type ReplayOutcome,
} from './policy-replay.js'
import { checkMayWrite, type PolicyService } from './policy-service.js'
import { replayModel, toReplay, type StoredReplay } from './replay-model.js'

/** Trying drafts on rounds that were. */
export interface ReplayService {
  /** Rounds that a draft can be tried on, the latest first. */
  rounds(): Promise<readonly PastRound[]>
  /**
   * Has the draft tried on a round soon; the same text on the same round is tried once, unless it failed. Throws
   * ForbiddenError, NotFoundError, RuleViolation for a round whose question is not kept.
   */
  request(actor: Actor, policyId: string, roundId: string): Promise<PolicyReplay>
  /** Throws ForbiddenError, NotFoundError. */
  read(actor: Actor, id: string): Promise<PolicyReplay>
  /** Of one document, the latest first. Throws ForbiddenError. */
  of(actor: Actor, policyId: string): Promise<readonly PolicyReplay[]>
  /** What was tried of exactly the text that was published, in the order of rounds; for everybody, so without names. */
  ofPublished(document: PolicyDocument): Promise<readonly FinishedReplay[]>
  /** Does the work; begun again after a crash it ends as if there had been none. Never throws. */
  perform(id: string): Promise<void>
  /** Asks again for what was on its way when the last process ended; called at start. */
  resume(): Promise<void>
  /** From now on nobody waits for what is still being tried; the next process does it. */
  stop(): void
}

/** The packed input of a round, the number of the round, and the policy to try. */
export interface ReplayQuestion {
  readonly input: Uint8Array
  readonly round: number
  readonly policy: Policy
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  readonly policies: PolicyService
  /** Finished rounds, the latest first. */
  readonly pastRounds: () => Promise<readonly PastRound[]>
  /** The packed question of a round. Throws NotFoundError. */
  readonly roundInput: (roundId: string) => Promise<Uint8Array>
  /** Solves it again somewhere where it stops nobody else. */
  readonly replay: (question: ReplayQuestion, signal: AbortSignal) => Promise<ReplayOutcome>
  readonly request: (replayId: string) => Promise<void>
  readonly report: (error: unknown, replayId: string) => void
}

export function createReplayService(parts: Parts): ReplayService {
  const { connection, clock, record, policies, pastRounds, roundInput, replay, request, report } = parts
  const replays = replayModel(connection)
  const inTransaction = transactionsInTurn(connection)
  const stopping = new AbortController()

  const find = async (where: Partial<Pick<StoredReplay, '_id' | 'policyId' | 'hash' | 'roundId'>>) => {
    const stored = await replays.findOne(where).lean<StoredReplay>()
    return stored === null ? null : toReplay(stored)
  }

  const insert = (stored: StoredReplay, actor: Actor): Promise<void> =>
    inTransaction(async (session) => {
      await replays.deleteOne({ ...sameTrial(stored), state: 'failed' }, { session })
      await replays.create([stored], { session })
      await record(session, askedFor(stored, actor))
    })

  const begin = (id: string): Promise<StoredReplay | null> =>
    replays
      .findOneAndUpdate(
        { _id: id, state: { $in: ['queued', 'running'] } },
        { $set: { state: 'running' }, $inc: { attempt: 1 } },
        { returnDocument: 'after' },
      )
      .lean<StoredReplay>()

  /** Only the attempt that counts may write how it ended. */
  const end = async ({ _id, attempt }: StoredReplay, outcome: ReplayOutcome | null): Promise<void> => {
    const how = { state: outcome === null ? 'failed' : 'finished', outcome, endedAt: clock() } as const
    await replays.updateOne({ _id, attempt, state: 'running' }, { $set: how })
  }

  const tryOut = async ({ roundId, round, policy }: StoredReplay): Promise<ReplayOutcome> => {
    const input = await roundInput(roundId.toHexString())
    const { before, after, comparison } = await replay({ input, round, policy }, stopping.signal)
    return { before: figuresOf(before), after: figuresOf(after), comparison }
  }

  const endAsFailed = async (stored: StoredReplay): Promise<void> => {
    try {
      await end(stored, null)
    } catch (error) {
      report(error, String(stored._id))
    }
  }

  return {
    rounds: pastRounds,

    async request(actor, policyId, roundId) {
      checkMayWrite(actor)
      const draft = await policies.draft(actor, policyId)
      const round = (await pastRounds()).find(({ id }) => id === roundId)
      if (round === undefined) throw new RuleViolation('policies.replay.no-round', undefined, 'round')
      const stored = newReplay(draft, round, actor, clock())
      try {
        await insert(stored, actor)
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
      const asked = await find(sameTrial(stored))
      if (asked === null) throw new NotFoundError('policies.replay.not-found')
      if (asked.state !== 'finished') await request(asked.id)
      return asked
    },

    async read(actor, id) {
      checkMayWrite(actor)
      const found = isId(id) ? await find({ _id: new Types.ObjectId(id) }) : null
      if (found === null) throw new NotFoundError('policies.replay.not-found')
      return found
    },

    async of(actor, policyId) {
      checkMayWrite(actor)
      const where = { policyId: new Types.ObjectId(policyId) }
      const stored = await replays.find(where).sort({ requestedAt: -1 }).limit(50).lean<StoredReplay[]>()
      return stored.map(toReplay)
    },

    async ofPublished({ id, hash }) {
      const where = { policyId: new Types.ObjectId(id), hash, state: 'finished' as const }
      const stored = await replays.find(where).limit(50).lean<StoredReplay[]>()
      const finished = stored.map(toReplay).filter(isFinished)
      return finished.sort((one, other) => one.round - other.round)
    },

    async perform(id) {
      let stored: StoredReplay | null = null
      try {
        stored = await begin(id)
        if (stored === null) return
        const isHopeless = stored.attempt > mostReplayAttempts
        await end(stored, isHopeless ? null : await tryOut(stored))
      } catch (error) {
        if (stopping.signal.aborted) return
        report(error, id)
        if (stored !== null) await endAsFailed(stored)
      }
    },

    async resume() {
      const waiting = await replays.find({ state: { $in: ['queued', 'running'] } }, { _id: 1 }).lean<StoredReplay[]>()
      for (const { _id } of waiting) await request(String(_id))
    },

    stop() {
      stopping.abort()
    },
  }
}

const figuresOf = ({ unitsNeeded, unitsServed }: ReplayFigures): ReplayFigures => ({ unitsNeeded, unitsServed })

const sameTrial = ({ policyId, hash, roundId }: StoredReplay) => ({ policyId, hash, roundId })

function newReplay(draft: PolicyDocument, round: PastRound, actor: Actor, at: Date): StoredReplay {
  return {
    _id: new Types.ObjectId(),
    policyId: new Types.ObjectId(draft.id),
    roundId: new Types.ObjectId(round.id),
    round: round.number,
    hash: draft.hash,
    policy: { version: draft.basedOn + 1, ...draft.terms },
    state: 'queued',
    attempt: 0,
    requestedBy: { id: actor.id, name: actor.name },
    requestedAt: at,
    endedAt: null,
    outcome: null,
  }
}

const askedFor = ({ policyId, round, hash }: StoredReplay, by: Actor): Act => ({
  act: 'policy.replayed',
  by: by.id,
  subject: { type: 'policy', id: policyId.toHexString() },
  details: { round, hash },
})
