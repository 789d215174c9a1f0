import type { Document } from 'bson'
import { ServerError } from '../server-error.js'
import { Catalogue, wholeRange, type Collection } from '../storage/catalogue.js'
import { CollectionWriter } from '../storage/collection-writer.js'
import { Committer } from '../storage/committer.js'
import { LockHeld, Locks, writeConflict, Writer } from '../storage/locks.js'
import type { Store, View, Write } from '../storage/store.js'
import { WriteSet } from '../storage/write-set.js'
import { Cursors } from './cursors.js'
import { RetryableResults, type Retry } from './retryable-results.js'
import { Transactions, type Transaction } from './transactions.js'

/** What a writing statement works with. */
export interface Changes {
  readonly view: WriteSet
  collection(collection: Collection): CollectionWriter
  /** Runs a part that is kept whole or not at all. */
  attempt<T>(part: (changes: Changes) => T): T
}

export interface WriteRequest {
  readonly transaction: Transaction | undefined
  readonly retry?: Retry | undefined
  readonly deadline?: number | undefined
}

/** Storage, catalogue, locks, transactions and cursors of one database folder, put together. */
export class Engine {
  readonly catalogue: Catalogue
  readonly cursors = new Cursors()
  readonly transactions: Transactions
  readonly results: RetryableResults
  private readonly locks = new Locks()
  private readonly committer: Committer

  constructor(readonly store: Store) {
    this.catalogue = new Catalogue(store)
    this.committer = new Committer(store, this.locks, this.catalogue)
    this.results = new RetryableResults(store)
    this.transactions = new Transactions(store, this.locks, (ended) => {
      this.cursors.sweep(({ transaction }) => transaction === ended)
    })
  }

  view(transaction: Transaction | undefined): View {
    return transaction?.writes ?? this.store
  }

  /** A collection as a statement may use it: a transaction cannot read one that changed after its snapshot. */
  collection(namespace: string, transaction: Transaction | undefined): Collection | undefined {
    const collection = this.catalogue.find(namespace)
    if (collection === undefined || transaction === undefined) return collection
    if (collection.changedAt <= transaction.snapshot.sequence || transaction.created.has(collection.id))
      return collection
    const message = `Unable to read from a snapshot due to pending collection catalog changes to '${namespace}'`
    throw new ServerError(246, message, ['TransientTransactionError'])
  }

  /** The collection to write to; it is made if there is none. */
  collectionFor(namespace: string, transaction: Transaction | undefined): Collection {
    const known = this.collection(namespace, transaction)
    if (known !== undefined) return known
    const made = this.change(namespace, this.catalogue.create(namespace))
    transaction?.created.add(made.id)
    return made
  }

  /** Runs a writing statement; resolves when what it wrote is on disk, or kept by its transaction. */
  async write(request: WriteRequest, statement: (changes: Changes) => Document): Promise<Document> {
    if (request.transaction !== undefined) return this.writeInTransaction(request.transaction, statement)
    for (;;) {
      const writer = new Writer()
      const target = new WriteSet(this.store)
      try {
        const reply = statement(this.changes(target, writer))
        await this.commit(request, writer, target, reply)
        return reply
      } catch (error) {
        this.locks.release(writer)
        if (!(error instanceof LockHeld)) throw error
        await settled(error.holder, request.deadline)
      }
    }
  }

  /** Commits a running transaction, unless a collection that it has written to has changed in the meantime. */
  async commitTransaction(commit: Retry): Promise<void> {
    const transaction = this.transactions.running(commit.session, commit.number)
    for (const [namespace, changedAt] of transaction.touched) {
      if (this.catalogue.find(namespace)?.changedAt === changedAt) continue
      this.transactions.abort(transaction)
      throw writeConflict()
    }
    if (transaction.writes.size > 0) this.results.remember(commit, { ok: 1 }, transaction.writes)
    await this.transactions.commit(transaction, () =>
      this.committer.commit(transaction.writer, () => transaction.writes.writes()),
    )
  }

  /** Changes the catalogue at once, after everything that was written before. */
  change(namespace: string, collection: Collection, writes: Iterable<Write> = []): Collection {
    this.committer.flush()
    this.catalogue.change(namespace, collection, writes)
    return this.catalogue.find(namespace) ?? collection
  }

  drop(collection: Collection): void {
    this.committer.flush()
    this.cursors.sweep(({ namespace }) => namespace === collection.namespace)
    const removed = [
      ...this.contents('data', collection.id),
      ...collection.indexes.flatMap(({ id }) => [...this.contents('index', id)]),
    ]
    this.catalogue.change(collection.namespace, undefined, removed)
  }

  /** A writer for documents of an index that is being built; nothing it writes is locked or seen yet. */
  builder(collection: Collection): { readonly target: WriteSet; readonly documents: CollectionWriter } {
    this.committer.flush()
    const target = new WriteSet(this.store)
    return { target, documents: new CollectionWriter(collection, target, new Writer(), new Locks(), this.catalogue) }
  }

  /** Drops the answers that nobody can ask for again. */
  async forgetResults(now: number): Promise<void> {
    const writes = [...this.results.outdated(now)]
    if (writes.length > 0) await this.committer.commit(new Writer(), () => writes)
  }

  async close(): Promise<void> {
    this.transactions.abortAll()
    this.committer.flush()
    await this.store.close()
  }

  private async commit({ retry }: WriteRequest, writer: Writer, target: WriteSet, reply: Document): Promise<void> {
    if (target.size === 0) this.locks.release(writer)
    else {
      if (retry !== undefined) this.results.remember(retry, reply, target)
      await this.committer.commit(writer, () => target.writes())
    }
  }

  /** A failed statement ends its transaction: what came before it in the transaction is dropped with it. */
  private writeInTransaction(transaction: Transaction, statement: (changes: Changes) => Document): Document {
    const target = new WriteSet(transaction.writes)
    const reply = statement(this.changes(target, transaction.writer, transaction))
    target.mergeInto(transaction.writes)
    return reply
  }

  private changes(view: WriteSet, writer: Writer, transaction?: Transaction): Changes {
    return {
      view,
      collection: (collection) => {
        transaction?.touched.set(collection.namespace, collection.changedAt)
        return new CollectionWriter(collection, view, writer, this.locks, this.catalogue)
      },
      attempt: (part) => {
        const target = new WriteSet(view)
        const result = part(this.changes(target, writer, transaction))
        target.mergeInto(view)
        return result
      },
    }
  }

  /** Removes everything of a collection or an index, as writes. */
  *contents(table: 'data' | 'index', id: number): Generator<Write> {
    for (const { key } of this.store.range(table, wholeRange(id), Infinity).entries) yield { table, key, value: null }
  }
}

/** Waits until a lock is free again, but not beyond the statement's own time. */
async function settled(holder: Writer, deadline: number | undefined): Promise<void> {
  if (deadline === undefined) return holder.finished
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(timeExpired())
    }, deadline - Date.now())
  })
  await Promise.race([holder.finished, late]).finally(() => {
    clearTimeout(timer)
  })
}

export const timeExpired = (): ServerError => new ServerError(50, 'operation exceeded time limit')
