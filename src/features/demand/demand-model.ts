import { Schema, type Connection, type Model, type Types } from 'mongoose'
import type { RoundSignals } from './demand.js'

export interface StoredSignals extends Omit<RoundSignals, 'roundId'> {
  readonly roundId: Types.ObjectId
}
export type DemandModel = Model<StoredSignals>

const schema = new Schema<StoredSignals>(
  {
    roundId: { type: Schema.Types.ObjectId, required: true },
    roundNumber: { type: Number, required: true },
    scope: { type: [String], required: true },
    at: { type: Date, required: true },
    signals: { type: [Schema.Types.Mixed], required: true },
  },
  { collection: 'demand_signals', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)
schema.index({ roundId: 1 }, { unique: true })
schema.index({ roundNumber: -1 })

export const demandModel = (connection: Connection): DemandModel =>
  connection.model<StoredSignals>('DemandSignals', schema)

export const toSignals = ({ roundId, roundNumber, scope, at, signals }: StoredSignals): RoundSignals => ({
  ...{ roundId: roundId.toHexString(), roundNumber, scope, at, signals },
})
