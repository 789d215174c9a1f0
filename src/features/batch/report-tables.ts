import type { Translate } from '../../shared/message.js'
import { areaOf } from '../authorities/index.js'
import { kindName } from '../catalogue/index.js'
import { reasonCodes, type RoundPlan } from '../planning/index.js'
import type { BatchInput } from './batch-input.js'
import { html, type Markup } from './markup.js'

/** Numbers and shares as the reader's language writes them. */
export interface ReportFormats {
  readonly number: (value: number) => string
  readonly percent: (share: number) => string
  readonly date: (iso: string) => string
}

export interface ReportWords {
  readonly t: Translate
  readonly formats: ReportFormats
}

export interface Answered {
  readonly batch: BatchInput
  readonly plan: RoundPlan
}

/** A figure is written out already and set as a number is. */
type Cell = string | number | { readonly figure: string }

/** Numbers are set to the right. The first cell of a row names it. */
function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  { formats }: ReportWords,
): Markup {
  const numeric = heads.map((_, at) => rows.every((row) => typeof row[at] !== 'string'))
  const mark = (at: number): Markup => html`${numeric[at] === true && rows.length > 0 ? html` class="number"` : html``}`
  const print = (cell: Cell): string => {
    if (typeof cell === 'object') return cell.figure
    return typeof cell === 'number' ? formats.number(cell) : cell
  }
  const body = rows.map((row) => {
    const [name = '', ...rest] = row
    return html`<tr>
      <th scope="row" ${mark(0)}>${print(name)}</th>
      ${rest.map((cell, at) => html`<td${mark(at + 1)}>${print(cell)}</td>`)}
    </tr> `
  })
  return html`<div class="table" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads.map((head, at) => html`<th scope="col" ${mark(at)}>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`
}

export function tierTable({ plan }: Answered, words: ReportWords): Markup {
  const { t, formats } = words
  const rows = plan.figures.tiers.map(({ tier, unitsNeeded, unitsServed }) => [
    t(`rounds.tier.${tier}`),
    unitsNeeded,
    unitsServed,
    { figure: unitsNeeded === 0 ? '–' : formats.percent(unitsServed / unitsNeeded) },
  ])
  const heads = ['tier', 'needed', 'served', 'share'].map((head) => t(`batch.report.${head}`))
  return table(t('batch.report.by-tier'), heads, rows, words)
}

/** Needed and served units by some property of the needs, the largest first. */
function groupTable(answered: Answered, words: ReportWords, by: 'kind' | 'authority'): Markup {
  const { t, formats } = words
  const { round } = answered.batch
  const authorityOf = new Map(round.schools.map(({ id, authority }) => [id, authority]))
  const missing = new Map(answered.plan.unmatched.map((need) => [need.needId, need.missing]))
  const groups = new Map<string, { needs: number; needed: number; served: number }>()
  for (const { id, schoolId, kind, quantity } of round.needs) {
    const key = by === 'kind' ? kind : (authorityOf.get(schoolId) ?? '')
    const group = groups.get(key) ?? { needs: 0, needed: 0, served: 0 }
    group.needs += 1
    group.needed += quantity
    group.served += quantity - (missing.get(id) ?? 0)
    groups.set(key, group)
  }
  const name = (key: string): string =>
    by === 'kind' ? t('batch.report.named', { name: kindName(key) }) : t('batch.report.named', { name: areaOf(key) })
  const rows = [...groups]
    .sort(([one, first], [other, second]) => second.needed - first.needed || (one < other ? -1 : 1))
    .map(([key, { needs, needed, served }]) => [
      name(key),
      needs,
      needed,
      served,
      { figure: formats.percent(served / needed) },
    ])
  const heads = [by, 'needs', 'needed', 'served', 'share'].map((head) => t(`batch.report.${head}`))
  return table(t(`batch.report.by-${by}`), heads, rows, words)
}

export const kindTable = (answered: Answered, words: ReportWords): Markup => groupTable(answered, words, 'kind')
export const authorityTable = (answered: Answered, words: ReportWords): Markup =>
  groupTable(answered, words, 'authority')

/** Why needs miss something: how many needs, how many units. */
export function reasonTable({ plan }: Answered, words: ReportWords): Markup {
  const { t } = words
  const rows = reasonCodes.flatMap((code) => {
    const found = plan.unmatched.filter(({ reasonCode }) => reasonCode === code)
    const units = found.reduce((sum, { missing }) => sum + missing, 0)
    return found.length === 0 ? [] : [[t(`batch.report.reason-code.${code}`), found.length, units]]
  })
  const heads = ['reason', 'needs', 'missing'].map((head) => t(`batch.report.${head}`))
  return table(t('batch.report.by-reason'), heads, rows, words)
}

export function planTable({ batch, plan }: Answered, most: number, words: ReportWords): Markup {
  const { t } = words
  const schoolOf = new Map(batch.round.schools.map((school) => [school.id, school.name]))
  const companyOf = new Map(batch.round.offers.map((offer) => [offer.id, offer.company]))
  const first = [...plan.proposals].sort((one, other) => one.tier - other.tier).slice(0, most)
  const rows = first.map(({ needId, schoolId, kind, quantity, offerId, tier, reason }) => [
    needId,
    schoolOf.get(schoolId) ?? schoolId,
    t('batch.report.named', { name: kindName(kind) }),
    quantity,
    `${companyOf.get(offerId) ?? ''} (${offerId})`,
    String(tier),
    t(reason),
  ])
  const heads = ['need', 'school', 'kind', 'quantity', 'offer', 'tier', 'reason'].map((head) =>
    t(`batch.report.${head}`),
  )
  return table(t('batch.report.plan'), heads, rows, words)
}

export function unmatchedTable({ batch, plan }: Answered, most: number, words: ReportWords): Markup {
  const { t } = words
  const schoolOf = new Map(batch.round.schools.map((school) => [school.id, school.name]))
  const first = [...plan.unmatched].sort((one, other) => one.tier - other.tier).slice(0, most)
  const rows = first.map(({ needId, schoolId, kind, missing, tier, reason }) => [
    needId,
    schoolOf.get(schoolId) ?? schoolId,
    t('batch.report.named', { name: kindName(kind) }),
    missing,
    String(tier),
    t(reason),
  ])
  const heads = ['need', 'school', 'kind', 'missing', 'tier', 'reason'].map((head) => t(`batch.report.${head}`))
  return table(t('batch.report.unmatched'), heads, rows, words)
}

export function rejectedTable({ batch }: Answered, most: number, words: ReportWords): Markup {
  const { t } = words
  const rows = batch.problems
    .slice(0, most)
    .map(({ file, line, column, value, problem, hint }) => [file, String(line), column, value, t(problem), t(hint)])
  const heads = ['file', 'line', 'column', 'value', 'problem', 'hint'].map((head) => t(`batch.report.${head}`))
  return table(t('batch.report.rejected'), heads, rows, words)
}
