import { Schema, type Connection, type Model, type Types } from 'mongoose'
import { longestNote, roundStages, roundStates, type Round } from './round.js'

/** A round as it is stored; `isActive` is there while it is queued or running, and only one may have it. */
export interface StoredRound extends Omit<Round, 'id'> {
  readonly _id: Types.ObjectId
  readonly isActive?: true
}
export type RoundModel = Model<StoredRound>

const definitions = { _id: false, strict: 'throw' } as const

const progressSchema = new Schema(
  {
    stage: { type: String, enum: roundStages, required: true },
    done: { type: Number, required: true },
    total: { type: Number, required: true },
    category: { type: String, default: null },
  },
  definitions,
)
const personSchema = new Schema(
  { id: { type: String, required: true }, name: { type: String, required: true } },
  definitions,
)

const schema = new Schema<StoredRound>(
  {
    number: { type: Number, required: true },
    state: { type: String, enum: roundStates, required: true },
    isActive: { type: Boolean },
    progress: { type: progressSchema, required: true },
    requestedBy: { type: personSchema, required: true },
    requestedFor: { type: [String], default: [] },
    note: { type: String, default: '', maxlength: longestNote },
    policy: { type: Schema.Types.Mixed, required: true },
    requestedAt: { type: Date, required: true },
    startedAt: { type: Date, default: null },
    endedAt: { type: Date, default: null },
    beatAt: { type: Date, required: true },
    attempt: { type: Number, required: true },
    inputHash: { type: String, default: null },
    figures: { type: Schema.Types.Mixed, default: null },
    counts: { type: Schema.Types.Mixed, default: null },
    failure: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'rounds', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)
schema.index({ number: -1 }, { unique: true })
schema.index({ isActive: 1 }, { unique: true, partialFilterExpression: { isActive: true } })
schema.index({ state: 1, number: -1 })

export const roundModel = (connection: Connection): RoundModel => connection.model<StoredRound>('Round', schema)

export const toRound = ({ _id, isActive: _active, ...rest }: StoredRound): Round => ({ ...rest, id: _id.toHexString() })
