import type { ClientSession } from 'mongoose'
import { visibleStates } from './match-life.js'
import { toMatch, type MatchModel, type StoredMatch } from './match-model.js'
import type { Match, MatchSummary } from './match.js'

type Unit = Pick<Match, 'centralSchoolId' | 'schoolId'>

const brief = { history: 0, alternatives: 0 } as const

/** Every match of these school units that anybody may see, latest first, by id of the unit. */
export async function matchesOfUnits(
  matches: MatchModel,
  units: readonly Unit[],
  session: ClientSession | null = null,
): Promise<ReadonlyMap<string, readonly MatchSummary[]>> {
  if (units.length === 0) return new Map()
  const centralSchoolId = { $in: [...new Set(units.map((unit) => unit.centralSchoolId))] }
  const schoolId = { $in: [...new Set(units.map((unit) => unit.schoolId))] }
  const found = await matches
    .find({ centralSchoolId, schoolId, state: { $in: visibleStates } }, brief)
    .sort({ updatedAt: -1, _id: -1 })
    .session(session)
    .lean<StoredMatch[]>()
  const byUnit = new Map<string, MatchSummary[]>()
  for (const match of found.map(toMatch)) byUnit.set(match.schoolId, [...(byUnit.get(match.schoolId) ?? []), match])
  return byUnit
}
