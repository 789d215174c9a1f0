import type { Cell } from '../../shared/csv-cell.js'
import type { RowProblem, TableRow } from '../../shared/csv-file.js'
import type { Message } from '../../shared/message.js'

/** Takes a row apart cell by cell and remembers everything that is wrong with it. */
export class RowReader<Column extends string> {
  readonly problems: RowProblem[] = []

  constructor(
    private readonly row: TableRow<Column>,
    private readonly file: string,
  ) {}

  cell(column: Column): string {
    return this.row.values[column]
  }

  /** The value of the cell, or `otherwise` with a problem noted. */
  take<Value>(column: Column, cell: Cell<Value>, otherwise: Value): Value {
    if (cell.ok) return cell.value
    this.note(column, cell.problem, cell.hint)
    return otherwise
  }

  note(column: Column, problem: Message, hint: Message): void {
    const { line } = this.row
    this.problems.push({ file: this.file, line, column, value: this.cell(column).slice(0, 200), problem, hint })
  }
}
