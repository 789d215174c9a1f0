import { Schema, Types, type Connection, type Model } from 'mongoose'
import type { UnmatchedNeed } from './round.js'

type Ids = 'roundId' | 'needId' | 'schoolId' | 'centralSchoolId'

export interface StoredUnmatched extends Omit<UnmatchedNeed, 'id' | Ids>, Readonly<Record<Ids, Types.ObjectId>> {
  readonly _id: Types.ObjectId
}
export type UnmatchedModel = Model<StoredUnmatched>

const definitions = { _id: false, strict: 'throw' } as const
const id = { type: Schema.Types.ObjectId, required: true }
const text = { type: String, required: true }
const units = { type: Number, required: true, min: 0 }

const schema = new Schema<StoredUnmatched>(
  {
    roundId: id,
    needId: id,
    schoolId: id,
    school: text,
    centralSchoolId: id,
    authority: text,
    kind: text,
    category: text,
    tier: { type: Number, enum: [1, 2, 3, 4, 5], required: true },
    asked: units,
    missing: units,
    reasonCode: text,
    reason: { type: Schema.Types.Mixed, required: true },
    rules: {
      type: [new Schema({ rule: text, about: { type: String, default: undefined }, removed: units }, definitions)],
      default: [],
    },
    holders: {
      type: [
        new Schema({ offerId: text, company: { type: String, default: '' }, needId: text, school: text }, definitions),
      ],
      default: [],
    },
  },
  { collection: 'unmatched_needs', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)
schema.index({ roundId: 1, authority: 1, tier: 1, _id: 1 })
schema.index({ roundId: 1, tier: 1, _id: 1 })
schema.index({ needId: 1, roundId: 1 })

export const unmatchedModel = (connection: Connection): UnmatchedModel =>
  connection.model<StoredUnmatched>('UnmatchedNeed', schema)

export const toUnmatched = ({ _id, ...rest }: StoredUnmatched): UnmatchedNeed => ({
  ...rest,
  id: _id.toHexString(),
  roundId: rest.roundId.toHexString(),
  needId: rest.needId.toHexString(),
  schoolId: rest.schoolId.toHexString(),
  centralSchoolId: rest.centralSchoolId.toHexString(),
})

const idOf = (hex: string): Types.ObjectId => Types.ObjectId.createFromHexString(hex)

export const toStoredUnmatched = (need: Omit<UnmatchedNeed, 'id'>): StoredUnmatched => ({
  ...need,
  _id: new Types.ObjectId(),
  roundId: idOf(need.roundId),
  needId: idOf(need.needId),
  schoolId: idOf(need.schoolId),
  centralSchoolId: idOf(need.centralSchoolId),
})
