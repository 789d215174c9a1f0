import type { Connection } from 'mongoose'
import type { Clock } from '../../shared/clock.js'
import type { Asked, RepairEvent } from './repair-event.js'
import { repairRequestModel, type StoredEvent, type StoredRequest } from './repair-request-model.js'

/** What waits for a repair, by authority. */
export interface RepairRequests {
  readonly asked: Asked
  /** Codes of the authorities where something waits. */
  waiting(): Promise<readonly string[]>
  read(authority: string): Promise<StoredRequest | null>
  /** Lets go of what was known when `read` was answered; what happened since waits on. */
  answered(request: StoredRequest): Promise<void>
  /** A plan that was made from what was there at this time has answered everything before it. */
  answeredBy(authorities: readonly string[], gatheredAt: Date): Promise<void>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  /** Codes of the authorities that have undecided proposals out of this offer, or for this need. */
  readonly standingOn: (side: 'offer' | 'need', id: string) => Promise<readonly string[]>
  /** Has the repair of an authority planned soon, by this process or another. */
  readonly request: (authority: string) => Promise<void>
  readonly report: (error: unknown, event: RepairEvent) => void
}

/** So many happenings are told; more than these in a few seconds nobody reads. */
const mostEvents = 20

export function createRepairRequests({ connection, clock, standingOn, request, report }: Parts): RepairRequests {
  const requests = repairRequestModel(connection)

  const note = async (authority: string, event: StoredEvent): Promise<void> => {
    await requests.updateOne(
      { _id: authority },
      {
        $push: { events: { $each: [event], $slice: -mostEvents } },
        $set: { latestAt: event.at },
        $setOnInsert: { askedAt: event.at },
      },
      { upsert: true },
    )
    await request(authority)
  }

  const concerned = async ({ subject, id, authorities }: RepairEvent): Promise<readonly string[]> => {
    if (authorities !== undefined) return authorities
    return subject === 'match' ? [] : standingOn(subject, id)
  }

  return {
    async asked(event) {
      try {
        const { event: cause, subject, id } = event
        const at = clock()
        for (const authority of new Set(await concerned(event)))
          await note(authority, { event: cause, subject, id, at })
      } catch (error) {
        // What was done is done; the look at everything that stands, at the next start, finds it too.
        report(error, event)
      }
    },
    async waiting() {
      return (await requests.find({}, { _id: 1 }).lean<StoredRequest[]>()).map(({ _id }) => _id)
    },
    read: (authority) => requests.findById(authority).lean<StoredRequest>(),
    async answered({ _id, latestAt }) {
      await requests.deleteOne({ _id, latestAt })
    },
    async answeredBy(authorities, gatheredAt) {
      await requests.deleteMany({ _id: { $in: authorities }, latestAt: { $lte: gatheredAt } })
    },
  }
}
