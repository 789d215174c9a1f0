import { stringify } from 'csv-stringify/sync'
import type { RowProblem } from './csv-problem.js'
import type { Translate } from './message.js'

const columns = ['file', 'line', 'column', 'value', 'problem', 'hint'] as const

/** What a spreadsheet would run as a formula gets an apostrophe before it; a number below zero is no formula. */
export const defused = (cell: string): string =>
  /^[=+\-@\t\r]/.test(cell) && !/^[+-]?\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell

/** `rejected.csv`: one row a problem, its words in one language. */
export const rejectedCsv = (problems: readonly RowProblem[], t: Translate): string =>
  stringify(
    problems.map(({ file, line, column, value, problem, hint }) => ({
      file: defused(file),
      line,
      column,
      value: defused(value),
      problem: t(problem),
      hint: t(hint),
    })),
    { header: true, columns: [...columns] },
  )
