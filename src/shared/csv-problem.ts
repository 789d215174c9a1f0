import { ExpectedError } from './errors.js'
import type { Message, MessageValue } from './message.js'

/** One thing that is wrong with one row, for the list of rejected rows; the other rows are not touched by it. */
export interface RowProblem {
  readonly file: string
  /** As an editor counts: the header is line 1. */
  readonly line: number
  /** Empty when the row as a whole is wrong. */
  readonly column: string
  /** As it was written, shortened to 200 characters. */
  readonly value: string
  readonly problem: Message
  /** What to do about it. */
  readonly hint: Message
}

/** The file as a whole cannot be used. `words` say why and where; nothing of it was read. */
export class UnreadableFileError extends ExpectedError {
  readonly file: string

  constructor(key: string, values: Readonly<Record<string, MessageValue>> & { readonly file: string }) {
    super(key, values)
    this.file = values.file
  }
}
