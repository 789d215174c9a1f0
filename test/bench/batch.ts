import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'csv-stringify/sync'
import { writeSpecCell } from '../../src/features/catalogue/index.js'
import type { RoundInput, RoundOffer } from '../../src/features/planning/index.js'
import { roundInstance } from '../support/instances.js'

// The batch tool on seeded files, as a process of its own: from three CSV files to the plan and its report.

const command = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url))
const csv = (rows: readonly object[]): string => stringify([...rows], { header: true })
const yesNo = (value: boolean): string => (value ? 'yes' : 'no')

const placesOf = ({ territory }: RoundOffer): string => {
  if (territory.scope === 'national') return 'BA'
  return (territory.scope === 'authorities' ? territory.authorities : territory.municipalities).join('|')
}

function writeFiles(folder: string, { schools, offers, needs }: RoundInput): void {
  const schoolRows = schools.map(({ id, name, authority, municipality, level, isBranch, has }) => ({
    school_id_govt: id,
    school_name: name,
    admin1: authority,
    admin2: municipality,
    education_level_govt: level ?? '',
    parent_school_id_govt: isBranch ? 'school-0' : '',
    num_students: 100,
    connectivity_govt: yesNo(has.connectivity),
    electricity_availability: yesNo(has.electricity),
    num_computers: has.devices ? 12 : 0,
    num_tablets: 0,
  }))
  const offerRows = offers.map((offer) => ({
    offer_id: offer.id,
    company: offer.company,
    kind: offer.kind,
    quantity: offer.quantity,
    territory: placesOf(offer),
    min_per_school: offer.minPerSchool,
    max_per_school: offer.maxPerSchool,
    levels: offer.levels.join('|'),
    spec: writeSpecCell(offer.spec),
    valid_from: offer.validFrom,
    valid_to: offer.validTo,
    lead_days: offer.leadDays,
  }))
  const needRows = needs.map(({ id, schoolId, kind, quantity, spec, urgency, deadline }) => ({
    need_id: id,
    school_id_govt: schoolId,
    kind,
    quantity,
    spec: writeSpecCell(spec),
    urgency,
    deadline,
  }))
  writeFileSync(join(folder, 'schools.csv'), csv(schoolRows))
  writeFileSync(join(folder, 'offers.csv'), csv(offerRows))
  writeFileSync(join(folder, 'needs.csv'), csv(needRows))
}

const folder = mkdtempSync(join(tmpdir(), 'spona-bench-'))
try {
  for (const [needs, offers] of [
    [1000, 100],
    [10_000, 1000],
  ] as const) {
    writeFiles(folder, roundInstance(1, { needs, offers }))
    const files = ['schools', 'offers', 'needs'].flatMap((name) => [`--${name}`, join(folder, `${name}.csv`)])
    const started = performance.now()
    execFileSync(process.execPath, [command, 'match', ...files, '--out', folder, '--today', '2026-12-01'])
    const wall = (performance.now() - started) / 1000
    const summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as Record<string, unknown>
    const { seconds, rss_mb, rejected_rows, units_needed, units_served, certified } = summary
    const report = statSync(join(folder, 'report.html')).size
    const figures = { seconds, rss_mb, rejected_rows, units_needed, units_served, certified, report }
    process.stdout.write(`${needs} × ${offers}: ${wall.toFixed(2)} s ${JSON.stringify(figures)}\n`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
