import { authorityCodes, authorityMeant, municipalityNamed, type AuthorityCode } from '../authorities/index.js'
import type { RowProblem, TableRow } from '../../shared/csv-file.js'
import type { Level } from '../../shared/level.js'
import { message } from '../../shared/message.js'
import { fold } from '../../shared/text.js'
import {
  mistake,
  numberCell,
  optionCell,
  read,
  requiredCell,
  textCell,
  wholeCell,
  wrong,
  yesNoCell,
  type Cell,
} from '../../shared/csv-cell.js'
import type { SchoolColumn } from './school-columns.js'
import { areaTypes, connectivityTypes, type SchoolFacts } from './school.js'

export type ReadSchoolRow =
  { readonly ok: true; readonly facts: SchoolFacts } | { readonly ok: false; readonly problems: readonly RowProblem[] }

/** The country with a margin: a point outside was typed wrongly, most often latitude for longitude. */
const borders = { latitude: [42, 46], longitude: [15, 20.5] } as const

function coordinateCell(cell: string, axis: 'latitude' | 'longitude'): Cell<number | null> {
  const [lowest, highest] = borders[axis]
  const value = numberCell(cell, axis === 'latitude' ? -90 : -180, axis === 'latitude' ? 90 : 180)
  if (!value.ok || value.value === null) return value
  if (value.value >= lowest && value.value <= highest) return value
  return wrong(message('schools.row.outside', { lowest, highest }), message('schools.hint.outside'))
}

function authorityCell(cell: string): Cell<AuthorityCode> {
  if (cell === '') return mistake('required')
  const code = authorityMeant(cell)
  return code === null ? mistake('choice', { choices: [...authorityCodes] }) : read(code)
}

function municipalityCell(cell: string, authority: AuthorityCode | undefined): Cell<string> {
  if (cell === '') return read('')
  const found = municipalityNamed(cell, authority)
  if (found.ok) return read(found.municipality.slug)
  const elsewhere = found.candidates.length > 0 ? found.candidates : candidatesAnywhere(cell)
  const slugs = elsewhere.map(({ slug }) => slug)
  if (slugs.length === 0) return wrong(message('files.row.unknown'), message('schools.hint.municipality-unknown'))
  if (found.candidates.length > 1) {
    return wrong(message('schools.row.municipality-ambiguous'), message('schools.hint.municipality-slug', { slugs }))
  }
  return wrong(
    message('schools.row.municipality-elsewhere', { admin1: authority ?? '' }),
    message('schools.hint.municipality-elsewhere', { slugs }),
  )
}

function candidatesAnywhere(cell: string) {
  const found = municipalityNamed(cell)
  return found.ok ? [found.municipality] : found.candidates
}

/** `Primary`, `osnovna škola`, `Gimnazija`; both levels, or words that name neither, are for any offer: null. */
export function levelMeant(text: string): Level | null {
  const words = fold(text).replaceAll('pre primary', '').replaceAll('post secondary', '')
  const primary = /\b(primar|osnovn)/.test(words)
  const secondary = /\b(second|srednj|gimnaz|gymnas|tehnick|vocational)/.test(words)
  if (primary === secondary) return null
  return primary ? 'primary' : 'secondary'
}

/** An integer, or the word that some are. */
function trainedCell(cell: string): Cell<{ count: number | null; any: boolean | null }> {
  const count = wholeCell(cell, 2000)
  if (count.ok) return read({ count: count.value, any: count.value === null ? null : count.value > 0 })
  const any = yesNoCell(cell)
  if (!any.ok) return count
  return read({ count: any.value === false ? 0 : null, any: any.value })
}

/** Pupils counted in part cannot be more than all of them. */
function partCell(cell: string, students: number | null): Cell<number | null> {
  const part = wholeCell(cell, 20_000)
  if (!part.ok || part.value === null || students === null || part.value <= students) return part
  return wrong(message('schools.row.more-than-all', { students }), message('schools.hint.more-than-all'))
}

function parentCell(cell: string, own: string): Cell<string | null> {
  const parent = textCell(cell, 60)
  if (!parent.ok || parent.value === null || parent.value !== own) return parent
  return wrong(message('schools.row.own-parent'), message('schools.hint.own-parent'))
}

/** Reads one row of a school file: its facts, or everything that is wrong with it, column by column. Pure. */
export function readSchoolRow({ line, values }: TableRow<SchoolColumn>, file: string): ReadSchoolRow {
  const problems: RowProblem[] = []
  function take<Value>(column: SchoolColumn, cell: Cell<Value>, otherwise: Value): Value {
    if (cell.ok) return cell.value
    const { problem, hint } = cell
    problems.push({ file, line, column, value: values[column].slice(0, 200), problem, hint })
    return otherwise
  }
  const whole = (column: SchoolColumn, highest: number) => take(column, wholeCell(values[column], highest), null)
  const flag = (column: SchoolColumn) => take(column, yesNoCell(values[column]), null)
  const text = (column: SchoolColumn, max: number) => take(column, textCell(values[column], max), null)

  const schoolIdGovt = take('school_id_govt', requiredCell(values.school_id_govt, 60), '')
  const authority = take<AuthorityCode | undefined>('admin1', authorityCell(values.admin1), undefined)
  const numStudents = whole('num_students', 20_000)
  const trained = take('teachers_trained', trainedCell(values.teachers_trained), { count: null, any: null })
  const educationLevelGovt = text('education_level_govt', 80)
  const latitude = take('latitude', coordinateCell(values.latitude, 'latitude'), null)
  const longitude = take('longitude', coordinateCell(values.longitude, 'longitude'), null)
  const facts = {
    schoolIdGovt,
    schoolIdGiga: text('school_id_giga', 60),
    name: take('school_name', requiredCell(values.school_name, 200), ''),
    // Half a point is no place.
    latitude: longitude === null ? null : latitude,
    longitude: latitude === null ? null : longitude,
    educationLevelGovt,
    level: educationLevelGovt === null ? null : levelMeant(educationLevelGovt),
    municipality: take('admin2', municipalityCell(values.admin2, authority), ''),
    parentSchoolIdGovt: take('parent_school_id_govt', parentCell(values.parent_school_id_govt, schoolIdGovt), null),
    schoolAreaType: take('school_area_type', optionCell(values.school_area_type, areaTypes), null),
    numStudents,
    numTeachers: whole('num_teachers', 2000),
    numClassrooms: whole('num_classrooms', 1000),
    connectivityGovt: flag('connectivity_govt'),
    connectivityTypeGovt: take(
      'connectivity_type_govt',
      optionCell(values.connectivity_type_govt.replace(/^fibre$/i, 'fiber'), connectivityTypes),
      null,
    ),
    downloadSpeedContracted: take(
      'download_speed_contracted',
      numberCell(values.download_speed_contracted, 0, 10_000),
      null,
    ),
    electricityAvailability: flag('electricity_availability'),
    numComputers: whole('num_computers', 5000),
    numTablets: whole('num_tablets', 5000),
    teachersTrained: trained.count,
    anyTeacherTrained: trained.any,
    numStudentsVulnerable: take('num_students_vulnerable', partCell(values.num_students_vulnerable, numStudents), null),
    numStudentsWithDisabilities: take(
      'num_students_with_disabilities',
      partCell(values.num_students_with_disabilities, numStudents),
      null,
    ),
    specialEducation: flag('special_education'),
    languageOfInstruction: text('language_of_instruction', 80),
  }
  if (authority === undefined || problems.length > 0) return { ok: false, problems }
  return { ok: true, facts: { ...facts, authority } }
}
