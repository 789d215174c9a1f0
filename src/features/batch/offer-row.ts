import {
  dateCell,
  mistake,
  numberCell,
  optionCell,
  optionsCell,
  requiredCell,
  wholeCell,
  wrong,
} from '../../shared/csv-cell.js'
import type { RowProblem, TableRow } from '../../shared/csv-file.js'
import { levels } from '../../shared/level.js'
import { message } from '../../shared/message.js'
import { largestMoney, largestQuantity } from '../../shared/quantity.js'
import type { RoundOffer } from '../planning/index.js'
import { authoritiesCell, companyIdOf } from './choice-cells.js'
import type { OfferColumn } from './batch-columns.js'
import { kindCell, quantityCell, specificationCells, territoryCell } from './listing-cells.js'
import { RowReader } from './row-reader.js'

export type ReadOfferRow =
  { readonly ok: true; readonly offer: RoundOffer } | { readonly ok: false; readonly problems: readonly RowProblem[] }

const terms = ['gift', 'discount', 'cofinanced'] as const
const longestLead = 3650

/** Reads one row of `offers.csv`: the offer, or everything that is wrong with it. Pure. */
export function readOfferRow(row: TableRow<OfferColumn>, file: string): ReadOfferRow {
  const reader = new RowReader(row, file)
  const cell = (column: OfferColumn): string => reader.cell(column)
  const kind = reader.take('kind', kindCell(cell('kind'), 'offer'), null)
  const company = reader.take('company', requiredCell(cell('company'), 200), '')
  const offer = {
    id: reader.take('offer_id', requiredCell(cell('offer_id'), 60), ''),
    company,
    companyId: companyIdOf(company),
    quantity: reader.take('quantity', quantityCell(cell('quantity')), 1),
    minPerSchool: reader.take('min_per_school', wholeCell(cell('min_per_school'), largestQuantity), null),
    maxPerSchool: reader.take('max_per_school', wholeCell(cell('max_per_school'), largestQuantity), null),
    territory: reader.take('territory', territoryCell(cell('territory')), { scope: 'national' }),
    levels: reader.take('levels', optionsCell(cell('levels'), levels), []),
    validFrom: reader.take('valid_from', dateCell(cell('valid_from')), null),
    validTo: reader.take('valid_to', dateCell(cell('valid_to')), null),
    leadDays: reader.take('lead_days', wholeCell(cell('lead_days'), longestLead), null),
    wish: readWish(reader),
  }
  reader.take('terms', optionCell(cell('terms'), terms), null)
  reader.take('value_bam', numberCell(cell('value_bam'), 0, largestMoney), null)
  const specs = kind === null ? [] : specificationCells(cell('spec'), kind, 'offer')
  const [spec] = specs.map((one) => reader.take('spec', one, {}))
  checkTogether(reader, offer)
  if (kind === null || reader.problems.length > 0) return { ok: false, problems: reader.problems }
  return { ok: true, offer: { ...offer, kind, spec: spec ?? {} } }
}

/** The part that is kept, and for whom: both or neither. */
function readWish(reader: RowReader<OfferColumn>): RoundOffer['wish'] {
  const percent = reader.take('kept_percent', numberCell(reader.cell('kept_percent'), 0, 100), null)
  const authorities = reader.take('kept_for', authoritiesCell(reader.cell('kept_for')), [])
  if (reader.cell('kept_for') === '' && (percent ?? 0) > 0) reader.take('kept_for', mistake('required'), [])
  if (reader.cell('kept_for') !== '' && percent === null && reader.cell('kept_percent') === '')
    reader.take('kept_percent', mistake('required'), null)
  return percent === null || percent === 0 || authorities.length === 0 ? null : { authorities, share: percent / 100 }
}

/** What each cell may be is one thing; what they say together is another. */
function checkTogether(reader: RowReader<OfferColumn>, offer: Omit<RoundOffer, 'kind' | 'spec'>): void {
  const { quantity, minPerSchool, maxPerSchool, validFrom, validTo } = offer
  if (reader.problems.length > 0) return
  if (minPerSchool !== null && minPerSchool > quantity) {
    reader.note(
      'min_per_school',
      message('batch.row.lot-over-quantity', { quantity }),
      message('batch.hint.lot-over-quantity'),
    )
  }
  if (maxPerSchool === 0) {
    const lowest = mistake('range', { lowest: 1, highest: largestQuantity })
    reader.take('max_per_school', lowest, null)
  } else if (minPerSchool !== null && maxPerSchool !== null && maxPerSchool < minPerSchool) {
    reader.note(
      'max_per_school',
      message('batch.row.most-under-least', { least: minPerSchool }),
      message('batch.hint.most-under-least'),
    )
  }
  if (validFrom !== null && validTo !== null && validTo < validFrom) {
    reader.take('valid_to', wrong(message('batch.row.ends-first'), message('batch.hint.ends-first')), null)
  }
}
