import type { RepairCause } from '../rounds/index.js'

/** Something that happened to an offer, a need or a match; `id` is theirs. */
export interface RepairEvent {
  readonly event: RepairCause
  readonly subject: 'offer' | 'need' | 'match'
  readonly id: string
  /** Codes of the authorities concerned; left out for an offer or a need: then those whose proposals stand on it. */
  readonly authorities?: readonly string[]
}

/**
 * Tells that a plan may want repair. Never throws and waits for nothing but a note in the database: the repair itself is
 * planned by a job, once for everything that happens within a few seconds. Call it after the act is stored.
 */
export type Asked = (event: RepairEvent) => Promise<void>
