import { municipalityNames, municipalityOf } from '../authorities/index.js'
import { message, type Message } from '../../shared/message.js'
import { distanceToSeat, equityFactors, type EquityFacts, type EquityFactor } from './equity-index.js'
import type { FactorName } from '../../shared/equity-scale.js'
import { equityPolicy, type Equity } from './equity-weights.js'
import { devicesOf } from './school.js'

/** One factor of a unit's index, with what makes it so. */
export interface ExplainedFactor extends EquityFactor {
  /** Weight times value: what it adds to the index. */
  readonly adds: number
  readonly label: Message
  readonly words: Message
}

const { benchmarks } = equityPolicy
const missing = message('schools.equity.missing')

function connectivity({ connectivityGovt, downloadSpeedContracted }: EquityFacts): Message {
  if (connectivityGovt === false) return message('schools.equity.connectivity.none')
  if (downloadSpeedContracted === null) return message('schools.equity.connectivity.speed-missing')
  const key = downloadSpeedContracted < benchmarks.downloadMbps ? 'slow' : 'fast'
  const values = { speed: downloadSpeedContracted, benchmark: benchmarks.downloadMbps }
  return message(`schools.equity.connectivity.${key}`, values)
}

function devices(facts: EquityFacts): Message {
  const count = devicesOf(facts) ?? 0
  if (count === 0) return message('schools.equity.devices.none')
  return message('schools.equity.devices.some', { count, students: facts.numStudents ?? 0 })
}

function remoteness(facts: EquityFacts): Message {
  const area = message(`schools.equity.area.${facts.schoolAreaType ?? 'missing'}`)
  const distance = distanceToSeat(facts)
  const seat = municipalityOf(facts.municipality)
  if (distance === null || seat === null) return message('schools.equity.remoteness.no-place', { area })
  const place = { names: municipalityNames(seat) }
  return message('schools.equity.remoteness.place', { area, place, km: Math.round(distance * 10) / 10 })
}

const students = (key: string, count: number | null, all: number | null): Message =>
  message(key, { count: count ?? 0, students: all ?? 0 })

const wordsOf: Readonly<Record<FactorName, (facts: EquityFacts) => Message>> = {
  connectivity,
  devices,
  remoteness,
  electricity: ({ electricityAvailability }) =>
    message(`schools.equity.electricity.${electricityAvailability === false ? 'none' : 'some'}`),
  branch: ({ parentSchoolIdGovt }) =>
    message(`schools.equity.branch.${parentSchoolIdGovt === null ? 'central' : 'branch'}`),
  vulnerability: ({ numStudentsVulnerable, numStudents }) =>
    students('schools.equity.vulnerability.share', numStudentsVulnerable, numStudents),
  disability: ({ specialEducation, numStudentsWithDisabilities, numStudents }) =>
    specialEducation === true
      ? message('schools.equity.disability.special')
      : students('schools.equity.disability.share', numStudentsWithDisabilities, numStudents),
}

const percent = (share: number): Message => message('schools.policy.percent', { value: share * 100 })

/** How the value of a factor comes about, whatever its weight. */
export const ruleOfFactor = (name: FactorName): Message =>
  message(`schools.policy.rule.${name}`, {
    benchmark: benchmarks.downloadMbps,
    slow: benchmarks.slowLine,
    pupils: Math.round(1 / benchmarks.devicesPerStudent),
    km: benchmarks.farKilometres,
    vulnerable: percent(benchmarks.vulnerableShare),
    disability: percent(benchmarks.disabilityShare),
  })

/** What makes the index of a unit what it is: every factor, the one that adds most first. */
export function explainEquity(facts: EquityFacts, equity: Equity = equityPolicy): readonly ExplainedFactor[] {
  return equityFactors(facts, equity)
    .map((factor) => ({
      ...factor,
      adds: factor.weight * factor.value,
      label: message(`schools.equity.factor.${factor.name}`),
      words: factor.isStated ? wordsOf[factor.name](facts) : missing,
    }))
    .sort((one, other) => other.adds - one.adds)
}
