import { Schema, type Connection, type Model, type Types } from 'mongoose'
import { kindCodes } from '../catalogue/index.js'
import { holdingFields, stepFields } from '../listings/index.js'
import { levels } from '../../shared/level.js'
import { locales } from '../../shared/locale.js'
import { largestMoney, largestQuantity } from '../../shared/quantity.js'
import { limits, offerStates, terms, valueBases, type Offer } from './offer.js'
import { wishShares } from './offer-wish.js'

/** An offer as it is stored; `words` are the folded words that searches look for. */
export interface StoredOffer extends Omit<Offer, 'id' | 'companyId'> {
  readonly _id: Types.ObjectId
  readonly companyId: Types.ObjectId
  readonly words: readonly string[]
}
export type OfferModel = Model<StoredOffer>

const isoDate = { type: String, required: true, match: /^\d{4}-\d\d-\d\d$/ }
const perSchool = { type: Number, default: null, min: 1, max: largestQuantity }
const text = (maxlength: number) => ({ type: String, default: '', maxlength })
const definitions = { _id: false, strict: 'throw' } as const

const territory = new Schema(
  {
    scope: { type: String, enum: ['national', 'authorities', 'municipalities'], required: true },
    authorities: { type: [String], default: undefined },
    municipalities: { type: [String], default: undefined },
  },
  definitions,
)

const wish = new Schema(
  {
    authorities: { type: [String], required: true },
    share: { type: Number, required: true, min: wishShares.least, max: wishShares.most },
  },
  definitions,
)

const schema = new Schema<StoredOffer>(
  {
    companyId: { type: Schema.Types.ObjectId, required: true },
    title: { type: String, required: true, maxlength: limits.title },
    kind: { type: String, enum: kindCodes, required: true },
    spec: { type: Schema.Types.Mixed, required: true },
    description: text(limits.description),
    locale: { type: String, enum: locales, required: true },
    ...holdingFields,
    minPerSchool: perSchool,
    maxPerSchool: perSchool,
    territory: { type: territory, required: true },
    wish: { type: wish, default: null },
    reach: { type: [String], required: true },
    levels: { type: [String], enum: levels },
    validFrom: isoDate,
    validTo: isoDate,
    leadDays: { type: Number, required: true, min: 0, max: limits.leadDays },
    terms: { type: String, enum: terms, required: true },
    unitValue: { type: Number, required: true, min: 0, max: largestMoney },
    valueBasis: { type: String, enum: valueBases, required: true },
    valueNote: text(limits.valueNote),
    conditions: text(limits.conditions),
    state: { type: String, enum: offerStates, required: true },
    publishedAt: { type: Date, default: null },
    history: [new Schema(stepFields(offerStates), definitions)],
    version: { type: Number, required: true, min: 0 },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    words: { type: [String], required: true },
  },
  { collection: 'offers', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)

/** Every list ends in `updatedAt, _id`, newest first: these are the orders in which people leaf through offers. */
const newestFirst = { updatedAt: -1, _id: -1 } as const
schema.index({ companyId: 1, ...newestFirst })
schema.index({ reach: 1, state: 1, ...newestFirst })
schema.index({ state: 1, ...newestFirst })
schema.index({ kind: 1, state: 1, ...newestFirst })
schema.index(newestFirst)
// What is still open is counted from the index alone.
schema.index({ state: 1, available: 1 })
schema.index({ words: 1 })

export const offerModel = (connection: Connection): OfferModel => connection.model<StoredOffer>('Offer', schema)
