import { readFileSync, writeFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import type { MatchingInput } from '../../../src/features/matching/index.js'
import { isSize, type Size, sizes } from './sizes.js'

/** What every phase is given on its command line: a size, a seed, and the file that holds the question. */
export interface Phase {
  readonly size: Size
  readonly seed: number
  readonly file: string
}

export function phaseOf([size, seed, file]: readonly string[]): Phase & (typeof sizes)[Size] {
  if (!isSize(size) || seed === undefined || file === undefined) throw new RangeError('A phase takes SIZE SEED FILE')
  return { size, seed: Number(seed), file, ...sizes[size] }
}

/** The question lies in a file, so that a phase's memory is the memory of matching and not of making the instance. */
export const keepQuestion = (file: string, question: MatchingInput): void => {
  writeFileSync(file, serialize(question))
}
export const readQuestion = (file: string): MatchingInput => deserialize(readFileSync(file)) as MatchingInput

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN

export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits))

export const tell = (figures: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify(figures)}\n`)
}
