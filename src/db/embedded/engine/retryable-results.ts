import { Long, type Document } from 'bson'
import { decode, encode, numberOf } from '../documents.js'
import { ServerError } from '../server-error.js'
import type { Store, Write } from '../storage/store.js'
import type { WriteSet } from '../storage/write-set.js'

/** A write that a driver may send again after a lost answer: the same session and number mean the same write. */
export interface Retry {
  readonly session: string
  readonly number: Long
}

const prefix = 'r|'
const all = { start: Buffer.from(prefix), end: Buffer.from('r}') }
const keptForMs = 30 * 60_000

/** Remembers the answer to each session's last write in the same commit as the write itself. */
export class RetryableResults {
  constructor(private readonly store: Store) {}

  /** The answer that was already given, or undefined if the write is new. */
  earlier({ session, number }: Retry): Document | undefined {
    const bytes = this.store.get('meta', Buffer.from(prefix + session))
    if (bytes === undefined) return undefined
    const stored = decode(bytes)
    const last = stored['number'] as Long
    if (last.equals(number)) return stored['reply'] as Document
    if (last.lessThan(number)) return undefined
    const message = `txnNumber ${number.toString()} is prohibited: a newer write with txnNumber ${last.toString()} has started`
    throw new ServerError(225, message)
  }

  /** Whether this is a transaction whose commit is on disk. */
  committed(retry: Retry): boolean {
    const bytes = this.store.get('meta', Buffer.from(prefix + retry.session))
    return bytes !== undefined && (decode(bytes)['number'] as Long).equals(retry.number)
  }

  remember({ session, number }: Retry, reply: Document, target: WriteSet): void {
    const at = Long.fromNumber(Date.now())
    target.put('meta', Buffer.from(prefix + session), encode({ number, reply, at }))
  }

  /** What nobody can ask for any more: sessions end after 30 minutes. */
  *outdated(now: number): Generator<Write> {
    for (const { key, value } of this.store.range('meta', all, Infinity).entries) {
      if ((numberOf(decode(value)['at']) ?? 0) < now - keptForMs) yield { table: 'meta', key, value: null }
    }
  }
}
