import { Long } from 'bson'
import { randomBytes } from 'node:crypto'
import { ServerError } from '../server-error.js'
import type { Batch } from '../wire/wire-message.js'
import type { Transaction } from './transactions.js'

const idleMs = 10 * 60_000
const mostBytes = 16 * 1024 * 1024

interface Cursor {
  readonly namespace: string
  readonly documents: Iterator<Uint8Array>
  readonly transaction: Transaction | undefined
  readonly keepsForever: boolean
  /** Read ahead to know that there is more. */
  next: Uint8Array | undefined
  usedAt: number
}

export interface CursorRequest {
  readonly namespace: string
  readonly documents: Iterable<Uint8Array>
  readonly transaction: Transaction | undefined
  /** At most this many in the first answer; 0 answers with an empty page and an open cursor. */
  readonly batchSize: number
  readonly singleBatch?: boolean
  readonly keepsForever?: boolean
}

/** Results that a client has not read to their end. */
export class Cursors {
  private readonly open = new Map<string, Cursor>()

  /** The first page of a result, and a cursor for the rest if there is one. */
  start(request: CursorRequest): Batch {
    const { namespace, transaction } = request
    const documents = request.documents[Symbol.iterator]()
    const cursor: Cursor = {
      namespace,
      documents,
      transaction,
      keepsForever: request.keepsForever === true,
      next: take(documents),
      usedAt: Date.now(),
    }
    const page = fill(cursor, request.batchSize)
    const done = cursor.next === undefined || request.singleBatch === true
    const id = done ? Long.ZERO : newCursorId()
    if (done) documents.return?.()
    else this.open.set(id.toString(), cursor)
    return { name: 'firstBatch', documents: page, cursorId: id, namespace }
  }

  more(id: Long, namespace: string, batchSize: number, transaction: Transaction | undefined): Batch {
    const cursor = this.open.get(id.toString())
    if (cursor === undefined || cursor.transaction !== transaction) throw cursorNotFound(id)
    if (cursor.namespace !== namespace) {
      throw new ServerError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      )
    }
    cursor.usedAt = Date.now()
    const page = this.nextPage(id, cursor, batchSize)
    if (cursor.next === undefined) this.open.delete(id.toString())
    return { name: 'nextBatch', documents: page, cursorId: cursor.next === undefined ? Long.ZERO : id, namespace }
  }

  kill(id: Long): boolean {
    this.open.get(id.toString())?.documents.return?.()
    return this.open.delete(id.toString())
  }

  /** Cursors that nobody has read for ten minutes, and those that `which` names. */
  sweep(
    which: (cursor: { readonly namespace: string; readonly transaction: Transaction | undefined }) => boolean,
  ): void {
    const oldest = Date.now() - idleMs
    for (const [id, cursor] of this.open) {
      if (which(cursor) || (cursor.usedAt < oldest && !cursor.keepsForever)) this.kill(Long.fromString(id))
    }
  }

  get size(): number {
    return this.open.size
  }

  private nextPage(id: Long, cursor: Cursor, batchSize: number): Uint8Array[] {
    try {
      return fill(cursor, batchSize)
    } catch (error) {
      this.open.delete(id.toString())
      throw error
    }
  }
}

function take(documents: Iterator<Uint8Array>): Uint8Array | undefined {
  const result = documents.next()
  return result.done === true ? undefined : result.value
}

function fill(cursor: Cursor, most: number): Uint8Array[] {
  const page: Uint8Array[] = []
  let bytes = 0
  while (
    cursor.next !== undefined &&
    page.length < most &&
    (page.length === 0 || bytes + cursor.next.length <= mostBytes)
  ) {
    page.push(cursor.next)
    bytes += cursor.next.length + 16
    cursor.next = take(cursor.documents)
  }
  return page
}

function newCursorId(): Long {
  const id = Long.fromBytesBE([...randomBytes(8)]).and(Long.MAX_VALUE)
  return id.isZero() ? Long.ONE : id
}

const cursorNotFound = (id: Long): ServerError => new ServerError(43, `cursor id ${id.toString()} not found`)
