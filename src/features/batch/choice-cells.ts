import { authorityCodes, authorityMeant } from '../authorities/index.js'
import { listOf, read, wrong, type Cell } from '../../shared/csv-cell.js'
import { message } from '../../shared/message.js'
import { fold } from '../../shared/text.js'

/** Codes of authorities between `|`; empty when nothing is stated. */
export function authoritiesCell(cell: string): Cell<readonly string[]> {
  const found: string[] = []
  for (const name of listOf(cell)) {
    const authority = authorityMeant(name)
    if (authority === null) {
      const codes = [...authorityCodes]
      return wrong(message('batch.row.authority-unknown', { name }), message('batch.hint.authority-unknown', { codes }))
    }
    found.push(authority)
  }
  return read(found)
}

/** What the rows of `offers.csv` name, rejected ones included. */
export interface NamedOffers {
  readonly ids: ReadonlySet<string>
  /** Of companies, as partners are told apart. */
  readonly companyIds: ReadonlySet<string>
}

/** Two spellings of one name are one partner. */
export const companyIdOf = (company: string): string => fold(company) || company

/** Ids of offers, and where `companies` may stand too their names, between `|`. */
export function offersCell(
  cell: string,
  { ids, companyIds }: NamedOffers,
  companies: boolean,
): Cell<readonly string[]> {
  const found: string[] = []
  for (const name of listOf(cell)) {
    const companyId = companyIdOf(name)
    if (ids.has(name)) found.push(name)
    else if (companies && companyIds.has(companyId)) found.push(companyId)
    else return wrong(message('batch.row.offer-unknown', { name }), message('batch.hint.offer-unknown'))
  }
  return read(found)
}
