import { strict as assert } from 'node:assert'
import { readTable, UnreadableFileError } from '../../../src/shared/csv-file.js'

const columns = { id: { required: true }, name: { required: true, aliases: ['title'] }, note: {} } as const
const read = (text: string | Uint8Array) =>
  readTable(typeof text === 'string' ? new TextEncoder().encode(text) : text, { file: 'schools.csv', columns })
const values = (text: string | Uint8Array) => read(text).rows.map((row) => row.values)

const refusal = (text: string | Uint8Array) => {
  try {
    read(text)
  } catch (error) {
    assert.ok(error instanceof UnreadableFileError)
    return error.words
  }
  return assert.fail('the file was read')
}

const čapljina = [{ id: '1', name: 'OŠ Čapljina', note: '' }]

describe('a CSV file as spreadsheets write it', () => {
  it('is read with a comma, a semicolon or a tab between the cells', () => {
    for (const separator of [',', ';', '\t']) {
      assert.deepEqual(values(`id${separator}name\n1${separator}OŠ Čapljina\n`), čapljina)
    }
  })

  it('is read with a byte order mark and Windows line ends', () => {
    assert.deepEqual(values('\ufeffid,name\r\n1,OŠ Čapljina\r\n'), čapljina)
  })

  it('is read in windows-1250, the old encoding of our languages', () => {
    assert.deepEqual(values(Buffer.from('id;name\n1;O\x8a \xc8apljina\n', 'latin1')), čapljina)
  })

  it('is read in UTF-16, as Excel saves Unicode text', () => {
    assert.deepEqual(values(Buffer.from('\ufeffid\tname\n1\tOŠ Čapljina\n', 'utf16le')), čapljina)
  })

  it('is read with the line in which Excel names the separator', () => {
    const { rows } = read('sep=;\nid;name\n1;OŠ Čapljina\n')
    assert.deepEqual(rows, [{ line: 3, values: čapljina[0] }])
  })

  it('finds its columns whatever their order, case and alias, and names the columns that nobody reads', () => {
    const { rows, unknownColumns } = read('Colour,TITLE, id\nred, Vrelo ,7\n')
    assert.deepEqual(rows[0]?.values, { id: '7', name: 'Vrelo', note: '' })
    assert.deepEqual(unknownColumns, ['Colour'])
  })

  it('counts lines as an editor does, over empty lines and cells with line ends', () => {
    const { rows } = read('id,name\r\n1,"two\r\nlines"\r\n\r\n,\r\n2,after\r\n')
    assert.deepEqual(
      rows.map((row) => [row.line, row.values.id]),
      [
        [2, '1'],
        [6, '2'],
      ],
    )
  })

  it('reads a short row as one with empty cells, and reports a row that is too long without losing the others', () => {
    const { rows, problems } = read('id,name,note\n1,a\n2,b,c,d\n3,e,f,,\n')
    assert.deepEqual(
      rows.map((row) => row.values.id),
      ['1', '3'],
    )
    assert.deepEqual(
      problems.map(({ line, value }) => [line, value]),
      [[3, '2 | b | c | d']],
    )
  })
})

describe('a file that holds no table', () => {
  it('is refused with the line and column of a quotation mark that is never closed', () => {
    assert.deepEqual(refusal('id,name\n1,fine\n2,"open\n3,swallowed\n'), {
      key: 'files.unreadable.open-quote',
      values: { file: 'schools.csv', line: '3', column: '2' },
    })
  })

  it('is refused with the line and column of a quotation mark inside a cell', () => {
    for (const row of ['2,"a"b', '2,a"b"']) {
      assert.deepEqual(refusal(`id,name\n1,fine\n${row}\n`), {
        key: 'files.unreadable.malformed',
        values: { file: 'schools.csv', line: '3', column: '2' },
      })
    }
  })

  it('is refused when a column is missing or stands there twice', () => {
    assert.equal(refusal('name\nx\n').key, 'files.unreadable.no-column')
    assert.equal(refusal('id,name,title\n1,2,3\n').key, 'files.unreadable.twice')
  })

  it('is refused when it is empty, a workbook, or no text at all', () => {
    assert.equal(refusal('').key, 'files.unreadable.empty')
    assert.equal(refusal(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)).key, 'files.unreadable.workbook')
    assert.deepEqual(refusal('id,name\n1,\0\n').values, { file: 'schools.csv', line: '2' })
  })
})
