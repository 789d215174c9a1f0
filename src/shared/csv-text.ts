import { UnreadableFileError } from './csv-problem.js'

export type Delimiter = ',' | ';' | '\t'

const delimiters: readonly Delimiter[] = [',', ';', '\t']

const startsWith = (bytes: Uint8Array, ...prefix: readonly number[]): boolean =>
  prefix.every((byte, at) => bytes[at] === byte)

/**
 * The text of a file as spreadsheets save it: UTF-8 or UTF-16 with a byte order mark, UTF-8 without, and what is not
 * UTF-8 as windows-1250, the old encoding of our languages. Workbooks and other binary files are refused by name.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new UnreadableFileError('files.unreadable.workbook', { file })
  }
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes)
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes)
  const nul = bytes.indexOf(0)
  if (nul >= 0) throw new UnreadableFileError('files.unreadable.binary', { file, line: lineAt(bytes, nul) })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1250').decode(bytes)
  }
}

function lineAt(bytes: Uint8Array, end: number): string {
  let line = 1
  for (let at = 0; at < end; at++) if (bytes[at] === 0x0a) line++
  return String(line)
}

/** The separator under which the first line names most of the known columns; the commonest character breaks ties. */
export function findDelimiter(text: string, isKnown: (column: string) => boolean): Delimiter {
  const [header = ''] = text.split('\n', 1)
  const scored = delimiters.map((delimiter) => {
    const cells = header.split(delimiter)
    const known = cells.filter((cell) => isKnown(cell.replaceAll('"', '')))
    return { delimiter, score: known.length * 1000 + cells.length }
  })
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter
}
