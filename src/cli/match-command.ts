import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  batchReport,
  planCsv,
  readBatch,
  summaryOf,
  unmatchedCsv,
  type BatchFile,
  type BatchInput,
  type BatchOutcome,
} from '../features/batch/index.js'
import { readPolicy } from '../features/policies/index.js'
import { isPlanKey, planKeys, planRound, type PlanKey, type Policy } from '../features/planning/index.js'
import { formatsOf } from '../locales/formats.js'
import { loadWords } from '../locales/words.js'
import { dateInBosnia } from '../shared/clock.js'
import { dateCell } from '../shared/csv-cell.js'
import { isLocale, locales, type Locale } from '../shared/locale.js'
import type { Translate } from '../shared/message.js'
import { rejectedCsv } from '../shared/rejected-csv.js'
import { UnusableCall } from './call.js'

const help = `Usage: npm run match -- --schools S.csv --offers O.csv --needs N.csv --out DIR [options]

  --schools FILE        school units, one a row (docs/batch.md lists the columns of all files)
  --offers FILE         offers of companies
  --needs FILE          needs of school units
  --out DIR             where plan.csv, unmatched.csv, rejected.csv, summary.json and report.html are written
  --policy FILE.json    a published policy, as /policies/2.json gives it (the first one): weights, tiers, points, limits
  --plan PLAN           ${planKeys.join(', ')} (as the policy says): what the plan strives for
  --today DATE          the day of the round, 2027-03-31 (today)
  --language LANGUAGE   ${locales.join(', ')} (en): the language of reasons and report

Exit code 0 when a plan was written, rejected rows included; 2 when the call or a file cannot be used; 1 for a defect.
`

const options = {
  schools: { type: 'string' },
  offers: { type: 'string' },
  needs: { type: 'string' },
  out: { type: 'string' },
  today: { type: 'string' },
  policy: { type: 'string' },
  plan: { type: 'string' },
  language: { type: 'string', default: 'en' },
  help: { type: 'boolean', short: 'h' },
} as const

interface Call {
  readonly schools: string
  readonly offers: string
  readonly needs: string
  readonly out: string
  readonly today: string
  readonly policy: string | null
  readonly plan: PlanKey | undefined
  readonly locale: Locale
}

/** Matches the needs of three files with their offers, without a database. Returns the exit code. */
export async function matchCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options })
  if (values.help === true) {
    process.stdout.write(help)
    return 0
  }
  const call = callOf(values)
  const started = performance.now()
  const { t } = loadWords()(call.locale)
  const [schools, offers, needs] = await Promise.all([fileAt(call.schools), fileAt(call.offers), fileAt(call.needs)])
  const policy = call.policy === null ? {} : { policy: await policyAt(call.policy) }
  const batch = readBatch({ schools, offers, needs }, { today: call.today, plan: call.plan, ...policy })
  const read = (performance.now() - started) / 1000
  const { plans, inputHash } = planRound(batch.round)
  const { texts, summary } = answer(call, batch, { plan: plans[0], inputHash }, { t, started, read })
  await writeAll(call.out, texts)
  process.stdout.write(told(call, batch, summary, t))
  return 0
}

function callOf(values: Readonly<Record<string, string | boolean | undefined>>): Call {
  const text = (name: 'schools' | 'offers' | 'needs' | 'out'): string => {
    const value = values[name]
    if (typeof value === 'string' && value !== '') return value
    throw new UnusableCall(`match: --${name} is missing; match --help lists the options.`)
  }
  const { language, today, plan, policy } = values
  if (!isLocale(language)) throw new UnusableCall(`--language: ${String(language)} is none of ${locales.join(', ')}.`)
  if (plan !== undefined && !isPlanKey(plan))
    throw new UnusableCall(`--plan: ${String(plan)} is none of ${planKeys.join(', ')}.`)
  const day = dateCell(typeof today === 'string' ? today : dateInBosnia(new Date()))
  if (!day.ok || day.value === null) throw new UnusableCall(`--today: ${String(today)} is no date such as 2027-03-31.`)
  return {
    schools: text('schools'),
    offers: text('offers'),
    needs: text('needs'),
    out: text('out'),
    today: day.value,
    policy: typeof policy === 'string' ? policy : null,
    plan,
    locale: language,
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function fileAt(path: string): Promise<BatchFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UnusableCall(`${path} cannot be read: ${reasonOf(error)}.`)
  })
  return { name: basename(path), bytes }
}

async function policyAt(path: string): Promise<Policy> {
  const policy = readPolicy(Buffer.from((await fileAt(path)).bytes).toString('utf8'))
  if (policy === null) throw new UnusableCall(`--policy: ${path} holds no published policy (see /policies/1.json).`)
  return policy
}

interface Work {
  readonly t: Translate
  readonly started: number
  readonly read: number
}

/** Everything that is written, by name of the file; the report last, because it states the effort. */
function answer({ locale }: Call, batch: BatchInput, outcome: BatchOutcome, { t, started, read }: Work) {
  const plan = planCsv(outcome.plan, t)
  const unmatched = unmatchedCsv(outcome.plan, t)
  const rejected = rejectedCsv(batch.problems, t)
  const memory = process.resourceUsage().maxRSS * 1024
  const summary = summaryOf(batch, outcome, { read, total: (performance.now() - started) / 1000, memory })
  const report = batchReport({ batch, plan: outcome.plan }, summary, { t, locale, formats: formatsOf(locale) })
  const texts = {
    'plan.csv': plan,
    'unmatched.csv': unmatched,
    'rejected.csv': rejected,
    'summary.json': `${JSON.stringify(summary, null, 2)}\n`,
    'report.html': report,
  }
  return { texts, summary }
}

async function writeAll(folder: string, texts: Readonly<Record<string, string>>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text)
  } catch (error) {
    throw new UnusableCall(`${folder} cannot be written: ${reasonOf(error)}.`)
  }
}

function told({ out }: Call, batch: BatchInput, summary: ReturnType<typeof summaryOf>, t: Translate): string {
  const { units_served: served, units_needed: needed, rejected_rows: rejected, seconds } = summary
  return [
    t('batch.told.plan', { served, needed, seconds: seconds.total, folder: out }),
    ...(rejected === 0 ? [] : [t('batch.told.rejected', { count: rejected })]),
    ...batch.unknownColumns.map(({ file, columns }) =>
      t('batch.told.unknown-columns', { file, columns: [...columns] }),
    ),
    '',
  ].join('\n')
}
