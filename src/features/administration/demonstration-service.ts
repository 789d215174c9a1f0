import type { Connection } from 'mongoose'
import type { Clock } from '../../shared/clock.js'
import { markerModel, type MarkerRecord } from './marker-model.js'

/** `none`: real data, or no data yet · `begun`: made-up data that was not finished · `whole`: a demonstration. */
export type DemonstrationState = 'none' | 'begun' | 'whole'

/** Whether everything in this database is made up; kept in the database, so that no start forgets it. */
export interface DemonstrationService {
  state(): Promise<DemonstrationState>
  /** Marks the database before the first made-up record, and again after the last. */
  mark(state: 'begun' | 'whole'): Promise<void>
}

export function createDemonstrationService(connection: Connection, clock: Clock): DemonstrationService {
  const markers = markerModel(connection)
  return {
    async state() {
      const marker = await markers.findById('demonstration').lean<MarkerRecord>()
      if (marker === null) return 'none'
      return marker.state === 'whole' ? 'whole' : 'begun'
    },
    async mark(state) {
      await markers.updateOne({ _id: 'demonstration' }, { $set: { state, at: clock() } }, { upsert: true })
    },
  }
}
