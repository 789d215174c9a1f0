import { equityPolicy } from '../schools/index.js'
import type { PublishedPolicy } from './policy-document.js'
import { policyOf } from './policy-document.js'
import { changesBetween } from './policy-numbers.js'
import type { FinishedReplay } from './policy-replay.js'

/**
 * A published policy as anybody can compute with it: `policy` is what rounds use, word for word; `index` is what the
 * factors are computed with. Persons and school units are not named.
 */
export function policyJson(
  document: PublishedPolicy,
  before: PublishedPolicy | null,
  replays: readonly FinishedReplay[],
): Readonly<Record<string, unknown>> {
  const { state, publishedAt, publishedBy, retiredAt, reason, hash } = document
  return {
    policy: policyOf(document),
    hash,
    state,
    publishedAt,
    publishedBy: publishedBy === null ? 'platform' : 'national-coordinator',
    retiredAt,
    reason,
    changes: before === null ? [] : changesOf(before, document),
    index: { benchmarks: equityPolicy.benchmarks, neutral: equityPolicy.neutral, decimals: 4 },
    replays: replays.map(({ round, outcome: { before: was, after, comparison } }) => {
      const { groups, gaining, losing, unchanged, pairs } = comparison
      return {
        round,
        unitsServed: { before: was.unitsServed, after: after.unitsServed },
        gaining,
        losing,
        unchanged,
        pairs,
        groups,
      }
    }),
  }
}

const changesOf = (before: PublishedPolicy, after: PublishedPolicy) =>
  changesBetween(before.terms, after.terms).map((change) => ({
    number: change.number.name,
    measure: change.number.measure,
    before: change.before,
    after: change.after,
  }))
