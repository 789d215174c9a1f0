import { Schema, Types, type Connection, type Model } from 'mongoose'
import { explanationStates, type CheckedExplanation, type Subject } from './explanation.js'

export interface StoredExplanation extends Omit<CheckedExplanation, 'id' | 'subject'> {
  readonly _id: Types.ObjectId
  readonly type: Subject['type']
  readonly subjectId: Types.ObjectId
  readonly roundId: Types.ObjectId
  /** Who waits for it; a person waits for one at a time. */
  readonly waiting?: string
}
export type ExplanationModel = Model<StoredExplanation>

const id = { type: Schema.Types.ObjectId, required: true }

const schema = new Schema<StoredExplanation>(
  {
    type: { type: String, enum: ['need', 'match', 'offer'], required: true },
    subjectId: id,
    roundId: id,
    roundNumber: { type: Number, required: true },
    question: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    state: { type: String, enum: explanationStates, required: true },
    askedBy: { type: String, required: true },
    askedAt: { type: Date, required: true },
    answeredAt: { type: Date, default: null },
    explanation: { type: Schema.Types.Mixed, default: null },
    waiting: { type: String },
  },
  { collection: 'explanations', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)
schema.index({ subjectId: 1, roundId: 1 }, { unique: true })
schema.index({ waiting: 1 }, { unique: true, partialFilterExpression: { waiting: { $exists: true } } })

export const explanationModel = (connection: Connection): ExplanationModel =>
  connection.model<StoredExplanation>('Explanation', schema)

export const toExplanation = ({
  _id,
  type,
  subjectId,
  roundId,
  waiting: _waiting,
  ...rest
}: StoredExplanation): CheckedExplanation => ({
  ...rest,
  id: _id.toHexString(),
  subject: { type, id: subjectId.toHexString(), roundId: roundId.toHexString() },
})
