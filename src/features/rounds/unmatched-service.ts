import type { Connection } from 'mongoose'
import type { Actor } from '../../shared/actor.js'
import type { Page } from '../../shared/page.js'
import { asSeenBy, type Round, type UnmatchedNeed, type WhyNot } from './round.js'
import { rowsOnPage, unmatchedConditions, unmatchedPage, type UnmatchedFilter } from './unmatched-query.js'
import { toUnmatched, unmatchedModel, type StoredUnmatched } from './unmatched-model.js'

/** What rounds did not serve. */
export interface UnmatchedNeeds {
  /** Needs that the round did not serve, most marginalised first; each person sees those that concern them. */
  unmatched(actor: Actor, roundId: string, filter: UnmatchedFilter, cursor?: string): Promise<Page<UnmatchedNeed>>
  /** Why the last round did not serve a need, or not all of it; null when it did, or when the person may not know. */
  whyNot(actor: Actor, needId: string): Promise<WhyNot | null>
}

interface Parts {
  readonly connection: Connection
  /** The last round about this authority that put a plan into its queue. */
  readonly latestFor: (authority: string) => Promise<Round | null>
}

export function createUnmatchedNeeds({ connection, latestFor }: Parts): UnmatchedNeeds {
  const unmatched = unmatchedModel(connection)
  return {
    async unmatched(actor, roundId, filter, cursor) {
      const conditions = unmatchedConditions(actor, filter, cursor)
      if (conditions === null) return { items: [], next: null }
      const rows = await unmatched
        .find({ ...conditions, roundId })
        .sort({ tier: 1, _id: 1 })
        .limit(rowsOnPage + 1)
        .lean<StoredUnmatched[]>()
      return unmatchedPage(rows.map((row) => asSeenBy(actor, toUnmatched(row))))
    },
    async whyNot(actor, needId) {
      const scope = unmatchedConditions(actor, {})
      if (scope === null) return null
      const found = await unmatched
        .find({ ...scope, needId })
        .sort({ _id: -1 })
        .lean<StoredUnmatched[]>()
      const authority = found[0]?.authority
      const round = authority === undefined ? null : await latestFor(authority)
      const stored = found.find(({ roundId }) => roundId.toHexString() === round?.id)
      if (stored === undefined || round === null) return null
      const { id, number, endedAt } = round
      return { ...asSeenBy(actor, toUnmatched(stored)), round: { id, number, endedAt } }
    },
  }
}
