import { municipalityOf } from '../authorities/index.js'
import { factorNames, indexOnScale, tierOnScale, type FactorName, type Factors } from '../../shared/equity-scale.js'
import { equityPolicy, type Equity } from './equity-weights.js'
import type { Tier } from '../../shared/tier.js'
import { devicesOf, type SchoolFacts } from './school.js'

/** The facts that count; no other attribute of a school does. */
export type EquityFacts = Pick<
  SchoolFacts,
  | 'connectivityGovt'
  | 'downloadSpeedContracted'
  | 'electricityAvailability'
  | 'numComputers'
  | 'numTablets'
  | 'numStudents'
  | 'schoolAreaType'
  | 'latitude'
  | 'longitude'
  | 'municipality'
  | 'parentSchoolIdGovt'
  | 'numStudentsVulnerable'
  | 'numStudentsWithDisabilities'
  | 'specialEducation'
>

/** One factor of the index of one school unit. */
export interface EquityFactor {
  readonly name: FactorName
  readonly weight: number
  /** 0 to 1, 1 = most marginalised; the neutral value when the fact is missing. */
  readonly value: number
  /** False when the register does not say: then the neutral value stands in. */
  readonly isStated: boolean
}

const { benchmarks, neutral } = equityPolicy

const share = (part: number, of: number): number => Math.min(1, Math.max(0, part / of))
const yes = (fact: boolean | null): number | null => (fact === null ? null : Number(fact))

/** Kilometres between two points, over the sphere. */
export function kilometres(from: readonly [number, number], to: readonly [number, number]): number {
  const radians = Math.PI / 180
  const [north, east] = [(to[0] - from[0]) * radians, (to[1] - from[1]) * radians]
  const chord =
    Math.sin(north / 2) ** 2 + Math.cos(from[0] * radians) * Math.cos(to[0] * radians) * Math.sin(east / 2) ** 2
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** Kilometres to the seat of the municipality; null when a place is not known. */
export function distanceToSeat(facts: Pick<EquityFacts, 'latitude' | 'longitude' | 'municipality'>): number | null {
  const seat = municipalityOf(facts.municipality)
  if (facts.latitude === null || facts.longitude === null || seat === null) return null
  return kilometres([facts.latitude, facts.longitude], [seat.latitude, seat.longitude])
}

function connectivity({ connectivityGovt, downloadSpeedContracted }: EquityFacts): number | null {
  if (connectivityGovt === false) return 1
  if (downloadSpeedContracted !== null) {
    return benchmarks.slowLine * (1 - share(downloadSpeedContracted, benchmarks.downloadMbps))
  }
  return connectivityGovt === null ? null : benchmarks.slowLine * neutral
}

function devices(facts: EquityFacts): number | null {
  const count = devicesOf(facts)
  if (count === 0) return 1
  if (count === null || facts.numStudents === null || facts.numStudents === 0) return null
  return 1 - share(count / facts.numStudents, benchmarks.devicesPerStudent)
}

function remoteness(facts: EquityFacts): number | null {
  const rural = facts.schoolAreaType === null ? null : Number(facts.schoolAreaType === 'rural')
  const distance = distanceToSeat(facts)
  if (rural === null && distance === null) return null
  const far = distance === null ? neutral : share(distance, benchmarks.farKilometres)
  return ((rural ?? neutral) + far) / 2
}

function shareOfStudents(count: number | null, students: number | null, full: number): number | null {
  if (count === 0) return 0
  return count === null || students === null || students === 0 ? null : share(count / students, full)
}

function disability(facts: EquityFacts): number | null {
  if (facts.specialEducation === true) return 1
  return shareOfStudents(facts.numStudentsWithDisabilities, facts.numStudents, benchmarks.disabilityShare)
}

const values: Readonly<Record<FactorName, (facts: EquityFacts) => number | null>> = {
  connectivity,
  devices,
  remoteness,
  disability,
  electricity: ({ electricityAvailability }) => yes(electricityAvailability === null ? null : !electricityAvailability),
  branch: ({ parentSchoolIdGovt }) => Number(parentSchoolIdGovt !== null),
  vulnerability: ({ numStudentsVulnerable, numStudents }) =>
    shareOfStudents(numStudentsVulnerable, numStudents, benchmarks.vulnerableShare),
}

type Weights = Pick<Equity, 'weights'>

/** Every factor with its weight and its value, in the published order. */
export const equityFactors = (facts: EquityFacts, equity: Weights = equityPolicy): readonly EquityFactor[] =>
  factorNames.map((name) => {
    const value = values[name](facts)
    return { name, weight: equity.weights[name], value: value ?? neutral, isStated: value !== null }
  })

/** The values of all factors by name, as a round keeps them so that other weights can be tried. */
export const factorsOf = (facts: EquityFacts): Factors => {
  const pairs = equityFactors(facts).map(({ name, value }) => [name, value] as const)
  return Object.fromEntries(pairs) as Record<FactorName, number>
}

/** The equity index: the weighted sum of the factors, 0 to 1 with four decimals; 1 = most marginalised. */
export const equityIndex = (facts: EquityFacts, equity: Weights = equityPolicy): number =>
  indexOnScale(factorsOf(facts), equity)

/** The tier of an index: 1 = most marginalised. It depends on nothing but the index and the published limits. */
export const tierOf = (index: number, equity: Pick<Equity, 'tierFrom'> = equityPolicy): Tier =>
  tierOnScale(index, equity)
