import { Schema, type Connection, type Model, type Types } from 'mongoose'
import { largestQuantity } from '../../shared/quantity.js'
import { categories, kindCodes } from '../catalogue/index.js'
import { consentParties, reasonLimits, type Match } from './match.js'
import { declineCauses, matchStates, parties } from './match-life.js'

type Ids = 'roundId' | 'offerId' | 'companyId' | 'needId' | 'schoolId' | 'centralSchoolId'

/** A match as it is stored. */
export interface StoredMatch extends Omit<Match, 'id' | Ids>, Readonly<Record<Ids, Types.ObjectId>> {
  readonly _id: Types.ObjectId
  /** What offer and need said when an authority rejected or the company declined the pair; the pair may come back when that changes. */
  readonly rejectedTerms: string | null
  /** The round whose plan has no place for it any more: while the match is proposed a mark, afterwards the record of it. */
  readonly goneBy: Types.ObjectId | null
}
export type MatchModel = Model<StoredMatch>

const definitions = { _id: false, strict: 'throw' } as const
const id = { type: Schema.Types.ObjectId, required: true }
const name = { type: String, required: true }

const historySchema = new Schema(
  {
    from: { type: String, enum: matchStates, required: true },
    to: { type: String, enum: matchStates, required: true },
    by: { type: String, default: null },
    at: { type: Date, required: true },
    reason: { type: String, default: null, maxlength: reasonLimits.max },
    party: { type: String, enum: parties },
    cause: { type: String, enum: Object.values(declineCauses).flat() },
  },
  definitions,
)
const alternativeSchema = new Schema(
  { offerId: name, company: { type: String, default: '' }, left: { type: Number, required: true } },
  definitions,
)

const pairSchema = new Schema({ offerId: name, needId: name }, definitions)
const consentSchema = new Schema(
  { party: { type: String, enum: consentParties, required: true }, by: name, at: { type: Date, required: true } },
  definitions,
)

const schema = new Schema<StoredMatch>(
  {
    roundId: id,
    state: { type: String, enum: matchStates, required: true },
    offerId: id,
    offerTitle: name,
    offerKind: { type: String, enum: kindCodes, required: true },
    companyId: id,
    company: { type: String, default: '' },
    needId: id,
    kind: { type: String, enum: kindCodes, required: true },
    category: { type: String, enum: categories, required: true },
    schoolId: id,
    school: name,
    centralSchoolId: id,
    authority: name,
    municipality: { type: String, default: '' },
    tier: { type: Number, enum: [1, 2, 3, 4, 5], required: true },
    quantity: { type: Number, required: true, min: 1, max: largestQuantity },
    reason: { type: Schema.Types.Mixed, required: true },
    alternatives: { type: [alternativeSchema], default: [] },
    needsFirst: { type: [pairSchema], default: [] },
    isShared: { type: Boolean, default: false },
    consents: { type: [consentSchema], default: [] },
    history: { type: [historySchema], default: [] },
    rejectedTerms: { type: String, default: null },
    goneBy: { type: Schema.Types.ObjectId, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'matches', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)

/** The queue: most marginalised first. */
schema.index({ authority: 1, state: 1, tier: 1, _id: 1 })
schema.index({ state: 1, tier: 1, _id: 1 })
/** What schools and companies leaf through: the latest first. */
schema.index({ centralSchoolId: 1, updatedAt: -1, _id: -1 })
schema.index({ companyId: 1, updatedAt: -1, _id: -1 })
schema.index({ needId: 1 })
schema.index({ offerId: 1 })
schema.index({ roundId: 1, state: 1, _id: 1 })
schema.index({ goneBy: 1, state: 1, _id: 1 })
/** Offers that the nation divides. */
schema.index({ isShared: 1, state: 1, offerId: 1 })

export const matchModel = (connection: Connection): MatchModel => connection.model<StoredMatch>('Match', schema)

/** A match that was stored before there were bundles and joint decisions has none of them. */
type Joint = 'needsFirst' | 'isShared' | 'consents'
type Stored = Omit<StoredMatch, Joint> & Partial<Pick<StoredMatch, Joint>>

export const toMatch = ({ _id, rejectedTerms: _terms, goneBy: _goneBy, ...rest }: Stored): Match => ({
  ...{ needsFirst: [], isShared: false, consents: [] },
  ...rest,
  id: _id.toHexString(),
  roundId: rest.roundId.toHexString(),
  offerId: rest.offerId.toHexString(),
  companyId: rest.companyId.toHexString(),
  needId: rest.needId.toHexString(),
  schoolId: rest.schoolId.toHexString(),
  centralSchoolId: rest.centralSchoolId.toHexString(),
})
