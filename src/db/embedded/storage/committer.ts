import type { Catalogue } from './catalogue.js'
import type { Store, Write } from './store.js'
import type { Locks, Writer } from './locks.js'

interface Pending {
  readonly writes: () => Iterable<Write>
  readonly writer: Writer
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Group commit: everything that was handed over in one turn of the event loop is flushed to disk once. */
export class Committer {
  private queue: Pending[] = []

  constructor(
    private readonly store: Store,
    private readonly locks: Locks,
    private readonly catalogue: Catalogue,
  ) {}

  /** Resolves when the writes are on disk and visible; the writer's locks are free then. */
  commit(writer: Writer, writes: () => Iterable<Write>): Promise<void> {
    if (this.queue.length === 0) setImmediate(this.flush)
    return new Promise((resolve, reject) => {
      this.queue.push({ writes, writer, resolve, reject })
    })
  }

  /** Commits what is waiting now: before the catalogue changes, and at the end. */
  readonly flush = (): void => {
    const batch = this.queue
    this.queue = []
    if (batch.length === 0) return
    try {
      this.store.commit([...this.catalogue.widenedEntries(), ...allWrites(batch)])
      this.catalogue.widenedStored()
    } catch (error) {
      this.settle(batch, undefined, (pending) => {
        pending.reject(error)
      })
      return
    }
    this.settle(batch, this.store.sequence, (pending) => {
      pending.resolve()
    })
  }

  private settle(batch: readonly Pending[], sequence: number | undefined, tell: (pending: Pending) => void): void {
    for (const pending of batch) {
      this.locks.release(pending.writer, sequence)
      tell(pending)
    }
  }
}

function* allWrites(batch: readonly Pending[]): Generator<Write> {
  for (const { writes } of batch) yield* writes()
}
