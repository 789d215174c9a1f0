import { Schema, type Connection, type Model } from 'mongoose'
import { repairCauses } from '../rounds/index.js'
import type { RepairEvent } from './repair-event.js'

/** One happening, as it waits to be answered by a repair. */
export interface StoredEvent extends Omit<RepairEvent, 'authorities'> {
  readonly at: Date
}

/** What waits for a repair in one authority; there is one document an authority. */
export interface StoredRequest {
  /** Code of the authority. */
  readonly _id: string
  readonly events: readonly StoredEvent[]
  readonly askedAt: Date
  readonly latestAt: Date
}
export type RepairRequestModel = Model<StoredRequest>

const definitions = { _id: false, strict: 'throw' } as const
const text = { type: String, required: true }

const schema = new Schema<StoredRequest>(
  {
    _id: text,
    events: {
      type: [
        new Schema(
          {
            event: { type: String, enum: repairCauses, required: true },
            subject: { type: String, enum: ['offer', 'need', 'match'], required: true },
            id: text,
            at: { type: Date, required: true },
          },
          // `id` is a field of its own here, not another name of `_id`.
          { ...definitions, id: false },
        ),
      ],
      default: [],
    },
    askedAt: { type: Date, required: true },
    latestAt: { type: Date, required: true },
  },
  { collection: 'repair_requests', strict: 'throw', strictQuery: 'throw', versionKey: false },
)

export const repairRequestModel = (connection: Connection): RepairRequestModel =>
  connection.model<StoredRequest>('RepairRequest', schema)
