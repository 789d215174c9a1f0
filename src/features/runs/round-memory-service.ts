import type { Connection } from 'mongoose'
import type { Policy } from '../planning/index.js'
import { roundModel, type StoredRound } from '../rounds/index.js'

/**
 * By code of the authority: the share of what its schools asked for that the rounds gave them which the policy remembers,
 * 0 to 1; only rounds before the given number count. Nothing where the policy does not look back.
 */
export type RoundMemory = (policy: Policy, before: number) => Promise<Readonly<Record<string, number>>>

export function createRoundMemory(connection: Connection): RoundMemory {
  const rounds = roundModel(connection)
  return async ({ points, fairness }, before) => {
    if (points.fairness === 0 || fairness.rounds === 0) return {}
    const past = await rounds
      .find({ state: 'finished', trigger: null, number: { $lt: before } }, { figures: 1 })
      .sort({ number: -1 })
      .limit(fairness.rounds)
      .lean<StoredRound[]>()
    return sharesOf(past.flatMap(({ figures }) => figures?.authorities ?? []))
  }
}

interface Given {
  readonly authority: string
  readonly unitsNeeded: number
  readonly unitsServed: number
}

function sharesOf(given: readonly Given[]): Readonly<Record<string, number>> {
  const sums = new Map<string, { needed: number; served: number }>()
  for (const { authority, unitsNeeded, unitsServed } of given) {
    const { needed, served } = sums.get(authority) ?? { needed: 0, served: 0 }
    sums.set(authority, { needed: needed + unitsNeeded, served: served + unitsServed })
  }
  return Object.fromEntries(
    [...sums].filter(([, { needed }]) => needed > 0).map(([code, { needed, served }]) => [code, served / needed]),
  )
}
