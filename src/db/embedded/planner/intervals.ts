import { BSONRegExp, Decimal128, Double } from 'bson'
import { KeyWriter, typeByte, typeOf } from '../storage/key-writer.js'
import type { Predicate } from './predicates.js'

/** A place between encoded values: before or after everything that starts with these bytes. */
export interface Bound {
  readonly bytes: Buffer
  readonly after: boolean
}

export interface Interval {
  readonly from: Bound
  readonly to: Bound
}

/** What one predicate allows of one field; `exact` when nothing else can lie inside. */
export interface Allowed {
  readonly intervals: readonly Interval[]
  readonly points: boolean
  readonly exact: boolean
}

const writer = new KeyWriter()
const encode = (value: unknown): Buffer => writer.value(value).finish()
const prefixInterval = (bytes: Buffer): Interval => ({ from: { bytes, after: false }, to: { bytes, after: true } })
const wholeType = (type: number): Interval => prefixInterval(Buffer.from([type]))
export const everything: Interval = prefixInterval(Buffer.alloc(0))

/** The smallest key at or behind a bound: behind everything that starts with the bytes means at their successor. */
export function boundBytes({ bytes, after }: Bound): Buffer {
  if (!after) return bytes
  let length = bytes.length
  while (length > 0 && bytes[length - 1] === 0xff) length--
  if (length === 0) return Buffer.from([0xff])
  const successor = Buffer.from(bytes.subarray(0, length))
  successor[length - 1] = (successor[length - 1] ?? 0) + 1
  return successor
}

/** Types whose comparisons stay within the type and whose keys hold every value that can match. */
const rangeTypes: ReadonlySet<number> = new Set([
  typeByte.number,
  typeByte.string,
  typeByte.binary,
  typeByte.objectId,
  typeByte.boolean,
  typeByte.date,
  typeByte.timestamp,
])

/** The intervals of index values that can fulfil a predicate; undefined when an index does not help. */
export function allowedBy({ operator, operand }: Predicate): Allowed | undefined {
  if (operator === '$eq') return equalTo(operand)
  if (operator === '$in') return oneOf(operand as readonly unknown[])
  if (operator === '$regex') return oneOf([operand])
  if (operator === 'missing') return equalTo(null)
  return isComparison(operator) ? comparedWith(operator, operand) : undefined
}

type Comparison = '$gt' | '$gte' | '$lt' | '$lte'
const isComparison = (operator: string): operator is Comparison => /^\$[gl]te?$/.test(operator)

const pointsOf = (value: unknown): unknown[] => (Array.isArray(value) ? [value, value[0] as unknown] : [value])

function equalTo(value: unknown): Allowed {
  const intervals = sortedUnion(pointsOf(value).map((point) => prefixInterval(encode(point))))
  return { intervals, points: true, exact: value !== null && value !== undefined && !Array.isArray(value) }
}

function oneOf(values: readonly unknown[]): Allowed {
  const parts = values.map((value) =>
    value instanceof BSONRegExp ? { intervals: regexIntervals(value), points: false, exact: false } : equalTo(value),
  )
  return {
    intervals: sortedUnion(parts.flatMap((part) => part.intervals)),
    points: parts.every((part) => part.points),
    exact: parts.every((part) => part.exact),
  }
}

/** A regex matches strings, of which it may fix the beginning, and a stored regex that is the same. */
function regexIntervals(regex: BSONRegExp): Interval[] {
  const beginning = fixedBeginning(regex)
  const strings = beginning === '' ? wholeType(typeByte.string) : prefixInterval(encode(beginning).subarray(0, -2))
  return [strings, prefixInterval(encode(regex))]
}

/** The literal text after `^`, as far as no character of it can be optional. */
function fixedBeginning({ pattern, options }: BSONRegExp): string {
  if (!pattern.startsWith('^') || /[imx]/.test(options) || pattern.includes('|')) return ''
  const literal = /^\^((?:[^\\^$.*+?()[\]{}|\0]|\\[^a-zA-Z0-9])*)/.exec(pattern)?.[1] ?? ''
  const quantified = /^[*?{]/.test(pattern.slice(1 + literal.length))
  const units = unescape(Array.from(literal))
  return (quantified ? units.slice(0, -1) : units).join('')
}

function unescape(characters: readonly string[]): string[] {
  const units: string[] = []
  for (let at = 0; at < characters.length; at++) {
    const unit = characters[at] === '\\' ? characters[++at] : characters[at]
    if (unit !== undefined) units.push(unit)
  }
  return units
}

function comparedWith(operator: Comparison, value: unknown): Allowed | undefined {
  const type = typeOf(value)
  if (type === typeByte.null) return operator.endsWith('e') ? equalTo(null) : undefined
  if (!rangeTypes.has(type) || isNaNValue(value)) return undefined
  const bytes = encode(value)
  const whole = wholeType(type)
  const lowest = type === typeByte.number ? { bytes: encode(new Double(NaN)), after: true } : whole.from
  const interval =
    operator === '$gt' || operator === '$gte'
      ? { from: { bytes, after: operator === '$gt' }, to: whole.to }
      : { from: lowest, to: { bytes, after: operator === '$lte' } }
  return { intervals: isEmpty(interval) ? [] : [interval], points: false, exact: true }
}

const isNaNValue = (value: unknown): boolean =>
  (value instanceof Double && Number.isNaN(value.value)) || (value instanceof Decimal128 && value.toString() === 'NaN')

const compareBounds = (a: Bound, b: Bound): number => boundBytes(a).compare(boundBytes(b))
const isEmpty = ({ from, to }: Interval): boolean => compareBounds(from, to) >= 0

export function intersect(first: Allowed, second: Allowed): Allowed {
  const intervals = first.intervals.flatMap((a) =>
    second.intervals.map((b) => ({
      from: compareBounds(a.from, b.from) >= 0 ? a.from : b.from,
      to: compareBounds(a.to, b.to) <= 0 ? a.to : b.to,
    })),
  )
  return {
    intervals: sortedUnion(intervals.filter((interval) => !isEmpty(interval))),
    points: first.points || second.points,
    exact: first.exact && second.exact,
  }
}

/** Sorted and disjoint, so that a scan meets no key twice and keeps the order of the index. */
function sortedUnion(intervals: readonly Interval[]): Interval[] {
  const union: Interval[] = []
  for (const interval of [...intervals].sort((a, b) => compareBounds(a.from, b.from))) {
    const last = union.at(-1)
    // Neighbours stay apart: a point that was joined with the next one would be read as one key.
    if (last === undefined || compareBounds(last.to, interval.from) <= 0) union.push(interval)
    else if (compareBounds(last.to, interval.to) < 0) union[union.length - 1] = { from: last.from, to: interval.to }
  }
  return union
}

const complement = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => ~byte & 0xff))

/** The same values in a field that is indexed in descending order. */
export const descending = (intervals: readonly Interval[]): Interval[] =>
  intervals
    .map(({ from, to }) => ({
      from: { bytes: complement(to.bytes), after: !to.after },
      to: { bytes: complement(from.bytes), after: !from.after },
    }))
    .reverse()
