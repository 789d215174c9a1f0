import { Schema, type Connection, type Model, type Types } from 'mongoose'
import { kindCodes } from '../catalogue/index.js'
import { holdingFields, stepFields } from '../listings/index.js'
import { locales } from '../../shared/locale.js'
import { choiceLimits } from './need-choices.js'
import { limits, needStates, urgencies, type Need } from './need.js'

/** A need as it is stored; `words` are the folded words that searches look for. */
export interface StoredNeed extends Omit<Need, 'id' | 'schoolUnitId' | 'centralSchoolId'> {
  readonly _id: Types.ObjectId
  readonly schoolUnitId: Types.ObjectId
  readonly centralSchoolId: Types.ObjectId
  readonly words: readonly string[]
}
export type NeedModel = Model<StoredNeed>

const people = { type: Number, required: true, min: 0, max: limits.people, validate: Number.isInteger }
const definitions = { _id: false, strict: 'throw' } as const

const ids = { type: [String], default: [] }
const refusal = new Schema(
  {
    offerId: { type: String, default: null },
    companyId: { type: String, required: true },
    reason: { type: String, default: '', maxlength: choiceLimits.reason },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  definitions,
)
const choiceStep = new Schema(
  { by: { type: String, required: true }, at: { type: Date, required: true }, ranking: ids, refused: ids },
  definitions,
)

const schema = new Schema<StoredNeed>(
  {
    schoolUnitId: { type: Schema.Types.ObjectId, required: true },
    centralSchoolId: { type: Schema.Types.ObjectId, required: true },
    authority: { type: String, required: true },
    municipality: { type: String, default: '' },
    tier: { type: Number, enum: [1, 2, 3, 4, 5], required: true },
    kind: { type: String, enum: kindCodes, required: true },
    spec: { type: Schema.Types.Mixed, required: true },
    ...holdingFields,
    urgency: { type: Number, enum: urgencies, required: true },
    deadline: { type: String, default: null, match: /^\d{4}-\d\d-\d\d$/ },
    reason: { type: String, required: true, maxlength: limits.reason },
    beneficiaries: { type: new Schema({ students: people, teachers: people }, definitions), required: true },
    locale: { type: String, enum: locales, required: true },
    state: { type: String, enum: needStates, required: true },
    publishedAt: { type: Date, default: null },
    history: [new Schema(stepFields(needStates), definitions)],
    ranking: ids,
    refusals: [refusal],
    choiceHistory: [choiceStep],
    version: { type: Number, required: true, min: 0 },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    words: { type: [String], required: true },
  },
  { collection: 'needs', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)

/** Every list ends in `updatedAt, _id`, newest first: these are the orders in which people leaf through needs. */
const newestFirst = { updatedAt: -1, _id: -1 } as const
schema.index({ centralSchoolId: 1, ...newestFirst })
schema.index({ authority: 1, state: 1, ...newestFirst })
schema.index({ state: 1, ...newestFirst })
schema.index({ kind: 1, state: 1, ...newestFirst })
schema.index({ schoolUnitId: 1 })
schema.index(newestFirst)
// What is still open is counted from the index alone.
schema.index({ state: 1, available: 1 })
schema.index({ words: 1 })

export const needModel = (connection: Connection): NeedModel => connection.model<StoredNeed>('Need', schema)
