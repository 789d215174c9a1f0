import { Types, type ClientSession, type Connection } from 'mongoose'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, NotFoundError, RuleViolation } from '../../shared/errors.js'
import { isId } from '../../shared/ids.js'
import { isPublished, type PolicyDocument, type PolicyTerms, type PublishedPolicy } from './policy-document.js'
import { policyModel, toPolicy, type StoredPolicy } from './policy-model.js'
import { changesBetween, problemsOf } from './policy-numbers.js'
import { checkMayWrite, hashOfTerms, type PolicyService } from './policy-service.js'
import { replayModel } from './replay-model.js'

export interface DraftText {
  readonly title: string
  readonly terms: PolicyTerms
}

export interface Publication {
  /** The edit of the draft that was read. */
  readonly revision: number
  /** The version whose changes were read. */
  readonly inForce: number
  readonly reason: string
}

/**
 * What national coordinators do with policies; everything is written to the audit log in the same transaction. Each
 * throws ForbiddenError for others, NotFoundError for what is no draft, ConflictError when somebody else was faster.
 */
export interface PolicyDraftService {
  /** Throws RuleViolation for terms that contradict themselves. */
  begin(actor: Actor, text: DraftText): Promise<PolicyDocument>
  /** Throws RuleViolation as well. */
  edit(actor: Actor, id: string, revision: number, text: DraftText): Promise<PolicyDocument>
  discard(actor: Actor, id: string, revision: number): Promise<void>
  /** Throws RuleViolation for a text that was never replayed, or that changes nothing. */
  publish(actor: Actor, id: string, publication: Publication): Promise<PublishedPolicy>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  readonly policies: PolicyService
  /** Has every school unit weighed by this version soon. */
  readonly takeEffect: (version: number) => Promise<void>
}

export function createPolicyDraftService(parts: Parts): PolicyDraftService {
  const { connection, clock, record, policies, takeEffect } = parts
  const documents = policyModel(connection)
  const replays = replayModel(connection)
  const inTransaction = transactionsInTurn(connection)

  /** The draft as this person read it. */
  const asRead = async (session: ClientSession, id: string, revision: number): Promise<StoredPolicy> => {
    const stored = isId(id) ? await documents.findOne({ _id: id }).session(session).lean<StoredPolicy>() : null
    if (stored === null) throw new NotFoundError('policies.draft.not-found')
    if (stored.state !== 'draft') throw new ConflictError('policies.draft.published-meanwhile')
    if (stored.revision !== revision) throw new ConflictError('policies.draft.edited-meanwhile')
    return stored
  }

  const current = async (session: ClientSession): Promise<PublishedPolicy> => {
    const stored = await documents.findOne({ isInForce: true }).session(session).lean<StoredPolicy>()
    const document = stored === null ? null : toPolicy(stored)
    if (document === null || !isPublished(document)) throw new Error('No policy is in force')
    return document
  }

  /** One leaves, the other comes, in one transaction: there is never none and never two. */
  const exchange = async (session: ClientSession, old: PublishedPolicy, next: StoredPolicy): Promise<void> => {
    const retired = { state: 'retired', retiredAt: next.publishedAt } as const
    await documents.updateOne({ _id: old.id }, { $set: retired, $unset: { isInForce: 1 } }, { session })
    const { _id, ...published } = next
    await documents.updateOne({ _id }, { $set: published }, { session })
  }

  return {
    async begin(actor, { title, terms }) {
      checkMayWrite(actor)
      checkSound(terms)
      const at = clock()
      const by = { id: actor.id, name: actor.name }
      const draft: StoredPolicy = {
        ...{ _id: new Types.ObjectId(), state: 'draft', title, terms, hash: hashOfTerms(terms), revision: 0 },
        ...{ basedOn: (await policies.inForce()).version, draftedBy: by, draftedAt: at, editedAt: at },
        ...{ publishedBy: null, publishedAt: null, retiredAt: null, reason: '' },
      }
      await inTransaction(async (session) => {
        await documents.create([draft], { session })
        await record(session, actOn('policy.drafted', actor, draft, { title }))
      })
      return toPolicy(draft)
    },

    async edit(actor, id, revision, { title, terms }) {
      checkMayWrite(actor)
      checkSound(terms)
      return inTransaction(async (session) => {
        const was = await asRead(session, id, revision)
        const text = { title, terms, hash: hashOfTerms(terms), editedAt: clock(), revision: revision + 1 }
        const changed = changesBetween(was.terms, terms).map(({ number }) => number.name)
        await documents.updateOne({ _id: was._id }, { $set: text }, { session })
        await record(session, actOn('policy.edited', actor, { ...was, ...text }, { changed }))
        return toPolicy({ ...was, ...text })
      })
    },

    async discard(actor, id, revision) {
      checkMayWrite(actor)
      await inTransaction(async (session) => {
        const draft = await asRead(session, id, revision)
        await documents.deleteOne({ _id: draft._id }, { session })
        await replays.deleteMany({ policyId: draft._id }, { session })
        await record(session, actOn('policy.discarded', actor, draft, { title: draft.title }))
      })
    },

    async publish(actor, id, { revision, inForce, reason }) {
      checkMayWrite(actor)
      await policies.ensureFirst()
      const published = await inTransaction(async (session) => {
        const draft = await asRead(session, id, revision)
        const old = await current(session)
        if (old.version !== inForce) throw new ConflictError('policies.publish.overtaken', { version: old.version })
        if (old.hash === draft.hash) throw new RuleViolation('policies.publish.nothing-new', { version: old.version })
        const tried = await replays
          .countDocuments({ policyId: draft._id, hash: draft.hash, state: 'finished' })
          .session(session)
        if (tried === 0) throw new RuleViolation('policies.publish.replay-first')
        const next = publishedAs(draft, { actor, at: clock(), version: old.version + 1, reason })
        await exchange(session, old, next)
        await record(
          session,
          actOn('policy.published', actor, next, { version: old.version + 1, reason, replays: tried }),
        )
        return toPolicy(next)
      })
      if (!isPublished(published)) throw new Error('A published policy has a version')
      await takeEffect(published.version)
      return published
    },
  }
}

function checkSound(terms: PolicyTerms): void {
  const [problem] = Object.entries(problemsOf(terms))
  if (problem === undefined) return
  const [field, { key, values }] = problem
  throw new RuleViolation(key, values, field)
}

interface How {
  readonly actor: Actor
  readonly at: Date
  readonly version: number
  readonly reason: string
}

const publishedAs = (draft: StoredPolicy, { actor, at, version, reason }: How): StoredPolicy => ({
  ...draft,
  state: 'published',
  isInForce: true,
  version,
  reason,
  publishedBy: { id: actor.id, name: actor.name },
  publishedAt: at,
})

const actOn = (act: string, by: Actor, { _id, hash }: StoredPolicy, details: Act['details']): Act => ({
  act,
  by: by.id,
  subject: { type: 'policy', id: _id.toHexString() },
  details: { ...details, hash },
})
