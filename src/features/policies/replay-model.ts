import { Schema, type Connection, type Model, type Types } from 'mongoose'
import { replayStates, type PolicyReplay } from './policy-replay.js'

export interface StoredReplay extends Omit<PolicyReplay, 'id' | 'policyId' | 'roundId'> {
  readonly _id: Types.ObjectId
  readonly policyId: Types.ObjectId
  readonly roundId: Types.ObjectId
}
export type ReplayModel = Model<StoredReplay>

const definitions = { _id: false, strict: 'throw' } as const
const personSchema = new Schema(
  { id: { type: String, required: true }, name: { type: String, required: true } },
  definitions,
)

const schema = new Schema<StoredReplay>(
  {
    policyId: { type: Schema.Types.ObjectId, required: true },
    roundId: { type: Schema.Types.ObjectId, required: true },
    round: { type: Number, required: true },
    hash: { type: String, required: true },
    policy: { type: Schema.Types.Mixed, required: true },
    state: { type: String, enum: replayStates, required: true },
    attempt: { type: Number, required: true },
    requestedBy: { type: personSchema, required: true },
    requestedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    outcome: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'policy_replays', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)
// The same text on the same round has one answer.
schema.index({ policyId: 1, hash: 1, roundId: 1 }, { unique: true })
schema.index({ policyId: 1, requestedAt: -1 })
schema.index({ state: 1 })

export const replayModel = (connection: Connection): ReplayModel =>
  connection.model<StoredReplay>('PolicyReplay', schema)

export const toReplay = ({ _id, policyId, roundId, ...rest }: StoredReplay): PolicyReplay => ({
  ...rest,
  id: _id.toHexString(),
  policyId: policyId.toHexString(),
  roundId: roundId.toHexString(),
})
