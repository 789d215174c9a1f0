import { Schema, type Connection, type Model, type Types } from 'mongoose'
import { policyStates, reasonLengths, titleLengths, type PolicyDocument } from './policy-document.js'

/** A policy as it is stored; `isInForce` is there for the one that rounds use, and `version` once it is published. */
export interface StoredPolicy extends Omit<PolicyDocument, 'id' | 'version'> {
  readonly _id: Types.ObjectId
  readonly version?: number
  readonly isInForce?: true
}
export type PolicyModel = Model<StoredPolicy>

const definitions = { _id: false, strict: 'throw' } as const
const authorSchema = new Schema(
  { id: { type: String, required: true }, name: { type: String, required: true } },
  definitions,
)

const schema = new Schema<StoredPolicy>(
  {
    state: { type: String, enum: policyStates, required: true },
    version: { type: Number },
    isInForce: { type: Boolean },
    title: { type: String, default: '', maxlength: titleLengths.most },
    terms: { type: Schema.Types.Mixed, required: true },
    hash: { type: String, required: true },
    basedOn: { type: Number, required: true },
    revision: { type: Number, required: true },
    draftedBy: { type: authorSchema, default: null },
    draftedAt: { type: Date, required: true },
    editedAt: { type: Date, required: true },
    publishedBy: { type: authorSchema, default: null },
    publishedAt: { type: Date, default: null },
    retiredAt: { type: Date, default: null },
    reason: { type: String, default: '', maxlength: reasonLengths.most },
  },
  { collection: 'policies', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)
// Drafts have no version: what is missing from a sparse index does not collide.
schema.index({ version: 1 }, { unique: true, sparse: true })
schema.index({ isInForce: 1 }, { unique: true, partialFilterExpression: { isInForce: true } })
schema.index({ state: 1, editedAt: -1 })

export const policyModel = (connection: Connection): PolicyModel => connection.model<StoredPolicy>('Policy', schema)

export const toPolicy = ({ _id, isInForce: _inForce, version, ...rest }: StoredPolicy): PolicyDocument => ({
  ...rest,
  version: version ?? null,
  id: _id.toHexString(),
})
