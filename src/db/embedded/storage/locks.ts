import { ServerError } from '../server-error.js'

/** Who writes: a plain statement, or a transaction. `finished` resolves once it has committed or given up. */
export class Writer {
  readonly finished: Promise<void>
  readonly held = new Set<string>()
  private resolve: () => void = () => undefined

  /** `since` is the sequence of a transaction's snapshot; a plain statement always reads the newest state. */
  constructor(readonly since?: number) {
    this.finished = new Promise((resolve) => {
      this.resolve = resolve
    })
  }

  finish(): void {
    this.resolve()
  }
}

/** Thrown out of a plain statement that met somebody else's lock: it has written nothing, waits, and starts again. */
export class LockHeld extends Error {
  constructor(readonly holder: Writer) {
    super('a lock is held')
  }
}

export const writeConflict = (): ServerError =>
  new ServerError(
    112,
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
    ['TransientTransactionError'],
  )

/** First writer wins: a key is locked from the first touch until the commit is visible. */
export class Locks {
  private readonly holders = new Map<string, Writer>()
  private readonly changed = new Map<string, number>()
  private readonly transactions = new Set<Writer>()

  begin(transaction: Writer): void {
    this.transactions.add(transaction)
  }

  /** Takes the lock of a key, or throws: WriteConflict for a transaction, LockHeld for a plain statement. */
  take(key: string, writer: Writer): void {
    const holder = this.holders.get(key)
    if (holder === writer) return
    if (writer.since === undefined) {
      if (holder !== undefined) throw new LockHeld(holder)
    } else if (holder !== undefined || (this.changed.get(key) ?? 0) > writer.since) throw writeConflict()
    this.holders.set(key, writer)
    writer.held.add(key)
  }

  /** Lets go of everything; `sequence` is the commit that made it visible, absent when nothing was written. */
  release(writer: Writer, sequence?: number): void {
    this.transactions.delete(writer)
    const remember = sequence !== undefined && this.transactions.size > 0
    for (const key of writer.held) {
      this.holders.delete(key)
      if (remember) this.changed.set(key, sequence)
    }
    writer.held.clear()
    if (this.transactions.size === 0) this.changed.clear()
    writer.finish()
  }
}
