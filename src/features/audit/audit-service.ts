import type { ClientSession, Connection } from 'mongoose'
import type { Act } from '../../shared/act.js'
import type { Clock } from '../../shared/clock.js'
import { follows, genesis, seal, type AuditEntry, type ChainEnd } from './audit-entry.js'
import { auditEntryModel, chainEndModel, type StoredAuditEntry, type StoredChainEnd } from './audit-model.js'

/** What a check of the whole log found; `brokenAt` is the number of the first entry that does not follow. */
export interface AuditVerdict extends ChainEnd {
  readonly brokenAt: number | null
}

export interface AuditService {
  /** Writes the act down in the caller's transaction: both are stored, or neither. */
  record(session: ClientSession, act: Act): Promise<void>
  /** Reads the whole chain and computes every hash again. */
  verify(): Promise<AuditVerdict>
  /** What was done to one thing, oldest first. */
  of(subjectId: string): Promise<readonly AuditEntry[]>
}

export function createAuditService(connection: Connection, clock: Clock): AuditService {
  const entries = auditEntryModel(connection)
  const ends = chainEndModel(connection)
  let begun: Promise<unknown> | undefined

  /** The document that all entries contend for has to be there before the first transaction reaches for it. */
  const begin = (): Promise<unknown> =>
    (begun ??= ends
      .updateOne({ _id: 'end' }, { $setOnInsert: { ...genesis } }, { upsert: true })
      .catch((error: unknown) => {
        begun = undefined
        throw error
      }))

  return {
    async record(session, act) {
      await begin()
      const end = await ends.findOne({ _id: 'end' }).session(session).lean<StoredChainEnd>()
      const entry = seal(act, end ?? genesis, clock())
      const { sequence, hash } = entry
      await ends.updateOne({ _id: 'end' }, { $set: { sequence, hash } }, { session, upsert: true })
      await entries.create([entry], { session })
    },

    async verify() {
      const stored = await ends.findOne({ _id: 'end' }).lean<StoredChainEnd>()
      let end: ChainEnd = genesis
      for await (const entry of entries.find().sort({ sequence: 1 }).lean<StoredAuditEntry[]>().cursor()) {
        if (!follows(end, entry)) return { ...end, brokenAt: end.sequence + 1 }
        end = { sequence: entry.sequence, hash: entry.hash }
      }
      const isWhole = end.sequence >= (stored?.sequence ?? 0)
      return { ...end, brokenAt: isWhole ? null : end.sequence + 1 }
    },

    async of(subjectId) {
      const found = await entries.find({ 'subject.id': subjectId }).sort({ sequence: 1 }).lean<StoredAuditEntry[]>()
      return found.map(({ _id, ...entry }) => entry)
    },
  }
}
