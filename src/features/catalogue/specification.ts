import { z } from 'zod'
import { message, type Message } from '../../shared/message.js'
import { dimensionLabel } from './catalogue-words.js'
import type { Specification } from './comparison.js'
import type { Dimension } from './dimension.js'
import type { KindCode, Side } from './kind.js'
import { dimensionsFor } from './kinds.js'

/**
 * `complete`: what must be stated is stated (a published offer). `stated`: everything may be missing (a draft; a row of a
 * file, where an empty cell means "not stated").
 */
export type Completeness = 'complete' | 'stated'

export type SpecificationSchema = z.ZodType<Specification>

const blank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.every((one) => one === ''))

const yes: readonly unknown[] = [true, 'yes', 'true', '1', 'on', 'da', 1]
const no: readonly unknown[] = [false, 'no', 'false', '0', 'off', 'ne', 0]

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\s*\d{1,9}\s*$/.test(value) ? Number(value) : value
}

function toList(value: unknown): unknown {
  const list: readonly unknown[] = Array.isArray(value) ? (value as unknown[]) : [value]
  return [...new Set(list.filter((one) => one !== ''))]
}

function toFlag(value: unknown): unknown {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value
  return yes.includes(word) ? true : no.includes(word) ? false : value
}

/** Messages are keys of `catalogue.invalid.*`. */
function valueSchema(dimension: Dimension): z.ZodType {
  switch (dimension.type) {
    case 'integer': {
      const range = z
        .int('catalogue.invalid.whole-number')
        .min(dimension.min, 'catalogue.invalid.range')
        .max(dimension.max, 'catalogue.invalid.range')
      return z.preprocess(toNumber, range)
    }
    case 'yes-no':
      return z.preprocess(toFlag, z.boolean('catalogue.invalid.yes-no'))
    case 'choice':
      return z.enum(dimension.options, 'catalogue.invalid.option')
    case 'choices':
      return z.preprocess(toList, z.array(z.enum(dimension.options, 'catalogue.invalid.option')))
  }
}

function fieldSchema(dimension: Dimension, side: Side, completeness: Completeness): z.ZodType {
  const value = z
    .preprocess((given) => (blank(given) ? undefined : given), valueSchema(dimension).optional())
    .optional()
  const required = completeness === 'complete' && dimension[side] === 'required'
  return required ? z.nonoptional(value, 'catalogue.invalid.required') : value
}

const stated = (values: Readonly<Record<string, unknown>>): Specification =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Specification

function build(code: KindCode, side: Side, completeness: Completeness): SpecificationSchema {
  const fields = dimensionsFor(code, side).map((dimension) => [
    dimension.name,
    fieldSchema(dimension, side, completeness),
  ])
  const shape = Object.fromEntries(fields) as Record<string, z.ZodType>
  return z
    .strictObject(shape, {
      error: (issue) => (issue.code === 'unrecognized_keys' ? 'catalogue.invalid.unknown' : 'catalogue.invalid.object'),
    })
    .transform(stated)
}

const built = new Map<string, SpecificationSchema>()

function specificationSchema(code: KindCode, side: Side, completeness: Completeness): SpecificationSchema {
  const key = `${code} ${side} ${completeness}`
  const schema = built.get(key) ?? build(code, side, completeness)
  built.set(key, schema)
  return schema
}

/** Strict schema of what an offer of this kind states; takes form strings, cells of files (`parseSpecCell`) and values. */
export const offerSpecification = (code: KindCode, completeness: Completeness = 'complete'): SpecificationSchema =>
  specificationSchema(code, 'offer', completeness)

/** The same for a need: nothing but what it states is asked for. */
export const needSpecification = (code: KindCode, completeness: Completeness = 'complete'): SpecificationSchema =>
  specificationSchema(code, 'need', completeness)

export interface SpecificationProblem {
  /** Name of the dimension, or the unknown key. */
  readonly name: string
  readonly words: Message
}

export type CheckedSpecification =
  | { readonly ok: true; readonly spec: Specification }
  | { readonly ok: false; readonly problems: readonly SpecificationProblem[] }

function problemsOf(issue: z.core.$ZodIssue, dimensions: readonly Dimension[]): readonly SpecificationProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = dimensions.map((dimension) => dimension.name)
    return issue.keys.map((name) => ({ name, words: message('catalogue.invalid.unknown', { name, known }) }))
  }
  const dimension = dimensions.find(({ name }) => name === issue.path[0])
  if (dimension === undefined) return [{ name: '', words: message('catalogue.invalid.object') }]
  const limits = dimension.type === 'integer' ? { min: dimension.min, max: dimension.max } : {}
  const options = 'options' in dimension ? { options: [...dimension.options] } : {}
  const name = dimensionLabel(dimension)
  return [{ name: dimension.name, words: message(issue.message, { name, ...limits, ...options }) }]
}

/** Reads a specification whole, or says for each dimension what is wrong with it. */
export function readSpecification(
  code: KindCode,
  side: Side,
  given: unknown,
  completeness: Completeness = 'complete',
): CheckedSpecification {
  const result = specificationSchema(code, side, completeness).safeParse(given)
  if (result.success) return { ok: true, spec: result.data }
  const dimensions = dimensionsFor(code, side)
  return { ok: false, problems: result.error.issues.flatMap((issue) => problemsOf(issue, dimensions)) }
}
