import { Schema, type Connection, type Model, type Types } from 'mongoose'
import { longestNote, roundStages, roundStates, type PlanChoice, type Round } from './round.js'

/**
 * A round as it is stored. While it is queued or running it has `isActive`, and its authorities as `activeScopes`: no
 * authority is in two of them, so that no two rounds are about the same needs at a time.
 */
export interface StoredRound extends Omit<Round, 'id'> {
  readonly _id: Types.ObjectId
  readonly isActive?: true
  readonly activeScopes?: readonly string[]
  /** The proposals of the chosen plan are prepared and counted: what is left to do is to put them into the queues. */
  readonly isStored: boolean
  /** A choice that is being carried out. */
  readonly pending: PlanChoice | null
}
export type RoundModel = Model<StoredRound>

const definitions = { _id: false, strict: 'throw' } as const
const mixed = { type: Schema.Types.Mixed, default: null }
const date = { type: Date, default: null }

const progressSchema = new Schema(
  {
    stage: { type: String, enum: roundStages, required: true },
    done: { type: Number, required: true },
    total: { type: Number, required: true },
    category: { type: String, default: null },
  },
  definitions,
)

const schema = new Schema<StoredRound>(
  {
    number: { type: Number, required: true },
    state: { type: String, enum: roundStates, required: true },
    isActive: { type: Boolean },
    activeScopes: { type: [String], default: undefined },
    progress: { type: progressSchema, required: true },
    requestedBy: mixed,
    scope: { type: [String], required: true },
    trigger: mixed,
    note: { type: String, default: '', maxlength: longestNote },
    policy: { type: Schema.Types.Mixed, required: true },
    requestedAt: { type: Date, required: true },
    startedAt: date,
    gatheredAt: date,
    endedAt: date,
    beatAt: { type: Date, required: true },
    attempt: { type: Number, required: true },
    firstAttempt: { type: Number, required: true },
    interruptedAt: date,
    inputHash: { type: String, default: null },
    plans: { type: [Schema.Types.Mixed], default: [] },
    hasFiles: { type: Boolean, required: true },
    choice: mixed,
    pending: mixed,
    isStored: { type: Boolean, required: true },
    figures: mixed,
    counts: mixed,
    changes: mixed,
    acceptedBy: mixed,
    dismissal: mixed,
    failure: mixed,
  },
  { collection: 'rounds', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)
schema.index({ number: -1 }, { unique: true })
schema.index({ activeScopes: 1 }, { unique: true, partialFilterExpression: { isActive: true } })
schema.index({ state: 1, number: -1 })
schema.index({ scope: 1, number: -1 })

export const roundModel = (connection: Connection): RoundModel => connection.model<StoredRound>('Round', schema)

export function toRound(stored: StoredRound): Round {
  const { _id, isActive: _active, activeScopes: _scopes, isStored: _stored, pending: _pending, ...rest } = stored
  return { ...rest, id: _id.toHexString() }
}

/** Conditions for a round that is no longer on its way; given with whatever ends it. */
export const ended = { isActive: 1, activeScopes: 1 } as const
