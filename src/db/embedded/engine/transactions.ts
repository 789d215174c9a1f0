import { Long } from 'bson'
import { ServerError } from '../server-error.js'
import { Writer, type Locks } from '../storage/locks.js'
import type { Snapshot, Store } from '../storage/store.js'
import { WriteSet } from '../storage/write-set.js'

export const longestTransactionMs = 60_000

/** One multi-document transaction: a snapshot, what it has written on top, and the locks that it holds. */
export class Transaction {
  state: 'active' | 'committing' | 'committed' | 'aborted' = 'active'
  /** Settles when the commit is on disk, or has failed. */
  committed?: Promise<void>
  readonly writer: Writer
  readonly writes: WriteSet
  readonly snapshot: Snapshot
  /** Collections that this transaction had made: newer than its snapshot, and yet its own. */
  readonly created = new Set<number>()
  /** Namespaces written to, and what `changedAt` they had. */
  readonly touched = new Map<string, number>()
  timer?: NodeJS.Timeout

  constructor(
    readonly number: Long,
    store: Store,
  ) {
    this.snapshot = store.snapshot()
    this.writer = new Writer(this.snapshot.sequence)
    this.writes = new WriteSet(this.snapshot)
  }
}

const transient = ['TransientTransactionError']

/** The running transaction of each session: a session has one at a time. */
export class Transactions {
  private readonly bySession = new Map<string, Transaction>()

  constructor(
    private readonly store: Store,
    private readonly locks: Locks,
    private readonly onEnd: (transaction: Transaction) => void,
  ) {}

  begin(session: string, number: Long): Transaction {
    const previous = this.bySession.get(session)
    if (previous?.number.greaterThanOrEqual(number)) throw alreadyStarted(number, previous)
    if (previous) this.abort(previous)
    const transaction = new Transaction(number, this.store)
    this.locks.begin(transaction.writer)
    transaction.timer = setTimeout(() => {
      this.abort(transaction)
    }, longestTransactionMs).unref()
    this.bySession.set(session, transaction)
    return transaction
  }

  /** The transaction with this number if it is still running. */
  running(session: string, number: Long): Transaction {
    const transaction = this.latest(session, number)
    if (transaction.state === 'active') return transaction
    const name = `Transaction with { txnNumber: ${number.toString()} }`
    if (transaction.state === 'aborted') throw new ServerError(251, `${name} has been aborted.`, transient)
    throw new ServerError(256, `${name} has been committed.`)
  }

  latest(session: string, number: Long): Transaction {
    const transaction = this.bySession.get(session)
    if (transaction?.number.equals(number)) return transaction
    throw noSuchTransaction(number, transaction)
  }

  abort(transaction: Transaction): void {
    if (transaction.state !== 'active') return
    this.end(transaction, 'aborted')
    this.locks.release(transaction.writer)
    transaction.writes.clear()
  }

  async commit(transaction: Transaction, write: () => Promise<void>): Promise<void> {
    this.end(transaction, 'committing')
    transaction.committed = write()
    try {
      await transaction.committed
      transaction.state = 'committed'
    } catch (error) {
      transaction.state = 'aborted'
      throw error
    } finally {
      transaction.writes.clear()
    }
  }

  private end(transaction: Transaction, state: 'committing' | 'aborted'): void {
    transaction.state = state
    clearTimeout(transaction.timer)
    this.onEnd(transaction)
    transaction.snapshot.release()
  }

  abortAll(): void {
    for (const transaction of this.bySession.values()) this.abort(transaction)
  }

  endSession(session: string): void {
    const transaction = this.bySession.get(session)
    if (transaction !== undefined) this.abort(transaction)
    this.bySession.delete(session)
  }
}

export function noSuchTransaction(number: Long, active?: Transaction): ServerError {
  const running = active?.number.toString() ?? '-1'
  const message = `Given transaction number ${number.toString()} does not match any in-progress transactions. The active transaction number is ${running}`
  return new ServerError(251, message, transient)
}

const alreadyStarted = (number: Long, previous: Transaction): ServerError =>
  new ServerError(
    previous.number.equals(number) ? 251 : 225,
    `Cannot start transaction ${number.toString()}: transaction ${previous.number.toString()} has already started on this session`,
  )
