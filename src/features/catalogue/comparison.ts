import type { Dimension } from './dimension.js'

export type SpecValue = number | boolean | string | readonly string[]
/** Stated values by the name of their dimension; what is not stated is not there. */
export type Specification = Readonly<Record<string, SpecValue>>

/** Bits of the options named, in the order of the dimension; unknown names have none. */
function mask(options: readonly string[], named: readonly unknown[]): number {
  return options.reduce((bits, option, at) => (named.includes(option) ? bits | (1 << at) : bits), 0)
}

/**
 * A value as one number: a whole number as itself, options as bits, yes as 1 and no as 0. `null` when nothing is stated:
 * a value of another type, an empty choice. Every rule is a comparison of two such numbers (see `holds`), so that a
 * matching round can compile a specification into vectors.
 */
export function encodeValue(dimension: Dimension, value: unknown): number | null {
  switch (dimension.type) {
    case 'integer':
      return typeof value === 'number' && Number.isFinite(value) ? value : null
    case 'yes-no':
      return typeof value === 'boolean' ? Number(value) : null
    case 'choice':
    case 'choices': {
      const bits = mask(dimension.options, Array.isArray(value) ? (value as unknown[]) : [value])
      return bits === 0 ? null : bits
    }
  }
}

/**
 * Whether what is offered keeps the rule for what is asked; both from `encodeValue`. Nothing asked: always. Something
 * asked and nothing promised: never, except for a plain "no" (an answer of 0 asks for nothing).
 */
export function holds(rule: Dimension['rule'], offered: number | null, asked: number | null): boolean {
  if (rule === 'informative' || asked === null) return true
  switch (rule) {
    case 'at-least':
      return (offered ?? 0) >= asked
    case 'at-most':
      return offered !== null && offered <= asked
    case 'equal':
      return offered === asked
    case 'includes-all':
      return ((offered ?? 0) & asked) === asked
    case 'overlaps':
      return ((offered ?? 0) & asked) !== 0
  }
}

const dayLength = 86_400_000

/** Days since 1970-01-01 of an ISO date `yyyy-mm-dd`; `null` for nothing and for what is no such date. */
export function dayNumber(date: string | null): number | null {
  if (date === null || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return null
  const time = Date.parse(`${date}T00:00:00Z`)
  return Number.isNaN(time) ? null : time / dayLength
}
