import { readTable, type Column, type RowProblem, type TableRow } from '../../shared/csv-file.js'
import { message } from '../../shared/message.js'
import {
  firstPolicy,
  type PlanKey,
  type Policy,
  type RoundInput,
  type RoundNeed,
  type RoundOffer,
  type RoundSchool,
} from '../planning/index.js'
import {
  equityIndex,
  factorsOf,
  readSchoolRow,
  schoolColumns,
  tierOf,
  unitHas,
  type SchoolFacts,
} from '../schools/index.js'
import { needColumns, offerColumns, type OfferColumn } from './batch-columns.js'
import { companyIdOf, type NamedOffers } from './choice-cells.js'
import { readNeedRow } from './need-row.js'
import { readOfferRow } from './offer-row.js'

export interface BatchFile {
  /** For the messages. */
  readonly name: string
  readonly bytes: Uint8Array
}

export interface BatchFiles {
  readonly schools: BatchFile
  readonly offers: BatchFile
  readonly needs: BatchFile
}

/** What the files do not say. */
export interface BatchRound {
  /** ISO date on which the round is run. */
  readonly today: string
  /** Weights, tiers, points and limits; those of the first policy unless told. */
  readonly policy?: Policy
  /** What the plan strives for; as the policy says unless told. */
  readonly plan?: PlanKey | undefined
}

export interface BatchInput {
  readonly round: RoundInput
  /** File by file, in the order of their lines. */
  readonly problems: readonly RowProblem[]
  readonly rejectedRows: number
  /** Columns that nobody reads, by file. */
  readonly unknownColumns: readonly { readonly file: string; readonly columns: readonly string[] }[]
}

/**
 * Reads the three files of a batch: every row is taken or reported, one bad row blocks no other. A need of a school whose
 * row was rejected is rejected too, and says so.
 *
 * @throws UnreadableFileError for the first file that holds no table.
 */
export function readBatch(files: BatchFiles, { today, policy = firstPolicy, plan }: BatchRound): BatchInput {
  const schools = readRows(files.schools, { columns: schoolColumns, key: 'school_id_govt' }, (row, file) => {
    const read = readSchoolRow(row, file)
    return read.ok ? { ok: true, item: schoolOf(read.facts, policy) } : read
  })
  const offers = readRows(files.offers, { columns: offerColumns, key: 'offer_id' }, (row, file) => {
    const read = readOfferRow(row, file)
    return read.ok ? { ok: true, item: read.offer } : read
  })
  const known = new Map(schools.items.map((school: RoundSchool) => [school.id, school]))
  const named = namedOffers(offers.rows)
  const needs = readRows(files.needs, { columns: needColumns, key: 'need_id' }, (row, file) => {
    const read = readNeedRow(row, file, { isSchool: (id) => known.has(id), offers: named })
    if (!read.ok) return read
    // Where the file does not say for how many pupils a need is, it is for all of the school unit.
    const students = read.need.students ?? known.get(read.need.schoolId)?.numStudents ?? 0
    return { ok: true, item: { ...read.need, students } }
  })
  const parts: { schools: readonly RoundSchool[]; offers: readonly RoundOffer[]; needs: readonly RoundNeed[] } = {
    schools: schools.items,
    offers: offers.items,
    needs: needs.items,
  }
  const problems = [schools, offers, needs].flatMap((table) => table.problems)
  return {
    round: { ...parts, standing: [], policy: { ...policy, plan: plan ?? policy.plan }, today },
    problems,
    rejectedRows: new Set(problems.map(({ file, line }) => `${file} ${line}`)).size,
    unknownColumns: [schools, offers, needs]
      .filter(({ columns }) => columns.length > 0)
      .map(({ file, columns }) => ({ file, columns })),
  }
}

/** Rejected rows count: a need that ranks or refuses what they offered is none the worse for it. */
const namedOffers = (rows: readonly TableRow<OfferColumn>[]): NamedOffers => ({
  ids: new Set(rows.map(({ values }) => values.offer_id)),
  companyIds: new Set(rows.map(({ values }) => companyIdOf(values.company))),
})

type ReadRow<Item> =
  { readonly ok: true; readonly item: Item } | { readonly ok: false; readonly problems: readonly RowProblem[] }

interface Shape<Name extends string> {
  readonly columns: Readonly<Record<Name, Column>>
  /** The column whose values are all different. */
  readonly key: NoInfer<Name>
}

function readRows<Name extends string, Item extends { readonly id: string }>(
  { name, bytes }: BatchFile,
  { columns, key }: Shape<Name>,
  readRow: (row: TableRow<Name>, file: string) => ReadRow<Item>,
) {
  const table = readTable(bytes, { file: name, columns })
  const lines = new Map<string, number>()
  const items: Item[] = []
  const problems = [...table.problems]
  for (const row of table.rows) {
    const read = readRow(row, name)
    if (!read.ok) {
      problems.push(...read.problems)
      continue
    }
    const first = lines.get(read.item.id)
    if (first !== undefined) {
      problems.push(repeated(name, key, row, first))
      continue
    }
    lines.set(read.item.id, row.line)
    items.push(read.item)
  }
  problems.sort((one, other) => one.line - other.line)
  return { file: name, items, problems, rows: table.rows, columns: table.unknownColumns }
}

const repeated = <Name extends string>(
  file: string,
  key: Name,
  { line, values }: TableRow<Name>,
  first: number,
): RowProblem => ({
  file,
  line,
  column: key,
  value: values[key].slice(0, 200),
  problem: message('files.row.duplicate', { line: String(first) }),
  hint: message('files.hint.duplicate'),
})

function schoolOf(facts: SchoolFacts, { equity }: Policy): RoundSchool {
  const index = equityIndex(facts, equity)
  return {
    id: facts.schoolIdGovt,
    name: facts.name,
    authority: facts.authority,
    municipality: facts.municipality,
    level: facts.level,
    isBranch: facts.parentSchoolIdGovt !== null,
    equityIndex: index,
    tier: tierOf(index, equity),
    numStudents: facts.numStudents,
    factors: factorsOf(facts),
    has: unitHas(facts),
  }
}
