import type { AuthorityCode } from '../authorities/index.js'
import type { Level } from '../../shared/level.js'
import type { Tier } from '../../shared/tier.js'

/** Types of line, as the Giga school schema names them. */
export const connectivityTypes = [
  'fiber',
  'xdsl',
  'wired',
  'cellular',
  'p2mp wireless',
  'p2p wireless',
  'satellite',
  'other',
  'copper',
  'coaxial',
  'unknown',
] as const
export type ConnectivityType = (typeof connectivityTypes)[number]

export const areaTypes = ['urban', 'rural'] as const
export type AreaType = (typeof areaTypes)[number]

/**
 * What the register says about one school unit, under the names of the Giga school schema where it has one. Null = not
 * stated. There are no facts about pupils, only counts.
 */
export interface SchoolFacts {
  /** Unique in the country. */
  readonly schoolIdGovt: string
  readonly schoolIdGiga: string | null
  readonly name: string
  /** Degrees. */
  readonly latitude: number | null
  readonly longitude: number | null
  /** As the register words it. */
  readonly educationLevelGovt: string | null
  /** Null: not stated, or both levels. */
  readonly level: Level | null
  readonly authority: AuthorityCode
  /** Slug; empty when the register does not say. */
  readonly municipality: string
  /** Govt. id of the central school; null for a central one. */
  readonly parentSchoolIdGovt: string | null
  readonly schoolAreaType: AreaType | null
  readonly numStudents: number | null
  readonly numTeachers: number | null
  readonly numClassrooms: number | null
  readonly connectivityGovt: boolean | null
  readonly connectivityTypeGovt: ConnectivityType | null
  /** Mbit/s. */
  readonly downloadSpeedContracted: number | null
  readonly electricityAvailability: boolean | null
  readonly numComputers: number | null
  readonly numTablets: number | null
  /** How many; null also where the register only says that some are. */
  readonly teachersTrained: number | null
  readonly anyTeacherTrained: boolean | null
  readonly numStudentsVulnerable: number | null
  readonly numStudentsWithDisabilities: number | null
  readonly specialEducation: boolean | null
  readonly languageOfInstruction: string | null
}

/** What is worked out from the facts whenever they are stored. */
export interface DerivedFacts {
  readonly isBranch: boolean
  /** 0 to 1, 1 = most marginalised. */
  readonly equityIndex: number
  readonly tier: Tier
  /** Of the weights that the index was made with. */
  readonly equityVersion: number
  /** Folded name: the order of lists. */
  readonly sortName: string
  /** Folded words of name, place and id: what a search looks for. */
  readonly words: readonly string[]
}

/** A school unit as it is kept. */
export interface SchoolUnit extends SchoolFacts, Omit<DerivedFacts, 'sortName' | 'words'> {
  readonly id: string
  /** Id of the central school; null for a central one. */
  readonly parentId: string | null
  /** Id of the central school, its own for a central one: the organisation of the account that acts for it. */
  readonly centralId: string
}

/** Computers and tablets together; null when neither is stated. */
export function devicesOf({
  numComputers,
  numTablets,
}: Pick<SchoolFacts, 'numComputers' | 'numTablets'>): number | null {
  return numComputers === null && numTablets === null ? null : (numComputers ?? 0) + (numTablets ?? 0)
}

/**
 * What the unit has, for the prerequisites of the catalogue. What the register does not say is not held against the
 * school: only a stated "no" (no devices: a stated zero) is a lack.
 */
export function unitHas(facts: SchoolFacts): Readonly<Record<'electricity' | 'connectivity' | 'devices', boolean>> {
  return {
    electricity: facts.electricityAvailability !== false,
    connectivity: facts.connectivityGovt !== false,
    devices: devicesOf(facts) !== 0,
  }
}
