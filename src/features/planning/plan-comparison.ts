import { areas, isKindCode, kindOf } from '../catalogue/index.js'
import { tiers, type Tier } from '../../shared/tier.js'
import type { RoundInput, RoundNeed, RoundPair, RoundSchool } from './round-input.js'
import type { RoundPlan } from './round-result.js'

/** What another plan for the same question means: units asked for, given by the one, and given by the other. */
export interface PlanComparison {
  /** By code of the authority, tier, number of the area, and `branch` or `central`. */
  readonly groups: readonly {
    readonly by: 'authority' | 'tier' | 'area' | 'place'
    readonly rows: readonly GroupRow[]
  }[]
  /** School units that get more and less, most changed first, at most 50 each. */
  readonly gains: readonly UnitChange[]
  readonly losses: readonly UnitChange[]
  /** How many school units that asked for something get more, less, and as much as before. */
  readonly gaining: number
  readonly losing: number
  readonly unchanged: number
  /** Pairs of an offer and a need that both plans have, that only the first has, and that only the second has. */
  readonly pairs: { readonly kept: number; readonly gone: number; readonly fresh: number }
}

export interface GroupRow {
  readonly key: string
  readonly asked: number
  readonly before: number
  readonly after: number
}

export interface UnitChange {
  readonly schoolId: string
  readonly name: string
  readonly authority: string
  readonly tier: Tier
  readonly isBranch: boolean
  readonly before: number
  readonly after: number
  readonly students: number | null
}

type Proposals = Pick<RoundPlan, 'proposals'>
type Need = RoundNeed & { readonly before: number; readonly after: number; readonly school: RoundSchool }

const mostUnits = 50

/**
 * Compares two plans for the same question. Schools are told apart by what the question says of them, so both plans are
 * judged by the same tiers; a unit whose kinds change but whose number of units stays has not changed.
 *
 * @throws RangeError when a need is of a school unit that is not in the input.
 */
export function comparePlans(input: RoundInput, before: Proposals, after: Proposals): PlanComparison {
  return compareFor(input, { before, after, isNamed: () => true })
}

interface Compared {
  readonly before: Proposals
  readonly after: Proposals
  /** Whether the school units of this authority may be named; all are counted. */
  readonly isNamed: (authority: string) => boolean
}

/** The same for somebody who may know some of the school units by name. */
export function compareFor(input: RoundInput, { before, after, isNamed }: Compared): PlanComparison {
  const needs = needsOf(input, before, after)
  const units = unitsOf(needs)
  const changed = units
    .filter((unit) => unit.before !== unit.after)
    .sort(
      (one, other) =>
        sizeOf(other) - sizeOf(one) || compare(one.name, other.name) || compare(one.schoolId, other.schoolId),
    )
  const gains = changed.filter((unit) => unit.after > unit.before)
  const losses = changed.filter((unit) => unit.after < unit.before)
  const named = (some: readonly UnitChange[]): readonly UnitChange[] =>
    some.filter(({ authority }) => isNamed(authority)).slice(0, mostUnits)
  return {
    groups: groupsOf(needs),
    gains: named(gains),
    losses: named(losses),
    gaining: gains.length,
    losing: losses.length,
    unchanged: units.length - changed.length,
    pairs: pairsOf(before, after),
  }
}

const sizeOf = ({ before, after }: UnitChange): number => Math.abs(after - before)
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function givenBy({ proposals }: Proposals): ReadonlyMap<string, number> {
  const given = new Map<string, number>()
  for (const { needId, quantity } of proposals) given.set(needId, (given.get(needId) ?? 0) + quantity)
  return given
}

function needsOf(input: RoundInput, before: Proposals, after: Proposals): readonly Need[] {
  const schools = new Map(input.schools.map((school) => [school.id, school]))
  const [was, is] = [givenBy(before), givenBy(after)]
  return input.needs.map((need) => {
    const school = schools.get(need.schoolId)
    if (school === undefined) throw new RangeError(`The round has no school unit ${need.schoolId}`)
    return { ...need, school, before: was.get(need.id) ?? 0, after: is.get(need.id) ?? 0 }
  })
}

function unitsOf(needs: readonly Need[]): readonly UnitChange[] {
  const units = new Map<string, UnitChange>()
  for (const { school, before, after } of needs) {
    const { id: schoolId, name, authority, tier, isBranch, numStudents: students } = school
    const known = units.get(schoolId) ?? { schoolId, name, authority, tier, isBranch, students, before: 0, after: 0 }
    units.set(schoolId, { ...known, before: known.before + before, after: known.after + after })
  }
  return [...units.values()]
}

function groupsOf(needs: readonly Need[]): PlanComparison['groups'] {
  const authorities = [...new Set(needs.map(({ school }) => school.authority))].sort()
  return [
    { by: 'tier', rows: rowsBy(needs, tiers.map(String), ({ school }) => String(school.tier)) },
    { by: 'authority', rows: rowsBy(needs, authorities, ({ school }) => school.authority) },
    { by: 'area', rows: rowsBy(needs, areas.map(String), areaOf) },
    {
      by: 'place',
      rows: rowsBy(needs, ['branch', 'central'], ({ school }) => (school.isBranch ? 'branch' : 'central')),
    },
  ]
}

/** The main area of the commitment that the kind serves. */
const areaOf = ({ kind }: Need): string => String(isKindCode(kind) ? kindOf(kind).areas[0] : '')

function rowsBy(needs: readonly Need[], keys: readonly string[], keyOf: (need: Need) => string): readonly GroupRow[] {
  const rows = new Map(keys.map((key) => [key, { key, asked: 0, before: 0, after: 0 }]))
  for (const need of needs) {
    const row = rows.get(keyOf(need))
    if (row === undefined) continue
    row.asked += need.quantity
    row.before += need.before
    row.after += need.after
  }
  return [...rows.values()]
}

const pairKey = ({ offerId, needId }: RoundPair): string => `${offerId} ${needId}`

function pairsOf(before: Proposals, after: Proposals): PlanComparison['pairs'] {
  const was = new Set(before.proposals.map(pairKey))
  const is = new Set(after.proposals.map(pairKey))
  const kept = [...is].filter((pair) => was.has(pair)).length
  return { kept, gone: was.size - kept, fresh: is.size - kept }
}
