import type { Request } from 'express'
import type { Translate } from '../../shared/message.js'
import { authorityOf, municipalityNames, municipalityOf } from '../authorities/index.js'
import type { Equity } from './equity-weights.js'
import { explainEquity } from './equity-words.js'
import type { SchoolFacts, SchoolUnit } from './school.js'

/** A unit with those it belongs to, as the service reads them. */
interface Family {
  readonly unit: SchoolUnit
  readonly central: SchoolUnit
  readonly branches: readonly SchoolUnit[]
  readonly equity: Equity
}

type Fact = keyof SchoolFacts

const people: readonly Fact[] = [
  'numStudents',
  'numStudentsVulnerable',
  'numStudentsWithDisabilities',
  'specialEducation',
  'numTeachers',
  'teachersTrained',
  'languageOfInstruction',
]
const equipment: readonly Fact[] = [
  'electricityAvailability',
  'connectivityGovt',
  'connectivityTypeGovt',
  'downloadSpeedContracted',
  'numComputers',
  'numTablets',
  'numClassrooms',
]

/** Everything that the register says of a unit, and what its index is made of. */
export function schoolView(req: Request, { unit, central, branches, equity }: Family) {
  const { t } = req.words
  return {
    title: unit.name,
    errors: [],
    back: { href: '/schools', text: t('schools.title') },
    lead: t(`schools.unit.${unit.isBranch ? 'branch' : 'central'}`),
    tier: unit.tier,
    place: placeRows(req, unit, central),
    people: people.map((fact) => factRow(req, unit, fact)),
    equipment: equipment.map((fact) => factRow(req, unit, fact)),
    equity: equityView(req, unit, equity),
    branches: branches.length === 0 ? null : branchTable(req, unit, branches),
  }
}

const row = (key: string, text: string, href?: string) => ({
  key: { text: key },
  value: { text, ...(href === undefined ? {} : { href }) },
})

function placeRows(req: Request, unit: SchoolUnit, central: SchoolUnit) {
  const { words, formats } = req
  const { t } = words
  const place = municipalityOf(unit.municipality)
  const { latitude, longitude } = unit
  const unstated = t('schools.unstated')
  return [
    ...(unit.isBranch ? [row(t('schools.field.central'), central.name, `/schools/${central.id}`)] : []),
    row(t('schools.field.authority'), formats.name(authorityOf(unit.authority).area)),
    row(t('schools.field.municipality'), place === null ? unstated : formats.name(municipalityNames(place))),
    factRow(req, unit, 'schoolAreaType'),
    row(
      t('schools.field.coordinates'),
      latitude === null || longitude === null ? unstated : `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`,
    ),
    factRow(req, unit, 'educationLevelGovt'),
    row(t('schools.field.schoolIdGovt'), unit.schoolIdGovt),
    row(t('schools.field.schoolIdGiga'), unit.schoolIdGiga ?? unstated),
  ]
}

const factRow = (req: Request, unit: SchoolUnit, fact: Fact) =>
  row(req.words.t(`schools.field.${fact}`), factWords(req, unit, fact))

/** A fact in words; what the register does not say is said so. */
function factWords({ words: { t }, formats }: Request, unit: SchoolUnit, fact: Fact): string {
  const value = unit[fact]
  if (fact === 'teachersTrained' && value === null && unit.anyTeacherTrained === true) return t('schools.some')
  if (value === null || value === '') return t('schools.unstated')
  if (typeof value === 'boolean') return t(value ? 'schools.yes' : 'schools.no')
  if (fact === 'connectivityTypeGovt') return t(`schools.line-type.${String(value).replaceAll(' ', '-')}`)
  if (fact === 'schoolAreaType') return t(`schools.area-type.${String(value)}`)
  if (typeof value === 'string') return writtenOut(t, fact, value)
  return fact === 'downloadSpeedContracted' ? `${formats.number(value)} Mbit/s` : formats.number(value)
}

/** The codes that registers use for levels and languages, in words; anything else stays as the register has it. */
function writtenOut(t: Translate, fact: Fact, value: string): string {
  const level = value.toLowerCase()
  if (fact === 'educationLevelGovt' && (level === 'primary' || level === 'secondary'))
    return t(`catalogue.level.${level}`)
  if (fact === 'languageOfInstruction' && /^(?:bs|hr|sr|en)$/.test(value))
    return t(`catalogue.option.language.${value}`)
  return value
}

function equityView({ words: { t }, formats }: Request, unit: SchoolUnit, equity: Equity) {
  const columns = ['factor', 'why', 'value', 'weight', 'adds'] as const
  const numeric = new Set<string>(['value', 'weight', 'adds'])
  return {
    figures: [
      { value: formats.number(unit.equityIndex), label: t('schools.field.equityIndex'), href: '/equity' },
      { value: t('schools.tier-of', { tier: unit.tier }), label: t('schools.field.tier') },
    ],
    table: {
      caption: t('schools.equity.title'),
      columns: columns.map((column) => ({
        text: t(`schools.equity.column.${column}`),
        ...(numeric.has(column) ? { format: 'numeric' } : {}),
      })),
      rows: explainEquity(unit, equity).map(({ label, words, value, weight, adds }) => ({
        cells: [
          { text: t(label) },
          { text: t(words) },
          { text: formats.number(value) },
          { text: formats.percent(weight) },
          { text: formats.number(adds) },
        ],
      })),
      empty: '',
    },
    version: t('schools.equity.version', { version: equity.version }),
  }
}

function branchTable({ words: { t }, formats }: Request, unit: SchoolUnit, branches: readonly SchoolUnit[]) {
  const line = ({ connectivityGovt }: SchoolUnit) =>
    connectivityGovt === null ? 'unknown' : connectivityGovt ? 'yes' : 'no'
  return {
    caption: t('schools.branches'),
    columns: [
      { text: t('schools.field.name') },
      { text: t('schools.field.numStudents'), format: 'numeric' },
      { text: t('schools.field.connectivityGovt') },
      { text: t('schools.field.tier') },
    ],
    rows: branches.map((branch) => ({
      current: branch.id === unit.id,
      cells: [
        branch.id === unit.id ? { text: branch.name } : { text: branch.name, href: `/schools/${branch.id}` },
        { text: branch.numStudents === null ? t('schools.unstated') : formats.number(branch.numStudents) },
        { text: t(`schools.line.${line(branch)}`) },
        { text: '', tier: branch.tier },
      ],
    })),
    empty: '',
  }
}
