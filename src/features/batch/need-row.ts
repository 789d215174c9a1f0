import { dateCell, optionCell, requiredCell, wholeCell, wrong, type Cell } from '../../shared/csv-cell.js'
import type { RowProblem, TableRow } from '../../shared/csv-file.js'
import { message } from '../../shared/message.js'
import type { RoundNeed } from '../planning/index.js'
import { offersCell, type NamedOffers } from './choice-cells.js'
import type { NeedColumn } from './batch-columns.js'
import { kindCell, quantityCell, specificationCells } from './listing-cells.js'
import { RowReader } from './row-reader.js'

/** A need as its row has it: without pupils where it does not say for how many. */
export type NeedRow = Omit<RoundNeed, 'students'> & { readonly students: number | null }

/** What the other files hold. */
export interface KnownRows {
  readonly isSchool: (id: string) => boolean
  readonly offers: NamedOffers
}

export type ReadNeedRow =
  { readonly ok: true; readonly need: NeedRow } | { readonly ok: false; readonly problems: readonly RowProblem[] }

const mostStudents = 10_000
const urgencies = { '1': 1, '2': 2, '3': 3 } as const
const urgencyNames = ['1', '2', '3'] as const

/** Reads one row of `needs.csv`; `known` is what the other files hold. Not stated = medium urgency. Pure. */
export function readNeedRow(row: TableRow<NeedColumn>, file: string, known: KnownRows): ReadNeedRow {
  const reader = new RowReader(row, file)
  const cell = (column: NeedColumn): string => reader.cell(column)
  const kind = reader.take('kind', kindCell(cell('kind'), 'need'), null)
  const urgency = reader.take('urgency', optionCell(cell('urgency'), urgencyNames), null) ?? '2'
  const need = {
    id: reader.take('need_id', requiredCell(cell('need_id'), 60), ''),
    schoolId: reader.take('school_id_govt', schoolCell(cell('school_id_govt'), known.isSchool), ''),
    quantity: reader.take('quantity', quantityCell(cell('quantity')), 1),
    urgency: urgencies[urgency],
    deadline: reader.take('deadline', dateCell(cell('deadline')), null),
    students: reader.take('students', wholeCell(cell('students'), mostStudents), null),
    ranking: reader.take('ranking', offersCell(cell('ranking'), known.offers, false), []),
    refused: reader.take('refused', offersCell(cell('refused'), known.offers, true), []),
  }
  const specs = kind === null ? [] : specificationCells(cell('spec'), kind, 'need')
  const [spec] = specs.map((one) => reader.take('spec', one, {}))
  if (kind === null || reader.problems.length > 0) return { ok: false, problems: reader.problems }
  return { ok: true, need: { ...need, kind, spec: spec ?? {} } }
}

function schoolCell(cell: string, isSchool: (id: string) => boolean): Cell<string> {
  const id = requiredCell(cell, 60)
  if (!id.ok || isSchool(id.value)) return id
  return wrong(message('batch.row.school-unknown'), message('batch.hint.school-unknown'))
}
