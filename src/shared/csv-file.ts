import { CsvError, parse } from 'csv-parse/sync'
import { UnreadableFileError, type RowProblem } from './csv-problem.js'
import { decodeText, findDelimiter, type Delimiter } from './csv-text.js'
import { message } from './message.js'

export { UnreadableFileError, type RowProblem } from './csv-problem.js'

export interface Column {
  /** A file without it is refused. Whether a cell may be empty is for the reader of the row to say. */
  readonly required?: boolean
  /** Other names that the column goes by. */
  readonly aliases?: readonly string[]
}

export interface TableRow<Name extends string> {
  /** Where the row starts; the header is line 1. */
  readonly line: number
  /** Every known column, trimmed; empty = not stated. */
  readonly values: Readonly<Record<Name, string>>
}

export interface Table<Name extends string> {
  readonly rows: readonly TableRow<Name>[]
  readonly problems: readonly RowProblem[]
  /** Columns of the file that nobody reads, to be reported once. */
  readonly unknownColumns: readonly string[]
}

interface Source<Name extends string> {
  /** Name of the file, for the messages. */
  readonly file: string
  readonly columns: Readonly<Record<Name, Column>>
}

interface Raw {
  readonly line: number
  readonly cells: readonly string[]
}

const normal = (name: string): string => name.trim().toLowerCase()

/**
 * Reads a CSV file (RFC 4180; also `;` or tab, CRLF, a byte order mark, UTF-16, windows-1250, Excel's `sep=` line).
 * A row with too many cells becomes a problem, missing cells at the end of a row are empty.
 *
 * @throws UnreadableFileError when there is no table in it: workbook, binary, malformed quotes (with line and column),
 * no header, a header twice, a required column missing.
 */
export function readTable<Name extends string>(bytes: Uint8Array, { file, columns }: Source<Name>): Table<Name> {
  const names = namesOf(columns)
  const text = decodeText(bytes, file).replace(/\r\n?/g, '\n')
  const hinted = /^sep=([,;\t])\n/i.exec(text)
  const body = hinted === null ? text : text.slice(hinted[0].length)
  const delimiter = (hinted?.[1] as Delimiter | undefined) ?? findDelimiter(body, (name) => names.has(normal(name)))
  const [header, ...records] = split(body, delimiter, file, hinted === null ? 0 : 1)
  if (header === undefined) throw new UnreadableFileError('files.unreadable.empty', { file })
  const places = placesOf(header, names, { file, columns })
  const width = header.cells.length
  const fits = ({ cells }: Raw): boolean => cells.slice(width).every((cell) => cell.trim() === '')
  return {
    rows: records.filter(fits).map(({ line, cells }) => ({ line, values: valuesOf(cells, places) })),
    problems: records.filter((record) => !fits(record)).map((record) => tooLong(record, width, file)),
    unknownColumns: header.cells.map((cell) => cell.trim()).filter((cell) => cell !== '' && !names.has(normal(cell))),
  }
}

function namesOf<Name extends string>(columns: Readonly<Record<Name, Column>>): ReadonlyMap<string, Name> {
  const names = new Map<string, Name>()
  for (const name of Object.keys(columns) as Name[]) {
    for (const known of [name, ...(columns[name].aliases ?? [])]) names.set(normal(known), name)
  }
  return names
}

function split(text: string, delimiter: Delimiter, file: string, skipped: number): Raw[] {
  const rows: Raw[] = []
  let end = skipped
  const keep = (cells: string[], { lines }: { lines: number }): null => {
    const line = end + 1
    // The parser counts line ends; a record ends where the next one starts.
    end = skipped + lines
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line, cells })
    return null
  }
  try {
    parse(text, { delimiter, relax_column_count: true, skip_empty_lines: false, on_record: keep })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const column = typeof error['index'] === 'number' ? error['index'] + 1 : 1
    const key = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'files.unreadable.open-quote' : 'files.unreadable.malformed'
    throw new UnreadableFileError(key, { file, line: String(end + 1), column: String(column) })
  }
  return rows
}

function placesOf<Name extends string>(
  header: Raw,
  names: ReadonlyMap<string, Name>,
  { file, columns }: Source<Name>,
): ReadonlyMap<Name, number> {
  const places = new Map<Name, number>()
  header.cells.forEach((cell, at) => {
    const name = names.get(normal(cell))
    if (name === undefined) return
    if (places.has(name)) throw new UnreadableFileError('files.unreadable.twice', { file, column: cell.trim() })
    places.set(name, at)
  })
  const missing = (Object.keys(columns) as Name[]).filter((name) => columns[name].required && !places.has(name))
  if (missing.length > 0) {
    const found = header.cells.map((cell) => cell.trim()).join(', ')
    throw new UnreadableFileError('files.unreadable.no-column', {
      file,
      count: missing.length,
      columns: missing.join(', '),
      found: found.length > 120 ? `${found.slice(0, 120)}…` : found,
    })
  }
  for (const name of Object.keys(columns) as Name[]) if (!places.has(name)) places.set(name, -1)
  return places
}

const valuesOf = <Name extends string>(cells: readonly string[], places: ReadonlyMap<Name, number>) =>
  Object.fromEntries([...places].map(([name, at]) => [name, cells[at]?.trim() ?? ''])) as Record<Name, string>

const tooLong = ({ line, cells }: Raw, width: number, file: string): RowProblem => ({
  file,
  line,
  column: '',
  value: cells.join(' | ').slice(0, 200),
  problem: message('files.row.too-many-cells', { cells: cells.length, width }),
  hint: message('files.hint.quote-separators'),
})
