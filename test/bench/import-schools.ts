import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../src/db/connect.js'
import { createIndexes } from '../../src/db/indexes.js'
import { municipalities } from '../../src/features/authorities/index.js'
import { createSchoolService, importSchools, schoolColumns } from '../../src/features/schools/index.js'

// node dist/test/bench/import-schools.js [ROWS]: a school file of so many rows into a fresh database on disk, twice.
const rows = Number(process.argv[2] ?? 10_000)

function rowOf(at: number): string {
  const place = municipalities[at % municipalities.length]
  const isBranch = at % 2 === 1
  const cells: Partial<Record<keyof typeof schoolColumns, string | number>> = {
    school_id_govt: `S${at}`,
    school_name: `Osnovna škola Đurđevik ${at}`,
    latitude: place?.latitude ?? '',
    longitude: place?.longitude ?? '',
    education_level_govt: 'Primary',
    admin1: place?.authority ?? '',
    admin2: place?.slug ?? '',
    // A branch is in another municipality than its central school, as happens at borders.
    parent_school_id_govt: isBranch ? `S${at - 1}` : '',
    school_area_type: isBranch ? 'rural' : 'urban',
    num_students: 20 + (at % 400),
    connectivity_govt: at % 3 === 0 ? 'no' : 'yes',
    download_speed_contracted: at % 3 === 0 ? '' : at % 100,
    electricity_availability: 'yes',
    num_computers: at % 30,
    num_tablets: at % 10,
    teachers_trained: at % 5,
    num_students_vulnerable: at % 20,
  }
  return Object.keys(schoolColumns)
    .map((name) => cells[name as keyof typeof schoolColumns] ?? '')
    .join(',')
}

const file = [Object.keys(schoolColumns).join(','), ...Array.from({ length: rows }, (_, at) => rowOf(at))].join('\n')
const bytes = new TextEncoder().encode(file)
const directory = mkdtempSync(join(tmpdir(), 'spona-bench-'))
const database = await openDatabase({ directory })
try {
  const schools = createSchoolService(database.connection)
  await createIndexes(database.connection)
  for (const run of ['first', 'second']) {
    const started = performance.now()
    const report = await importSchools(schools.register, bytes, 'schools.csv')
    const seconds = (performance.now() - started) / 1000
    const { added, changed, unchanged, rejectedRows } = report
    process.stdout.write(
      `${run} run: ${rows} rows in ${seconds.toFixed(2)} s, ${Math.round(rows / seconds)} rows/s ` +
        `(${added} added, ${changed} changed, ${unchanged} unchanged, ${rejectedRows} rejected)\n`,
    )
  }
} finally {
  await database.close()
  rmSync(directory, { recursive: true, force: true })
}
