import { message, type Message } from './message.js'
import { fold } from './text.js'

/** A cell read, or what is wrong with it and what to do. */
export type Cell<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Message; readonly hint: Message }

export const read = <Value>(value: Value): Cell<Value> => ({ ok: true, value })
export const wrong = (problem: Message, hint: Message): Cell<never> => ({ ok: false, problem, hint })

/** The words that `files.json` has for a kind of mistake. */
export const mistake = (kind: string, values?: Message['values']): Cell<never> =>
  wrong(message(`files.row.${kind}`, values), message(`files.hint.${kind}`, values))

const control = /\p{Cc}/u

/** Text of at most `max` characters; null when empty. */
export function textCell(cell: string, max: number): Cell<string | null> {
  if (cell === '') return read(null)
  if (cell.length > max) return mistake('too-long', { max })
  if (control.test(cell)) return mistake('control')
  return read(cell)
}

export function requiredCell(cell: string, max: number): Cell<string> {
  const text = textCell(cell, max)
  return text.ok && text.value === null ? mistake('required') : (text as Cell<string>)
}

/** A number with a point or a comma, between two limits; null when empty. */
export function numberCell(cell: string, lowest: number, highest: number): Cell<number | null> {
  if (cell === '') return read(null)
  if (!/^[+-]?\d{1,9}([.,]\d{1,12})?$/.test(cell)) return mistake('number')
  const value = Number(cell.replace(',', '.'))
  return value < lowest || value > highest ? mistake('range', { lowest, highest }) : read(value)
}

/** A whole number; `12.0`, as programs write a column that has gaps, is one. */
export function wholeCell(cell: string, highest: number): Cell<number | null> {
  if (cell === '') return read(null)
  if (!/^\d{1,9}([.,]0+)?$/.test(cell)) {
    return /^-\d+$/.test(cell) ? mistake('range', { lowest: 0, highest }) : mistake('whole-number')
  }
  const value = Number.parseInt(cell, 10)
  return value > highest ? mistake('range', { lowest: 0, highest }) : read(value)
}

const yes = new Set(['yes', 'y', 'true', '1', '1.0', 'da'])
const no = new Set(['no', 'n', 'false', '0', '0.0', 'ne'])

export function yesNoCell(cell: string): Cell<boolean | null> {
  const word = cell.toLowerCase()
  if (word === '') return read(null)
  if (yes.has(word)) return read(true)
  return no.has(word) ? read(false) : mistake('choice', { choices: ['yes', 'no'] })
}

/** One of the options, however it is spaced and capitalised; null when empty. */
export function optionCell<Option extends string>(cell: string, options: readonly Option[]): Cell<Option | null> {
  if (cell === '') return read(null)
  const word = fold(cell)
  const option = options.find((one) => fold(one) === word)
  return option === undefined ? mistake('choice', { choices: [...options] }) : read(option)
}

/** A real ISO date, `2027-03-31`; null when empty. */
export function dateCell(cell: string): Cell<string | null> {
  if (cell === '') return read(null)
  const time = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? Date.parse(`${cell}T00:00:00Z`) : NaN
  // 2027-02-30 would be taken for 2 March.
  const isReal = !Number.isNaN(time) && new Date(time).toISOString().startsWith(cell)
  return isReal ? read(cell) : mistake('date')
}

/** The parts of a list between `|`, trimmed, without empty ones and repetitions. */
export const listOf = (cell: string): readonly string[] => [
  ...new Set(
    cell
      .split('|')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
]

/** A list of options between `|`; empty when nothing is stated. */
export function optionsCell<Option extends string>(cell: string, options: readonly Option[]): Cell<readonly Option[]> {
  const found: Option[] = []
  for (const part of listOf(cell)) {
    const option = optionCell(part, options)
    if (!option.ok) return option
    if (option.value !== null) found.push(option.value)
  }
  return read(found)
}
