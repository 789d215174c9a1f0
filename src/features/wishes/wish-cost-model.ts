import { Schema, type Connection, type Model, type Types } from 'mongoose'
import { wishCostStates, type WishCost } from './wish-question.js'

export interface StoredWishCost extends Omit<WishCost, 'id' | 'offerId' | 'roundId'> {
  readonly _id: Types.ObjectId
  readonly offerId: Types.ObjectId
  readonly roundId: Types.ObjectId
}
export type WishCostModel = Model<StoredWishCost>

const id = { type: Schema.Types.ObjectId, required: true }

const schema = new Schema<StoredWishCost>(
  {
    offerId: id,
    roundId: id,
    roundNumber: { type: Number, required: true },
    version: { type: Number, required: true },
    wish: { type: Schema.Types.Mixed, required: true },
    state: { type: String, enum: wishCostStates, required: true },
    askedAt: { type: Date, required: true },
    answeredAt: { type: Date, default: null },
    effect: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'wish_costs', strict: 'throw', strictQuery: 'throw', minimize: false, versionKey: false },
)
/** One answer an offer: a new question takes the place of the old one. */
schema.index({ offerId: 1 }, { unique: true })

export const wishCostModel = (connection: Connection): WishCostModel =>
  connection.model<StoredWishCost>('WishCost', schema)

export const toWishCost = ({ _id, offerId, roundId, ...rest }: StoredWishCost): WishCost => ({
  ...rest,
  id: _id.toHexString(),
  offerId: offerId.toHexString(),
  roundId: roundId.toHexString(),
})
