import type { ClientSession, Model, QueryFilter } from 'mongoose'
import { ConflictError } from '../../shared/errors.js'
import { largestQuantity } from '../../shared/quantity.js'
import { longestReason, type Holdings, type Pot } from './listing.js'

const whole = { type: Number, required: true, min: 0, max: largestQuantity, validate: Number.isInteger }

/** The five counters of a listing; after the first time only `moveUnits` and an edit of the quantity write them. */
export const holdingFields = {
  quantity: { ...whole, min: 1 },
  available: whole,
  reserved: { ...whole, default: 0 },
  committed: { ...whole, default: 0 },
  delivered: { ...whole, default: 0 },
}

/** Fields of one step; pass the states of the listing. */
export const stepFields = (states: readonly string[]) => ({
  from: { type: String, enum: [...states, null], default: null },
  to: { type: String, enum: states, required: true },
  by: { type: String, required: true },
  at: { type: Date, required: true },
  reason: { type: String, default: null, maxlength: longestReason },
})

export interface Move {
  readonly from: Pot
  readonly to: Pot
  readonly units: number
}

interface Where {
  readonly _id: string
  /** The units move only while the listing is in this state. */
  readonly state?: string
}

interface Held extends Holdings {
  readonly state: string
}

/**
 * Moves units of one listing from one pot to another, inside the caller's transaction. That there are enough is a
 * condition of the update itself, so that of two who reach for the same units one loses. Throws ConflictError, with the number that is left, for the one who loses.
 */
export async function moveUnits<Stored extends Held>(
  model: Model<Stored>,
  where: Where,
  move: Move,
  session: ClientSession,
): Promise<void> {
  if (!Number.isInteger(move.units) || move.units < 1) throw new RangeError(`Not a number of units: ${move.units}`)
  const enough = { ...where, [move.from]: { $gte: move.units } } as QueryFilter<Stored>
  const change = { $inc: { [move.from]: -move.units, [move.to]: move.units } }
  const { modifiedCount } = await model.updateOne(enough, change as never, { session })
  if (modifiedCount === 1) return
  const found = await model
    .findById(where._id)
    .select({ state: 1, [move.from]: 1 })
    .session(session)
    .lean<Held>()
  throw new ConflictError('listings.not-enough-left', { units: move.units, left: leftOf(found, where, move) })
}

function leftOf(found: Held | null, where: Where, { from }: Move): number {
  if (found === null || (where.state !== undefined && where.state !== found.state)) return 0
  return found[from]
}
