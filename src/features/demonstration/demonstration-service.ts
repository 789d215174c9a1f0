import type { Connection } from 'mongoose'
import type { Clock } from '../../shared/clock.js'
import { markerModel, type MarkerRecord } from './marker-model.js'

/** `none`: real data, or no data yet · `begun`: made-up data that was not finished · `whole`: a demonstration. */
export type DemonstrationState = 'none' | 'begun' | 'whole'

/** Whether everything in this database is made up; kept in the database, so that no start forgets it. */
export interface DemonstrationService {
  state(): Promise<DemonstrationState>
  /** Marks the database before the first made-up record, and takes away what an attempt before this one left. */
  begin(): Promise<void>
  /** Marks that the last one is there. */
  finish(): Promise<void>
}

export function createDemonstrationService(connection: Connection, clock: Clock): DemonstrationService {
  const markers = markerModel(connection)

  const state = async (): Promise<DemonstrationState> => {
    const marker = await markers.findById('demonstration').lean<MarkerRecord>()
    if (marker === null) return 'none'
    return marker.state === 'whole' ? 'whole' : 'begun'
  }

  const mark = async (reached: DemonstrationState): Promise<void> => {
    await markers.updateOne({ _id: 'demonstration' }, { $set: { state: reached, at: clock() } }, { upsert: true })
  }

  /** Only what a demonstration left half-made may be taken away. */
  const clear = async (): Promise<void> => {
    const collections = (await connection.db?.collections()) ?? []
    const others = collections.filter(({ collectionName }) => collectionName !== markers.collection.collectionName)
    for (const collection of others) await collection.deleteMany({})
  }

  return {
    state,
    async begin() {
      if ((await state()) === 'begun') await clear()
      await mark('begun')
    },
    async finish() {
      // The rounds of the story were performed at once: nobody has to do them later.
      await connection.collection('jobs').deleteMany({})
      await mark('whole')
    },
  }
}
