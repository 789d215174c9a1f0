import { readTable, type RowProblem, type TableRow } from '../../shared/csv-file.js'
import { message } from '../../shared/message.js'
import { schoolColumns, type SchoolColumn } from './school-columns.js'
import type { RegisterSchools } from './school-register-service.js'
import { readSchoolRow } from './school-row.js'
import { treeProblemWords, type TreeProblem } from './school-tree.js'
import type { SchoolFacts } from './school.js'

export interface SchoolImport {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  /** In the order of their lines. */
  readonly rejected: readonly RowProblem[]
  readonly rejectedRows: number
  /** Columns of the file that nobody reads. */
  readonly unknownColumns: readonly string[]
}

interface Accepted {
  readonly row: TableRow<SchoolColumn>
  readonly facts: SchoolFacts
}

interface Sorted {
  readonly accepted: ReadonlyMap<string, Accepted>
  readonly problems: RowProblem[]
  /** Ids of rows that were not accepted. */
  readonly rejected: ReadonlySet<string>
}

const duplicate = (file: string, { line, values }: TableRow<SchoolColumn>, first: number): RowProblem => ({
  file,
  line,
  column: 'school_id_govt',
  value: values.school_id_govt.slice(0, 200),
  problem: message('files.row.duplicate', { line: String(first) }),
  hint: message('files.hint.duplicate'),
})

/** Every row read by itself: the first of each id that is right, and what is wrong with the others. */
function sortRows(rows: readonly TableRow<SchoolColumn>[], file: string): Sorted {
  const accepted = new Map<string, Accepted>()
  const rejected = new Set<string>()
  const problems: RowProblem[] = []
  for (const row of rows) {
    const read = readSchoolRow(row, file)
    const first = read.ok ? accepted.get(read.facts.schoolIdGovt) : undefined
    if (!read.ok) {
      problems.push(...read.problems)
      rejected.add(row.values.school_id_govt)
    } else if (first === undefined) accepted.set(read.facts.schoolIdGovt, { row, facts: read.facts })
    else problems.push(duplicate(file, row, first.row.line))
  }
  return { accepted, problems, rejected }
}

const outOfTree = (file: string, { row: { line, values }, facts }: Accepted, problem: TreeProblem): RowProblem => ({
  file,
  line,
  column: 'parent_school_id_govt',
  value: problem === 'has-branches' ? facts.schoolIdGovt : values.parent_school_id_govt,
  ...treeProblemWords(problem),
})

/**
 * Takes a school file (`docs/formats`, Giga names) into the register. Every row is stored or reported with line, column,
 * value and what to do; one bad row blocks no other, and a second run of the same file changes nothing.
 *
 * Throws UnreadableFileError for what is no such file, ConflictError when the register changed meanwhile.
 */
export async function importSchools(register: RegisterSchools, bytes: Uint8Array, file: string): Promise<SchoolImport> {
  const table = readTable(bytes, { file, columns: schoolColumns })
  const { accepted, problems, rejected } = sortRows(table.rows, file)
  const facts = [...accepted.values()].map((one) => one.facts)
  const registered = await register(facts, rejected)
  for (const [id, problem] of registered.problems) {
    const row = accepted.get(id)
    if (row !== undefined) problems.push(outOfTree(file, row, problem))
  }
  const all = [...table.problems, ...problems].sort((one, other) => one.line - other.line)
  return {
    rows: table.rows.length + table.problems.length,
    added: registered.added,
    changed: registered.changed,
    unchanged: registered.unchanged,
    rejected: all,
    rejectedRows: new Set(all.map(({ line }) => line)).size,
    unknownColumns: table.unknownColumns,
  }
}
