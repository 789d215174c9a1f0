import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  readSchoolRow,
  schoolColumns,
  type SchoolColumn,
  type SchoolFacts,
} from '../../../src/features/schools/index.js'
import { loadWords } from '../../../src/locales/words.js'
import { readTable } from '../../../src/shared/csv-file.js'

const empty = Object.fromEntries(Object.keys(schoolColumns).map((name) => [name, ''])) as Record<SchoolColumn, string>
const row = (cells: Partial<Record<SchoolColumn, string>> = {}) => ({
  line: 7,
  values: { ...empty, school_id_govt: 'OS-1', school_name: 'OŠ „Prva“', admin1: 'USK', ...cells },
})

function factsOf(cells: Partial<Record<SchoolColumn, string>>): SchoolFacts {
  const result = readSchoolRow(row(cells), 'schools.csv')
  assert.ok(result.ok, JSON.stringify(result))
  return result.facts
}

function problemsOf(cells: Partial<Record<SchoolColumn, string>>): readonly string[] {
  const result = readSchoolRow(row(cells), 'schools.csv')
  return result.ok ? [] : result.problems.map(({ column, problem }) => `${column} ${problem.key}`)
}

describe('a row of a school file', () => {
  it('needs an id, a name and an authority, and nothing else', () => {
    const facts = factsOf({})
    assert.equal(facts.municipality, '')
    assert.equal(facts.numStudents, null)
    assert.equal(facts.level, null)
    assert.deepEqual(problemsOf({ school_id_govt: '', school_name: '', admin1: '' }), [
      'school_id_govt files.row.required',
      'admin1 files.row.required',
      'school_name files.row.required',
    ])
  })

  it('says yes and no as people and programs do', () => {
    for (const word of ['yes', 'Yes', 'TRUE', '1', 'da'])
      assert.equal(factsOf({ connectivity_govt: word }).connectivityGovt, true)
    for (const word of ['no', 'False', '0', 'ne'])
      assert.equal(factsOf({ connectivity_govt: word }).connectivityGovt, false)
    assert.deepEqual(problemsOf({ connectivity_govt: 'maybe' }), ['connectivity_govt files.row.choice'])
  })

  it('has trained teachers as a number or as a word', () => {
    const trained = (cell: string) => {
      const { teachersTrained, anyTeacherTrained } = factsOf({ teachers_trained: cell })
      return [teachersTrained, anyTeacherTrained]
    }
    assert.deepEqual(trained('12'), [12, true])
    assert.deepEqual(trained('0'), [0, false])
    assert.deepEqual(trained('true'), [null, true])
    assert.deepEqual(trained('No'), [0, false])
    assert.deepEqual(trained(''), [null, null])
    assert.deepEqual(problemsOf({ teachers_trained: 'several' }), ['teachers_trained files.row.whole-number'])
  })

  it('takes whole numbers as programs write a column with gaps, and no others', () => {
    assert.equal(factsOf({ num_students: '24.0' }).numStudents, 24)
    assert.deepEqual(problemsOf({ num_students: '24.5' }), ['num_students files.row.whole-number'])
    assert.deepEqual(problemsOf({ num_students: '-3' }), ['num_students files.row.range'])
    assert.deepEqual(problemsOf({ num_students: '240000' }), ['num_students files.row.range'])
    assert.deepEqual(problemsOf({ num_students: '1e3' }), ['num_students files.row.whole-number'])
  })

  it('has a place in the country, in degrees with a point or a comma, or none', () => {
    const facts = factsOf({ latitude: '44,81', longitude: '15.87' })
    assert.deepEqual([facts.latitude, facts.longitude], [44.81, 15.87])
    assert.equal(factsOf({ latitude: '44.81' }).latitude, null)
    assert.deepEqual(problemsOf({ latitude: '15.87', longitude: '44.81' }), [
      'latitude schools.row.outside',
      'longitude schools.row.outside',
    ])
    assert.deepEqual(problemsOf({ latitude: '95', longitude: 'x' }), [
      'latitude files.row.range',
      'longitude files.row.number',
    ])
  })

  it('names its municipality by slug, or by a name that only one has under its authority', () => {
    assert.equal(factsOf({ admin2: 'Бихаћ' }).municipality, 'bihac')
    assert.equal(factsOf({ admin1: 'RS', admin2: 'Trnovo' }).municipality, 'trnovo-rs')
    assert.deepEqual(problemsOf({ admin1: 'KS', admin2: 'Tuzla' }), ['admin2 schools.row.municipality-elsewhere'])
    assert.deepEqual(problemsOf({ admin2: 'Atlantis' }), ['admin2 files.row.unknown'])
    assert.deepEqual(problemsOf({ admin1: 'ABC' }), ['admin1 files.row.choice'])
  })

  it('teaches one level, both, or one that the register words in its own way', () => {
    const level = (cell: string) => factsOf({ education_level_govt: cell }).level
    assert.equal(level('Primary'), 'primary')
    assert.equal(level('osnovna škola'), 'primary')
    assert.equal(level('Средња школа'), 'secondary')
    assert.equal(level('Gimnazija'), 'secondary')
    assert.equal(level('Primary and Secondary'), null)
    assert.equal(level('Pre-Primary'), null)
    assert.equal(level('Pre-Primary and Primary'), 'primary')
  })

  it('cannot have more vulnerable pupils than pupils', () => {
    assert.deepEqual(
      problemsOf({ num_students: '20', num_students_vulnerable: '21', num_students_with_disabilities: '20' }),
      ['num_students_vulnerable schools.row.more-than-all'],
    )
  })

  it('is not its own central school', () => {
    assert.deepEqual(problemsOf({ parent_school_id_govt: 'OS-1' }), ['parent_school_id_govt schools.row.own-parent'])
  })

  it('keeps what is hostile out, and quotes it shortened', () => {
    assert.deepEqual(problemsOf({ school_name: 'a\u0000b', school_id_giga: 'x'.repeat(61) }), [
      'school_id_giga files.row.too-long',
      'school_name files.row.control',
    ])
    const result = readSchoolRow(row({ school_name: 'x'.repeat(5000) }), 'schools.csv')
    assert.ok(!result.ok)
    assert.equal(result.problems[0]?.value.length, 200)
    assert.deepEqual([result.problems[0].file, result.problems[0].line], ['schools.csv', 7])
  })

  it('is read from a file with either name of the Giga id', () => {
    for (const name of ['school_id_giga', 'giga_id_school']) {
      const bytes = new TextEncoder().encode(`school_id_govt;school_name;admin1;${name}\r\n1;Prva;TK;abc\r\n`)
      const [first] = readTable(bytes, { file: 's.csv', columns: schoolColumns }).rows
      const result = readSchoolRow(first!, 's.csv')
      assert.ok(result.ok)
      assert.equal(result.facts.schoolIdGiga, 'abc')
    }
  })

  it('is facts or problems with words, whatever is in its cells', () => {
    const { t } = loadWords()('hr')
    const cell = fc.oneof(fc.string(), fc.constantFrom('', '1', '-1', 'yes', 'Trnovo', '44.5'))
    const cells = fc.record(
      Object.fromEntries(Object.keys(schoolColumns).map((name) => [name, cell])) as Record<SchoolColumn, typeof cell>,
    )
    fc.assert(
      fc.property(cells, (values) => {
        const result = readSchoolRow({ line: 2, values }, 'x.csv')
        if (result.ok) return
        assert.ok(result.problems.length > 0)
        for (const { problem, hint } of result.problems) assert.ok(t(problem) !== '' && t(hint) !== '')
      }),
    )
  })
})
