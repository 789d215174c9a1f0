import { Schema, type Connection, type Types } from 'mongoose'
import type { AuditEntry, ChainEnd } from './audit-entry.js'

export interface StoredAuditEntry extends AuditEntry {
  readonly _id: Types.ObjectId
}

const definitions = { strict: 'throw', versionKey: false } as const

const entrySchema = new Schema<AuditEntry>(
  {
    sequence: { type: Number, required: true },
    at: { type: Date, required: true },
    act: { type: String, required: true },
    by: { type: String, default: null },
    subject: {
      type: new Schema(
        { type: { type: String, required: true }, id: { type: String, required: true } },
        { _id: false },
      ),
      required: true,
    },
    details: { type: Schema.Types.Mixed, required: true },
    previous: { type: String, required: true },
    hash: { type: String, required: true },
  },
  { ...definitions, collection: 'audit_entries', minimize: false },
)
entrySchema.index({ sequence: 1 }, { unique: true })
entrySchema.index({ 'subject.id': 1, sequence: 1 })

export const auditEntryModel = (connection: Connection) => connection.model<AuditEntry>('AuditEntry', entrySchema)

/** The one document that every entry has to move on: of two transactions that would write the same number one starts over. */
export interface StoredChainEnd extends ChainEnd {
  readonly _id: 'end'
}

const endSchema = new Schema<StoredChainEnd>(
  {
    _id: { type: String, required: true },
    sequence: { type: Number, required: true },
    hash: { type: String, required: true },
  },
  { ...definitions, collection: 'audit_ends' },
)

export const chainEndModel = (connection: Connection) => connection.model<StoredChainEnd>('AuditEnd', endSchema)
