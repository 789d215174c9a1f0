import { Schema, type Connection, type Types } from 'mongoose'
import { roles, type Role } from '../../shared/actor.js'
import { locales, type Locale } from '../../shared/locale.js'
import { longestName } from './account.js'

export interface AccountRecord {
  readonly _id: Types.ObjectId
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly organisation: string | null
  readonly authorities: readonly string[]
  readonly language: Locale
  readonly passwordHash: string
  readonly version: number
  readonly isClosed: boolean
  readonly createdAt: Date
}

const schema = new Schema<AccountRecord>(
  {
    email: { type: String, required: true, maxlength: 254 },
    name: { type: String, required: true, maxlength: longestName },
    role: { type: String, required: true, enum: roles },
    organisation: { type: String, default: null },
    authorities: { type: [String], default: [] },
    language: { type: String, required: true, enum: locales },
    passwordHash: { type: String, required: true },
    version: { type: Number, required: true },
    isClosed: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ email: 1 }, { unique: true })
schema.index({ organisation: 1 }, { partialFilterExpression: { organisation: { $type: 'string' } } })

export const accountModel = (connection: Connection) => connection.model('Account', schema)
