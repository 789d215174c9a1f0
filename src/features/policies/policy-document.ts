import type { Actor } from '../../shared/actor.js'
import type { Policy } from '../planning/index.js'

/** A draft may be edited and thrown away; what was published is never edited: another version retires it. */
export const policyStates = ['draft', 'published', 'retired'] as const
export type PolicyState = (typeof policyStates)[number]

/** What a policy says; its version comes with its publication. */
export type PolicyTerms = Omit<Policy, 'version'>

export interface PolicyAuthor {
  readonly id: string
  readonly name: string
}

/** One document, from its first draft on. */
export interface PolicyDocument {
  readonly id: string
  readonly state: PolicyState
  /** 1, 2, 3 ... in the order of publication; null for a draft. */
  readonly version: number | null
  /** What the draft is about, for those who draft. */
  readonly title: string
  readonly terms: PolicyTerms
  /** Of the terms: a replay holds for exactly this text. */
  readonly hash: string
  /** The version that was in force when it was drafted. */
  readonly basedOn: number
  /** Counts the edits: whoever saves states which one was read. */
  readonly revision: number
  /** Null for the first policy, which came with the platform. */
  readonly draftedBy: PolicyAuthor | null
  readonly draftedAt: Date
  readonly editedAt: Date
  readonly publishedBy: PolicyAuthor | null
  readonly publishedAt: Date | null
  readonly retiredAt: Date | null
  /** Why it was published; empty before, and for the first policy. */
  readonly reason: string
}

/** A document that has its version. */
export type PublishedPolicy = PolicyDocument & { readonly version: number; readonly publishedAt: Date }

export const titleLengths = { least: 3, most: 120 } as const
export const reasonLengths = { least: 10, most: 1000 } as const

export const mayWritePolicies = (actor: Actor): boolean => actor.role === 'national-coordinator'

export const isPublished = (document: PolicyDocument): document is PublishedPolicy =>
  document.version !== null && document.publishedAt !== null

/** The policy as rounds use it and as anybody can compute with it. */
export const policyOf = ({ version, terms }: Pick<PublishedPolicy, 'version' | 'terms'>): Policy => ({
  version,
  ...terms,
})

export function termsOf({ version: _version, ...terms }: Policy): PolicyTerms {
  return terms
}
