import { compileFilter } from '../query/matcher.js'
import { decode } from '../documents.js'
import type { Collection, Index } from '../storage/catalogue.js'
import { LockHeld } from '../storage/locks.js'
import { execute, type Row } from '../planner/executor.js'
import { scanOf } from '../planner/index-scan.js'
import { readConjunction } from '../planner/predicates.js'
import type { Engine } from './engine.js'

const mostAtOnce = 1000

/** Deletes what has expired: documents by TTL indexes, answers kept for retries, and cursors that nobody reads. */
export class Housekeeping {
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly engine: Engine,
    private seconds = 60,
  ) {
    this.schedule()
  }

  /** How often it runs, as MongoDB's parameter ttlMonitorSleepSecs. */
  every(seconds: number): void {
    this.seconds = seconds
    this.schedule()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  async run(now = new Date()): Promise<void> {
    this.engine.cursors.sweep(() => false)
    await this.engine.forgetResults(now.getTime())
    for (const collection of this.engine.catalogue.all()) {
      for (const index of collection.indexes) {
        while ((await this.expire(collection, index, now)) === mostAtOnce);
      }
    }
  }

  private schedule(): void {
    clearInterval(this.timer)
    this.timer = setInterval(() => {
      void this.run().catch(() => undefined)
    }, this.seconds * 1000).unref()
  }

  /** Deletes one portion of the documents that an index says have expired; returns how many. */
  private async expire(collection: Collection, index: Index, now: Date): Promise<number> {
    const field = index.fields[0]
    if (index.expireAfterSeconds === undefined || field === undefined) return 0
    const limit = new Date(now.getTime() - index.expireAfterSeconds * 1000)
    const filter = compileFilter({ [field.path]: { $lte: limit } })
    const scan = scanOf(index, readConjunction(filter.node), [])
    let deleted = 0
    await this.engine.write({ transaction: undefined }, (changes) => {
      const work = { keys: 0, documents: 0 }
      deleted = 0
      const expired = execute(scan, { view: changes.view, collection, filter, work, expected: mostAtOnce })
      for (const { record, bytes } of firstOf(expired, mostAtOnce)) {
        const target = { record, document: decode(bytes) }
        if (
          succeeds(() => {
            changes.attempt((inner) => {
              inner.collection(collection).remove(target)
            })
          })
        )
          deleted++
      }
      return { ok: 1 }
    })
    return deleted
  }
}

/** Read before anything is deleted, so that deleting does not disturb the reading. */
function firstOf(rows: Iterable<Row>, most: number): Row[] {
  const first: Row[] = []
  for (const row of rows) if (first.push(row) >= most) break
  return first
}

/** A document that somebody is writing at the moment is left for the next time. */
function succeeds(remove: () => void): boolean {
  try {
    remove()
    return true
  } catch (error) {
    if (error instanceof LockHeld) return false
    throw error
  }
}
