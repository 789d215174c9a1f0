import { UnreadableProblemError } from './stated-problem.js'

/** The words of one line that is not empty. */
export interface Line {
  readonly number: number
  readonly words: readonly string[]
}

export function* linesOf(text: string): Generator<Line> {
  let number = 0
  for (const line of text.split('\n')) {
    number++
    const words = line.trim().split(/\s+/)
    if (words[0] !== '') yield { number, words }
  }
}

export const unreadable = (line: number, expected: string): UnreadableProblemError =>
  new UnreadableProblemError(`Line ${line}: expected ${expected}.`)

interface Range {
  readonly what: string
  readonly least: number
  readonly most: number
}

const largest = 2 ** 31 - 1

/** @throws UnreadableProblemError */
export function wholeNumber(word: string | undefined, line: number, range: Partial<Range> = {}): number {
  const { what = 'a whole number', least = -largest, most = largest } = range
  const value = word !== undefined && /^[+-]?\d+$/.test(word) ? Number(word) : NaN
  if (value >= least && value <= most) return value
  throw unreadable(
    line,
    `${what} from ${least} to ${most}, found ${word === undefined ? 'the end of the line' : `"${word}"`}`,
  )
}
