import { compileFilter } from '../query/matcher.js'
import { decode } from '../documents.js'
import type { Collection, Index } from '../storage/catalogue.js'
import { LockHeld } from '../storage/locks.js'
import { execute, type Row } from '../planner/executor.js'
import { scanOf } from '../planner/index-scan.js'
import { readConjunction } from '../planner/predicates.js'
import type { View } from '../storage/store.js'
import type { Changes, Engine } from './engine.js'

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
    for (const { namespace, indexes } of this.engine.catalogue.all()) {
      for (const { name } of indexes) while ((await this.expire(namespace, name, now)) === mostAtOnce);
    }
  }

  private schedule(): void {
    clearInterval(this.timer)
    this.timer = setInterval(() => {
      void this.run().catch(() => undefined)
    }, this.seconds * 1000).unref()
  }

  /** Deletes one portion of the documents that an index says have expired; returns how many. */
  private async expire(namespace: string, name: string, now: Date): Promise<number> {
    let deleted = 0
    await this.engine.write({ transaction: undefined }, (changes) => {
      const collection = this.engine.catalogue.find(namespace)
      const index = collection?.indexes.find((one) => one.name === name)
      deleted = 0
      for (const row of collection && index ? expired(changes.view, collection, index, now) : []) {
        const remove = (inner: Changes): void => {
          if (collection) inner.collection(collection).remove({ record: row.record, document: decode(row.bytes) })
        }
        if (
          succeeds(() => {
            changes.attempt(remove)
          })
        )
          deleted++
      }
      return { ok: 1 }
    })
    return deleted
  }
}

/** The first of what has expired, read before anything is deleted. */
function expired(view: View, collection: Collection, index: Index, now: Date): Row[] {
  const path = index.fields[0]?.path
  if (index.expireAfterSeconds === undefined || path === undefined) return []
  const filter = compileFilter({ [path]: { $lte: new Date(now.getTime() - index.expireAfterSeconds * 1000) } })
  const scan = scanOf(index, readConjunction(filter.node), [])
  const rows: Row[] = []
  for (const row of execute(scan, {
    view,
    collection,
    filter,
    work: { keys: 0, documents: 0 },
    expected: mostAtOnce,
  })) {
    if (rows.push(row) >= mostAtOnce) break
  }
  return rows
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
