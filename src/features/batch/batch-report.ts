import { intlTags, type Locale } from '../../shared/locale.js'
import { message, type Message, type Translate } from '../../shared/message.js'
import type { BatchInput } from './batch-input.js'
import type { BatchSummary } from './batch-plan.js'
import { barChart } from './report-chart.js'
import { html, Markup } from './markup.js'
import {
  authorityTable,
  kindTable,
  planTable,
  reasonTable,
  rejectedTable,
  tierTable,
  unmatchedTable,
  type Answered,
  type ReportWords,
} from './report-tables.js'

/** Rows shown of the long tables; the CSV files have all. */
const most = 100

const style = `
:root { color-scheme: light; --ink: #16212b; --quiet: #4a5763; --line: #b8c2cc; --needed: #c9d6df; --served: #14606a; --paper: #fff }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem } h2 { margin: 2.5rem 0 .5rem; font-size: 1.4rem }
.quiet { color: var(--quiet) } svg { max-width: 100%; height: auto; font: 15px system-ui, sans-serif; fill: var(--ink) }
.needed { fill: var(--needed) } .served { fill: var(--served) }
.key { display: inline-block; width: .9em; height: .9em; margin: 0 .35em 0 0; vertical-align: -.08em }
.key.needed { background: var(--needed) } .key.served { background: var(--served) } .key + span { margin-right: 1.2em }
.table { overflow-x: auto } .table:focus-visible { outline: 3px solid var(--served); outline-offset: 2px }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 } caption { text-align: left; font-weight: 600; padding: .4rem 0 }
th, td { text-align: left; vertical-align: top; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line) }
th[scope=row] { font-weight: 400 } .number { text-align: right; font-variant-numeric: tabular-nums }
dl { display: grid; grid-template-columns: fit-content(50%) minmax(0, 1fr); gap: .2rem 1.5rem } dt { color: var(--quiet) } dd { margin: 0; overflow-wrap: anywhere }
@media print { body { max-width: none; padding: 0 } .table { overflow: visible } }
`

/** `report.html`: one file without script, in one language, with every figure of the chart in a table too. */
export function batchReport(
  answered: Answered,
  summary: BatchSummary,
  words: ReportWords & { readonly locale: Locale },
): string {
  const { t, locale } = words
  const page = html`<!doctype html>
    <html lang="${intlTags[locale]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${t('batch.report.title')}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <main>
          ${introduction(answered, summary, words)}
          <h2>${t('batch.report.by-tier')}</h2>
          ${tierChart(answered, words)} ${tierTable(answered, words)}
          <h2>${t('batch.report.where')}</h2>
          ${kindTable(answered, words)} ${authorityTable(answered, words)} ${proposals(answered, words)}
          ${shortfalls(answered, words)} ${rejections(answered, words)} ${computation(answered, summary, words)}
        </main>
      </body>
    </html> `
  return page.text
}

/** What the plan strives for, and under which policy. */
const policyName = ({ round: { policy } }: BatchInput): Message =>
  message('batch.report.policy-name', { plan: message(`round-pages.plan.${policy.plan}`), version: policy.version })

function introduction({ batch, plan }: Answered, summary: BatchSummary, { t, formats }: ReportWords): Markup {
  const { units_needed: needed, units_served: served, objective, bound, certified } = summary
  const share = needed === 0 ? formats.percent(0) : formats.percent(served / needed)
  const reached = bound === 0 ? 1 : objective / bound
  return html`<h1>${t('batch.report.title')}</h1>
    <p class="quiet">${t('batch.report.made', { date: { date: batch.round.today }, policy: policyName(batch) })}</p>
    <p>
      ${t('batch.report.served-of', { served, needed, share })}
      ${t('batch.report.proposals', { count: plan.proposals.length })}
    </p>
    <p>
      ${t(certified ? 'batch.report.proven' : 'batch.report.not-proven', { reached: formats.percent(Math.floor(reached * 1000) / 1000) })}
    </p>`
}

function tierChart({ plan }: Answered, { t, formats }: ReportWords): Markup {
  const bars = plan.figures.tiers.map(({ tier, unitsNeeded, unitsServed }) => ({
    label: t('batch.report.tier-short', { tier }),
    needed: unitsNeeded,
    served: unitsServed,
    figure: t('batch.report.of', { served: formats.number(unitsServed), needed: formats.number(unitsNeeded) }),
  }))
  return html`<p>
      <span class="key served"></span><span>${t('batch.report.served')}</span><span class="key needed"></span
      ><span>${t('batch.report.needed')}</span>
    </p>
    ${barChart(t('batch.report.chart'), bars)}`
}

/** A heading, how many of the rows are shown and where the others are, and the table; nothing where there is none. */
function section(title: string, count: number, shown: string, rows: Markup): Markup {
  if (count === 0) return html``
  return html`<h2>${title}</h2>
    <p class="quiet">${shown}</p>
    ${rows}`
}

const shownOf = (key: string, count: number, file: string, t: Translate): string =>
  t(key, { shown: Math.min(count, most), count, file })

function proposals(answered: Answered, words: ReportWords): Markup {
  const { t } = words
  const count = answered.plan.proposals.length
  const shown = shownOf('batch.report.shown', count, 'plan.csv', t)
  return section(t('batch.report.plan'), count, shown, planTable(answered, most, words))
}

function shortfalls(answered: Answered, words: ReportWords): Markup {
  const { t } = words
  const count = answered.plan.unmatched.length
  const shown = shownOf('batch.report.shown', count, 'unmatched.csv', t)
  const tables = html`${reasonTable(answered, words)} ${unmatchedTable(answered, most, words)}`
  return section(t('batch.report.unmatched'), count, shown, tables)
}

function rejections(answered: Answered, words: ReportWords): Markup {
  const { t } = words
  const count = answered.batch.problems.length
  const shown = shownOf('batch.report.rejected-shown', count, 'rejected.csv', t)
  return section(t('batch.report.rejected'), count, shown, rejectedTable(answered, most, words))
}

function computation({ batch }: Answered, summary: BatchSummary, { t, formats }: ReportWords): Markup {
  const rows: readonly (readonly [string, string])[] = [
    ['inputs', t('batch.report.counts', { schools: summary.schools, offers: summary.offers, needs: summary.needs })],
    ['partners', t('batch.report.partner-counts', summary.partners)],
    ['seconds', formats.number(summary.seconds.total)],
    ['memory', `${formats.number(summary.rss_mb)} MB`],
    ['policy', t(policyName(batch))],
    ['hash', summary.input_hash],
  ]
  return html`<h2>${t('batch.report.computed')}</h2>
    <dl>
      ${rows.map(
        ([name, value]) =>
          html`<dt>${t(`batch.report.${name}`)}</dt>
            <dd>${value}</dd> `,
      )}
    </dl>`
}
