import { createHash } from 'node:crypto'
import type { Act } from '../../shared/act.js'

/** One entry of the audit log. Each carries the hash of the one before, so that none can be changed or taken out. */
export interface AuditEntry extends Act {
  /** 1, 2, 3 ... without a gap. */
  readonly sequence: number
  readonly at: Date
  /** Hash of the entry before; for the first one `genesis`. */
  readonly previous: string
  /** SHA-256, hexadecimal, of everything above. */
  readonly hash: string
}

/** Where the chain stands: number and hash of its last entry. */
export interface ChainEnd {
  readonly sequence: number
  readonly hash: string
}

export const genesis: ChainEnd = { sequence: 0, hash: '0'.repeat(64) }

/** The next entry of the chain. */
export function seal(act: Act, end: ChainEnd, at: Date): AuditEntry {
  const open = { ...act, at, sequence: end.sequence + 1, previous: end.hash }
  return { ...open, hash: hashOf(open) }
}

/** Whether this entry follows that end of the chain and is what was written. */
export const follows = (end: ChainEnd, entry: AuditEntry): boolean =>
  entry.sequence === end.sequence + 1 && entry.previous === end.hash && entry.hash === hashOf(entry)

/** Anyone can compute it: the JSON text of these seven values in this order, details sorted by name. */
function hashOf({ sequence, at, act, by, subject, details, previous }: Omit<AuditEntry, 'hash'>): string {
  const sorted = Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1))
  const text = JSON.stringify([sequence, at.toISOString(), act, by, [subject.type, subject.id], sorted, previous])
  return createHash('sha256').update(text).digest('hex')
}
