import type { RoundInput, RoundNeed, RoundSchool } from '../planning/index.js'
import type { Tier } from '../../shared/tier.js'
import { givenTo, type Outcome } from './plan-outcome.js'

/** Units that the schools of one tier of one authority get more and less, over all of them. */
export interface EffectRow {
  readonly authority: string
  readonly tier: Tier
  readonly gained: number
  readonly lost: number
}

/** A school unit that gets more or less; only coordinators are told. */
export interface EffectSchool {
  readonly schoolId: string
  readonly name: string
  /** More than 0 = gains. */
  readonly units: number
}

/** What one answer changes against another. */
export interface PlanEffect {
  readonly gained: number
  readonly lost: number
  /** By authority, then by tier; only those where something changes. */
  readonly rows: readonly EffectRow[]
  /** Most changed first, at most ten. */
  readonly schools: readonly EffectSchool[]
}

/** A need that gets more (units over 0) or less. */
export interface NeedChange {
  readonly need: RoundNeed
  readonly school: RoundSchool
  readonly units: number
}

const mostSchools = 10

/** Needs that get more or less in the second answer than in the first, in the order of the input. */
export function needChanges(input: RoundInput, before: Outcome, after: Outcome): readonly NeedChange[] {
  const schools = new Map(input.schools.map((school) => [school.id, school]))
  return input.needs.flatMap((need) => {
    const units = givenTo(after, need.id) - givenTo(before, need.id)
    const school = schools.get(need.schoolId)
    return units === 0 || school === undefined ? [] : [{ need, school, units }]
  })
}

export function effectOf(changes: readonly NeedChange[]): PlanEffect {
  const rows = new Map<string, EffectRow>()
  const schools = new Map<string, EffectSchool>()
  for (const { school, units } of changes) {
    const { id, name, authority, tier } = school
    const key = `${authority} ${tier}`
    const row = rows.get(key) ?? { authority, tier, gained: 0, lost: 0 }
    rows.set(key, { ...row, gained: row.gained + Math.max(0, units), lost: row.lost + Math.max(0, -units) })
    schools.set(id, { schoolId: id, name, units: (schools.get(id)?.units ?? 0) + units })
  }
  const sum = (which: 'gained' | 'lost'): number => [...rows.values()].reduce((total, row) => total + row[which], 0)
  return {
    gained: sum('gained'),
    lost: sum('lost'),
    rows: [...rows].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row),
    schools: [...schools.values()]
      .filter(({ units }) => units !== 0)
      .sort((one, other) => Math.abs(other.units) - Math.abs(one.units) || (one.schoolId < other.schoolId ? -1 : 1))
      .slice(0, mostSchools),
  }
}

/** Whom some changes for the better reach. */
export interface Reach {
  readonly needs: number
  readonly schoolUnits: number
  readonly students: number
}

/**
 * Needs and school units that get more, with their pupils: a need that gets a part counts for that part of its pupils,
 * and a unit with several needs for the largest of them, so that no pupil counts twice.
 */
export function reachOf(changes: readonly NeedChange[]): Reach {
  const students = new Map<string, number>()
  const better = changes.filter(({ units }) => units > 0)
  for (const { need, units } of better) {
    const share = Math.round((need.students * Math.min(units, need.quantity)) / need.quantity)
    students.set(need.schoolId, Math.max(students.get(need.schoolId) ?? 0, share))
  }
  return {
    needs: better.length,
    schoolUnits: students.size,
    students: [...students.values()].reduce((sum, count) => sum + count, 0),
  }
}
