import assert from 'node:assert/strict'
import { openDatabase, type Database } from '../../src/db/connect.js'
import { createIndexes } from '../../src/db/indexes.js'
import { createSchoolService, importSchools, type SchoolService } from '../../src/features/schools/index.js'
import type { Actor } from '../../src/shared/actor.js'
import { UnreadableFileError } from '../../src/shared/csv-file.js'
import { NotFoundError } from '../../src/shared/errors.js'
import { aSchool } from '../support/builders-register.js'

const actor = (role: Actor['role'], belonging: Partial<Actor> = {}): Actor => ({
  id: 'f'.repeat(24),
  name: 'Somebody',
  role,
  organisation: null,
  authorities: new Set(),
  ...belonging,
})
const everybody = actor('national-coordinator')

describe('the school register', () => {
  let database: Database
  let schools: SchoolService

  beforeEach(async () => {
    database = await openDatabase({ directory: null })
    schools = createSchoolService(database.connection)
    await createIndexes(database.connection)
  })
  afterEach(() => database.close())

  const bytes = (...lines: readonly string[]) => new TextEncoder().encode(lines.join('\n'))
  const take = (...lines: readonly string[]) => importSchools(schools.register, bytes(...lines), 'schools.csv')
  const names = async (who: Actor, filter = {}, cursor?: string) =>
    (await schools.list(who, filter, cursor)).items.map((unit) => unit.name)

  const header = 'school_id_govt,school_name,admin1,admin2,parent_school_id_govt,num_students,colour'
  const file = [
    header,
    'B1,Područna škola Kulen Vakuf,USK,bihac,C1,24,red',
    'C1,OŠ Prva,USK,bihac,,300,',
    'C2,OŠ Druga,TK,Tuzla,,many,',
    'C1,OŠ Prva opet,USK,bihac,,300,',
    'B2,Područna škola Trnovac,TK,tuzla,C2,10,',
    'C3,ОШ Ђурђевик,TK,zivinice,,200,',
  ]

  it('takes a file row by row: each is stored, or reported with line, column, value and what to do', async () => {
    const report = await take(...file)
    assert.deepEqual(
      [report.rows, report.added, report.changed, report.unchanged, report.rejectedRows],
      [6, 3, 0, 0, 3],
    )
    assert.deepEqual(
      report.rejected.map(({ line, column, value, problem, hint }) => [line, column, value, problem.key, hint.key]),
      [
        [4, 'num_students', 'many', 'files.row.whole-number', 'files.hint.whole-number'],
        [5, 'school_id_govt', 'C1', 'files.row.duplicate', 'files.hint.duplicate'],
        [6, 'parent_school_id_govt', 'C2', 'schools.row.parent-rejected', 'schools.hint.parent-rejected'],
      ],
    )
    assert.deepEqual(report.unknownColumns, ['colour'])
    assert.deepEqual(await names(everybody), ['ОШ Ђурђевик', 'OŠ Prva', 'Područna škola Kulen Vakuf'])
  })

  it('changes nothing when the same file comes again, and what has changed when it has', async () => {
    await take(...file)
    const before = await schools.allUnits()
    const again = await take(...file)
    assert.deepEqual([again.added, again.changed, again.unchanged], [0, 0, 3])
    assert.deepEqual(await schools.allUnits(), before)

    const corrected = await take(header, 'C1,OŠ Prva,USK,bihac,,310,', 'C2,OŠ Druga,TK,Tuzla,,90,')
    assert.deepEqual([corrected.added, corrected.changed, corrected.unchanged], [1, 1, 0])
    const rest = await take(header, 'B2,Područna škola Trnovac,TK,tuzla,C2,10,')
    assert.equal(rest.added, 1)
    assert.equal((await names(everybody)).length, 5)
  })

  it('refuses a file that is no school file, whole', async () => {
    await assert.rejects(take('name;place', 'a;b'), UnreadableFileError)
    assert.deepEqual(await names(everybody), [])
  })

  it('moves a branch with its facts to another central school', async () => {
    await schools.register([
      aSchool({ schoolIdGovt: 'A' }),
      aSchool({ schoolIdGovt: 'B' }),
      aSchool({ schoolIdGovt: 'P', parentSchoolIdGovt: 'A' }),
    ])
    const moved = await schools.register([aSchool({ schoolIdGovt: 'P', parentSchoolIdGovt: 'B' })])
    assert.equal(moved.changed, 1)
    const units = new Map((await schools.allUnits()).map((unit) => [unit.schoolIdGovt, unit]))
    assert.equal(units.get('P')?.centralId, units.get('B')?.id)
    assert.equal(units.get('A')?.centralId, units.get('A')?.id)
    const refused = await schools.register([aSchool({ schoolIdGovt: 'B', parentSchoolIdGovt: 'A' })])
    assert.deepEqual([...refused.problems], [['B', 'has-branches']])
  })

  it('is searched in either script, with or without marks, by the beginnings of words', async () => {
    await take(...file)
    for (const text of ['Ђурђевик', 'Đurđevik', 'djurdjevik', 'DURD', 'oš živinice', 'C3']) {
      assert.deepEqual(await names(everybody, { text }), ['ОШ Ђурђевик'], text)
    }
    assert.deepEqual(await names(everybody, { text: 'urdevik' }), [])
    assert.deepEqual(await names(everybody, { text: '.*' }), ['ОШ Ђурђевик', 'OŠ Prva', 'Područna škola Kulen Vakuf'])
  })

  it('is narrowed by place, tier, kind of unit and line', async () => {
    await schools.register([
      aSchool({ schoolIdGovt: 'A', name: 'A' }),
      aSchool({
        schoolIdGovt: 'B',
        name: 'B',
        parentSchoolIdGovt: 'A',
        connectivityGovt: false,
        municipality: 'cazin',
      }),
      aSchool({ schoolIdGovt: 'C', name: 'C', authority: 'TK', municipality: 'tuzla', connectivityGovt: null }),
    ])
    assert.deepEqual(await names(everybody, { authority: 'TK' }), ['C'])
    assert.deepEqual(await names(everybody, { municipality: 'cazin' }), ['B'])
    assert.deepEqual(await names(everybody, { unit: 'branch' }), ['B'])
    assert.deepEqual(await names(everybody, { unit: 'central' }), ['A', 'C'])
    assert.deepEqual(await names(everybody, { connectivity: 'no' }), ['B'])
    assert.deepEqual(await names(everybody, { connectivity: 'unknown' }), ['C'])
    const [a] = (await schools.list(everybody, { text: 'A' })).items
    assert.deepEqual(await names(everybody, { tier: a!.tier, unit: 'central', connectivity: 'yes' }), ['A'])
  })

  it('is in the order of names, numbers by their size', async () => {
    await schools.register(['Škola 27', 'Škola 3', 'Čitluk', 'Ćuprija', 'Bihać'].map((name) => aSchool({ name })))
    assert.deepEqual(await names(everybody), ['Bihać', 'Čitluk', 'Ćuprija', 'Škola 3', 'Škola 27'])
  })

  it('is read page by page, every unit once, names that are the same included', async () => {
    await schools.register(Array.from({ length: 45 }, (_, at) => aSchool({ name: `Škola ${at % 3}` })))
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await schools.list(everybody, {}, cursor)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    assert.equal(seen.length, 45)
    assert.equal(new Set(seen).size, 45)
    assert.equal((await schools.list(everybody, {}, 'nonsense')).items.length, 20)
  })

  it('shows a school its own units, a coordinator those of the authority, a company none', async () => {
    await schools.register([
      aSchool({ schoolIdGovt: 'A', name: 'A' }),
      aSchool({ schoolIdGovt: 'B', name: 'B', parentSchoolIdGovt: 'A' }),
      aSchool({ schoolIdGovt: 'C', name: 'C', authority: 'TK' }),
    ])
    const units = new Map((await schools.allUnits()).map((unit) => [unit.name, unit]))
    const [a, b, c] = ['A', 'B', 'C'].map((name) => units.get(name)?.id ?? '')
    const school = actor('school', { organisation: a! })
    assert.deepEqual(await names(school), ['A', 'B'])
    assert.deepEqual(await names(school, { authority: 'TK' }), [])
    assert.deepEqual(
      (await schools.unitsOf(school)).map(({ name }) => name),
      ['A', 'B'],
    )
    assert.deepEqual(await names(actor('coordinator', { authorities: new Set(['TK']) })), ['C'])
    assert.deepEqual(await names(actor('company', { organisation: c! })), [])
    assert.deepEqual(await names(actor('coordinator')), [])

    const family = await schools.read(school, b!)
    assert.deepEqual(
      [family.unit.name, family.central.name, family.branches.map(({ name }) => name)],
      ['B', 'A', ['B']],
    )
    await assert.rejects(schools.read(school, c!), NotFoundError)
    await assert.rejects(schools.read(actor('company', { organisation: c! }), c!), NotFoundError)
    await assert.rejects(schools.read(everybody, 'nothing'), NotFoundError)
  })

  it('is given to other services by id', async () => {
    await schools.register([aSchool({ name: 'A' }), aSchool({ name: 'B' })])
    const [one, other] = await schools.allUnits()
    assert.equal((await schools.unit(one!.id))?.name, one!.name)
    assert.equal(await schools.unit('0'.repeat(24)), null)
    assert.equal((await schools.unitByGovtId(one!.schoolIdGovt))?.id, one!.id)
    assert.equal(await schools.unitByGovtId('nothing'), null)
    assert.deepEqual(
      [...(await schools.unitsByIds([one!.id, other!.id, 'x', one!.id])).keys()].sort(),
      [one!.id, other!.id].sort(),
    )
  })
})
