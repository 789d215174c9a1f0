import { createHash } from 'node:crypto'
import { Types, type ClientSession, type Connection } from 'mongoose'
import { isDuplicateKey } from '../../db/duplicate-key.js'
import { transactionsInTurn } from '../../db/transaction.js'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ForbiddenError, NotFoundError } from '../../shared/errors.js'
import { isId } from '../../shared/ids.js'
import { canonical, firstPolicy, type Policy } from '../planning/index.js'
import {
  isPublished,
  mayWritePolicies,
  policyOf,
  termsOf,
  type PolicyDocument,
  type PolicyTerms,
  type PublishedPolicy,
} from './policy-document.js'
import { policyModel, toPolicy, type StoredPolicy } from './policy-model.js'

/** Reading policies: what is in force, what was, and what is drafted. */
export interface PolicyService {
  /** What rounds use now; the first policy until one is stored. */
  inForce(): Promise<Policy>
  /** Any version that was ever published. Throws NotFoundError. */
  ofVersion(version: number): Promise<Policy>
  /** Everything that was ever published, the latest first. */
  versions(): Promise<readonly PublishedPolicy[]>
  /** Throws NotFoundError. */
  version(version: number): Promise<PublishedPolicy>
  /** All drafts, last edited first. Throws ForbiddenError. */
  drafts(actor: Actor): Promise<readonly PolicyDocument[]>
  /** Throws ForbiddenError, and NotFoundError for what is no draft (any more). */
  draft(actor: Actor, id: string): Promise<PolicyDocument>
  /** The same in any state, for whoever drafted it. */
  document(actor: Actor, id: string): Promise<PolicyDocument>
  /** Stores the first policy as published unless there is one; called at start, may be called again. */
  ensureFirst(): Promise<void>
}

/** SHA-256 of the JSON text of the terms with the keys of every object in order: anybody can compute it. */
export const hashOfTerms = (terms: PolicyTerms): string => createHash('sha256').update(canonical(terms)).digest('hex')

/** Throws ForbiddenError. */
export function checkMayWrite(actor: Actor): void {
  if (!mayWritePolicies(actor)) throw new ForbiddenError('policies.may-not-write')
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
}

const newestVersion = { version: -1 } as const

export function createPolicyService({ connection, clock, record }: Parts): PolicyService {
  const policies = policyModel(connection)
  const inTransaction = transactionsInTurn(connection)
  /** A version never changes once it is published. */
  const known = new Map<number, Policy>([[firstPolicy.version, firstPolicy]])

  const find = async (version: number): Promise<PublishedPolicy> => {
    const stored = await policies.findOne({ version }).lean<StoredPolicy>()
    const document = stored === null ? null : toPolicy(stored)
    if (document === null || !isPublished(document)) throw new NotFoundError('policies.not-found')
    return document
  }

  const read = async (actor: Actor, id: string): Promise<PolicyDocument> => {
    checkMayWrite(actor)
    const stored = isId(id) ? await policies.findById(id).lean<StoredPolicy>() : null
    if (stored === null) throw new NotFoundError('policies.draft.not-found')
    return toPolicy(stored)
  }

  return {
    async inForce() {
      const stored = await policies.findOne({ isInForce: true }).lean<StoredPolicy>()
      const document = stored === null ? null : toPolicy(stored)
      return document !== null && isPublished(document) ? policyOf(document) : firstPolicy
    },
    async ofVersion(version) {
      const policy = known.get(version) ?? policyOf(await find(version))
      known.set(version, policy)
      return policy
    },
    async versions() {
      const stored = await policies
        .find({ version: { $gt: 0 } })
        .sort(newestVersion)
        .lean<StoredPolicy[]>()
      return stored.map(toPolicy).filter(isPublished)
    },
    version: find,
    async drafts(actor) {
      checkMayWrite(actor)
      const stored = await policies.find({ state: 'draft' }).sort({ editedAt: -1 }).limit(100).lean<StoredPolicy[]>()
      return stored.map(toPolicy)
    },
    async draft(actor, id) {
      const document = await read(actor, id)
      if (document.state !== 'draft') throw new NotFoundError('policies.draft.not-found')
      return document
    },
    document: read,
    async ensureFirst() {
      if ((await policies.findOne({ isInForce: true }, { _id: 1 }).lean()) !== null) return
      try {
        await inTransaction(async (session) => {
          const policy = first(clock())
          await policies.create([policy], { session })
          await record(session, cameWithPlatform(policy))
        })
      } catch (error) {
        // Another process was faster.
        if (!isDuplicateKey(error)) throw error
      }
    },
  }
}

const cameWithPlatform = ({ _id, version = 0, hash }: StoredPolicy): Act => ({
  act: 'policy.published',
  by: null,
  subject: { type: 'policy', id: _id.toHexString() },
  details: { version, reason: '', hash },
})

function first(at: Date): StoredPolicy {
  const terms = termsOf(firstPolicy)
  return {
    _id: new Types.ObjectId(),
    state: 'published',
    version: firstPolicy.version,
    isInForce: true,
    title: '',
    terms,
    hash: hashOfTerms(terms),
    basedOn: 0,
    revision: 0,
    draftedBy: null,
    draftedAt: at,
    editedAt: at,
    publishedBy: null,
    publishedAt: at,
    retiredAt: null,
    reason: '',
  }
}
