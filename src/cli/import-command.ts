import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.js'
import { importSchools, type SchoolImport } from '../features/schools/index.js'
import { loadWords } from '../locales/words.js'
import { isLocale, locales } from '../shared/locale.js'
import { message, type Translate } from '../shared/message.js'
import { rejectedCsv } from '../shared/rejected-csv.js'
import { openServices } from '../start.js'
import { UnusableCall } from './call.js'

const help = `Usage: npm run cli -- import schools FILE.csv [options]

  --rejected FILE.csv   write every rejected row there, with what to do about it
  --language LANGUAGE   ${locales.join(', ')} (en)

Takes a school file (Giga names; README lists the columns) into the register, row by row. The same file again changes nothing.
With the embedded database (no MONGODB_URI), stop Spona first: one program at a time has the data open.
`

const options = {
  rejected: { type: 'string' },
  language: { type: 'string', default: 'en' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Problems that are told on the terminal; all of them go to `--rejected`. */
const mostTold = 20

/** Imports a file into the database of the environment. Returns the exit code: rejected rows are no failure. */
export async function importCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  if (values.help === true) {
    process.stdout.write(help)
    return 0
  }
  const [what, path, ...rest] = positionals
  if (what !== 'schools' || path === undefined || rest.length > 0) {
    throw new UnusableCall('import: say import schools FILE.csv; import --help lists the options.')
  }
  if (!isLocale(values.language))
    throw new UnusableCall(`--language: ${values.language} is none of ${locales.join(', ')}.`)
  const { t } = loadWords()(values.language)
  const report = await take(path)
  process.stdout.write(wordsOf(report, basename(path), t))
  if (values.rejected !== undefined) await write(values.rejected, rejectedCsv(report.rejected, t))
  return 0
}

async function take(path: string): Promise<SchoolImport> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UnusableCall(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  })
  const services = await openServices({ ...readConfig(), LOG_LEVEL: 'warn' })
  try {
    return await importSchools(services.schools.register, bytes, basename(path))
  } finally {
    await services.database.close()
  }
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    throw new UnusableCall(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}.`)
  })
}

function wordsOf(report: SchoolImport, file: string, t: Translate): string {
  const { rows, added, changed, unchanged, rejectedRows, rejected, unknownColumns } = report
  const more = rejected.length - mostTold
  return [
    t('schools.import.summary', { file, rows, added, changed, unchanged, rejected: rejectedRows }),
    ...(unknownColumns.length === 0 ? [] : [t('schools.import.unknown-columns', { columns: [...unknownColumns] })]),
    ...rejected.slice(0, mostTold).map(({ line, column, value, problem, hint }) => {
      const where = message('schools.import.where', { line: String(line), column, value })
      return t('schools.import.rejected', { where, problem, hint })
    }),
    ...(more > 0 ? [t('schools.import.more', { count: more, option: '--rejected FILE.csv' })] : []),
    '',
  ].join('\n')
}
