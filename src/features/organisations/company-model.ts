import { Schema, type Connection, type Types } from 'mongoose'
import { companyKinds, type CompanyKind } from './company.js'

export interface CompanyRecord {
  readonly _id: Types.ObjectId
  readonly name: string
  readonly key: string
  readonly kind: CompanyKind
  readonly place: string
  readonly email: string
  readonly website: string | null
  readonly createdAt: Date
}

const schema = new Schema<CompanyRecord>(
  {
    name: { type: String, required: true, maxlength: 120 },
    key: { type: String, required: true },
    kind: { type: String, required: true, enum: companyKinds },
    place: { type: String, required: true, maxlength: 80 },
    email: { type: String, required: true, maxlength: 254 },
    website: { type: String, default: null, maxlength: 200 },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ key: 1 }, { unique: true })

export const companyModel = (connection: Connection) => connection.model('Company', schema)
