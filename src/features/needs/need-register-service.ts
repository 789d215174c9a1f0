import { isDeepStrictEqual } from 'node:util'
import { Types, type AnyBulkWriteOperation, type Connection } from 'mongoose'
import { searchWords } from '../../shared/search-words.js'
import { needModel, type StoredNeed } from './need-model.js'
import type { NeedUnit } from './need.js'

/** Gives needs the place and the tier that the register now states for their units; returns how many changed. */
export type FollowRegister = (units: Iterable<NeedUnit>) => Promise<number>

const batchSize = 1000
const copied = {
  schoolUnitId: 1,
  centralSchoolId: 1,
  authority: 1,
  municipality: 1,
  tier: 1,
  reason: 1,
  words: 1,
} as const

type Write = AnyBulkWriteOperation<StoredNeed>

/**
 * What a need copies from its unit, so that lists can be asked for by place and tier, follows the register here. Nobody
 * edits the need by that: its version and its day stay. Running it again changes nothing.
 */
export function followRegisterOn(connection: Connection): FollowRegister {
  const needs = needModel(connection)
  return async (units) => {
    const register = new Map([...units].map((unit) => [unit.id, unit]))
    let writes: Write[] = []
    let changed = 0
    const flush = async (): Promise<void> => {
      if (writes.length > 0) await needs.bulkWrite(writes, { ordered: false })
      changed += writes.length
      writes = []
    }
    for await (const need of needs.find({}, copied).lean<StoredNeed>().cursor()) {
      const write = writeFor(need, register.get(need.schoolUnitId.toHexString()))
      if (write !== null) writes.push(write)
      if (writes.length >= batchSize) await flush()
    }
    await flush()
    return changed
  }
}

function writeFor(need: StoredNeed, unit: NeedUnit | undefined): Write | null {
  if (unit === undefined) return null
  const { authority, municipality, tier } = unit
  const centralSchoolId = new Types.ObjectId(unit.centralId)
  const words = searchWords(unit.name, need.reason)
  const isSame =
    need.authority === authority &&
    need.municipality === municipality &&
    need.tier === tier &&
    need.centralSchoolId.equals(centralSchoolId) &&
    isDeepStrictEqual(need.words, words)
  if (isSame) return null
  return {
    updateOne: {
      filter: { _id: need._id },
      update: { $set: { authority, municipality, tier, centralSchoolId, words } },
    },
  }
}
