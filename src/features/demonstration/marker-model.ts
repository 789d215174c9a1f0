import { Schema, type Connection } from 'mongoose'

/** One fact about the whole database, by its name. */
export interface MarkerRecord {
  readonly _id: string
  readonly state: string
  readonly at: Date
}

const schema = new Schema<MarkerRecord>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false },
)

export const markerModel = (connection: Connection) => connection.model('Marker', schema)
