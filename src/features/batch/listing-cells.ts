import { authorityCodes, authorityMeant, municipalitiesOf, municipalityNamed } from '../authorities/index.js'
import {
  dimensionsFor,
  isKindCode,
  kindsFor,
  parseSpecCell,
  readSpecification,
  type KindCode,
  type Side,
  type Specification,
} from '../catalogue/index.js'
import { listOf, mistake, read, wholeCell, wrong, type Cell } from '../../shared/csv-cell.js'
import { message } from '../../shared/message.js'
import { largestQuantity } from '../../shared/quantity.js'
import type { Territory } from '../../shared/territory.js'

/** A kind that may stand on this side: refurbished devices and money are offered and never needed. */
export function kindCell(cell: string, side: Side): Cell<KindCode | null> {
  if (cell === '') return mistake('required')
  const code = cell.toUpperCase()
  const allowed = kindsFor(side).map((kind) => kind.code)
  return isKindCode(code) && allowed.includes(code) ? read(code) : mistake('choice', { choices: allowed })
}

/** A whole number from 1. */
export function quantityCell(cell: string): Cell<number> {
  const value = wholeCell(cell, largestQuantity)
  if (!value.ok) return value
  if (value.value === null) return mistake('required')
  return value.value === 0 ? mistake('range', { lowest: 1, highest: largestQuantity }) : read(value.value)
}

/**
 * `BA`, codes of authorities, slugs of municipalities (or names that only one has), between `|`; empty = the whole
 * country. A list of both stands for the municipalities, with all of those of the authorities.
 */
export function territoryCell(cell: string): Cell<Territory> {
  const authorities = new Set<string>()
  const municipalities = new Set<string>()
  for (const part of listOf(cell)) {
    if (part.toUpperCase() === 'BA') return read({ scope: 'national' })
    const authority = authorityMeant(part)
    if (authority !== null) {
      authorities.add(authority)
      continue
    }
    const found = municipalityNamed(part)
    if (!found.ok)
      return placeNotFound(
        part,
        found.candidates.map(({ slug }) => slug),
      )
    municipalities.add(found.municipality.slug)
  }
  if (municipalities.size > 0) {
    const all = authorityCodes.filter((code) => authorities.has(code)).flatMap((code) => municipalitiesOf(code))
    return read({
      scope: 'municipalities',
      municipalities: [...new Set([...municipalities, ...all.map(({ slug }) => slug)])],
    })
  }
  if (authorities.size > 0) return read({ scope: 'authorities', authorities: [...authorities] })
  return read({ scope: 'national' })
}

const placeNotFound = (name: string, slugs: readonly string[]): Cell<never> =>
  slugs.length > 1
    ? wrong(message('batch.row.place-ambiguous', { name }), message('batch.hint.place-ambiguous', { slugs }))
    : wrong(
        message('batch.row.place-unknown', { name }),
        message('batch.hint.place-unknown', { codes: [...authorityCodes] }),
      )

/** What the kind's schema knows; everything may be missing, nothing may be unknown. All problems, or the specification. */
export function specificationCells(cell: string, kind: KindCode, side: Side): readonly Cell<Specification>[] {
  const hint = message('batch.hint.spec', { keys: dimensionsFor(kind, side).map(({ name }) => name) })
  const parsed = parseSpecCell(cell)
  if (!parsed.ok) return [wrong(message('batch.row.spec-pair', { part: parsed.part.slice(0, 60) }), hint)]
  const checked = readSpecification(kind, side, parsed.spec, 'stated')
  return checked.ok ? [read(checked.spec)] : checked.problems.map(({ words }) => wrong(words, hint))
}
