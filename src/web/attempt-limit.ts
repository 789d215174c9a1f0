import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible'
import type { Connection } from 'mongoose'
import { TooManyAttempts } from './errors.js'

/** Counts attempts in the database, so that several servers and a restart count together. */
export interface AttemptLimit {
  /** Throws TooManyAttempts when there were too many. */
  count(key: string): Promise<void>
  forget(key: string): Promise<void>
}

interface Limit {
  readonly name: string
  readonly attempts: number
  readonly minutes: number
}

export function attemptLimit(connection: Connection, { name, attempts, minutes }: Limit): AttemptLimit {
  const limiter = new RateLimiterMongo({
    storeClient: connection.getClient(),
    dbName: connection.name,
    tableName: 'attempts',
    disableIndexesCreation: true,
    keyPrefix: name,
    points: attempts,
    duration: minutes * 60,
  })
  return {
    async count(key) {
      try {
        await limiter.consume(key)
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        throw new TooManyAttempts('errors.too-many', { n: Math.max(1, Math.ceil(refusal.msBeforeNext / 60_000)) })
      }
    },
    async forget(key) {
      await limiter.delete(key)
    },
  }
}
