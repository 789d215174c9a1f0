import { Schema, type Connection, type Model, type Types } from 'mongoose'

/** A part of what a round was asked or answered, packed: documents may not grow beyond a few megabytes. */
export interface StoredPart {
  readonly _id: Types.ObjectId
  readonly roundId: Types.ObjectId
  /** `input`, or `plan:` and the key of the plan. */
  readonly name: string
  /** 0, 1, 2 ... */
  readonly part: number
  readonly bytes: Buffer
}
export type RoundFileModel = Model<StoredPart>

const schema = new Schema<StoredPart>(
  {
    roundId: { type: Schema.Types.ObjectId, required: true },
    name: { type: String, required: true },
    part: { type: Number, required: true, min: 0 },
    bytes: { type: Buffer, required: true },
  },
  { collection: 'round_files', strict: 'throw', strictQuery: 'throw', versionKey: false },
)
schema.index({ roundId: 1, name: 1, part: 1 }, { unique: true })

export const roundFileModel = (connection: Connection): RoundFileModel =>
  connection.model<StoredPart>('RoundFile', schema)
