import { z } from 'zod'
import type { Message } from '../shared/message.js'

/** What a browser sends for one form: text, or several texts under one name. */
export type Raw = Readonly<Record<string, string | readonly string[] | undefined>>

/** Label of an option: a key of `locales/`, a message, or a text that is the same in every language (a name). */
export interface Option {
  readonly value: string
  readonly label: string | Message | { readonly text: string }
  readonly hint?: string
}

/** A field of a form: its words, its limits and its rule stand together, for the handler and for the template. */
export interface Field<Value = unknown> {
  readonly input:
    | 'text'
    | 'textarea'
    | 'number'
    | 'select'
    | 'radios'
    | 'checkboxes'
    | 'date'
    | 'password'
    | 'hidden'
    | 'email'
    | 'file'
  readonly label: string | Message
  readonly hint?: string | Message | undefined
  readonly rule: z.ZodType<Value>
  readonly maxlength?: number
  /** Leaving it empty is an answer; the label says so. */
  readonly isOptional?: true
  readonly options?: readonly Option[]
  readonly autocomplete?: string
  readonly suffix?: string | Message
  /** Raw values → what the rule judges; undefined is "left empty", an array is "sent more than once". */
  read(this: void, raw: Raw, name: string): unknown
  /** A value → what the inputs show. */
  write(this: void, value: Value, name: string): Raw
}

interface Described {
  readonly label: string | Message
  readonly hint?: string | Message
}

const required = 'errors.field.required'
const single = (raw: Raw, name: string): unknown => {
  const value = raw[name]
  if (typeof value !== 'string') return value
  const trimmed = value.trim()
  return trimmed === '' ? undefined : trimmed
}
const shown = (value: unknown, name: string): Raw => ({
  [name]: typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '',
})
const absence = (issue: { readonly input?: unknown }, otherwise: string): string =>
  issue.input === undefined ? required : Array.isArray(issue.input) ? 'errors.field.one-value' : otherwise

const noControls = /^[^\p{Cc}]*$/u
const noControlsButBreaks = /^(?:[^\p{Cc}]|[\n\r\t])*$/u

interface TextSettings extends Described {
  readonly max: number
  readonly min?: number
  readonly input?: 'text' | 'textarea' | 'email' | 'password'
  readonly autocomplete?: string
}

/** One line of text, or several with `input: 'textarea'`; trimmed, at most `max` characters. */
export function textField({ label, hint, max, min = 1, input = 'text', autocomplete }: TextSettings): Field<string> {
  const base = z
    .string({ error: (issue) => absence(issue, 'errors.field.text') })
    .min(min, min === 1 ? required : 'errors.field.too-short')
    .max(max, 'errors.field.too-long')
    .regex(input === 'textarea' ? noControlsButBreaks : noControls, 'errors.field.invalid')
  return {
    input,
    label,
    hint,
    maxlength: max,
    ...(autocomplete === undefined ? {} : { autocomplete }),
    rule: input === 'email' ? base.pipe(z.email('errors.field.email')) : base,
    // A password is taken as it was typed: its spaces belong to it.
    read: input === 'password' ? (raw, name) => (raw[name] === '' ? undefined : raw[name]) : single,
    write: input === 'password' ? () => ({}) : shown,
  }
}

interface NumberSettings extends Described {
  readonly min: number
  readonly max: number
  readonly whole?: boolean
  readonly suffix?: string | Message
}

/** A number typed as people here type it: `1.500`, `1 500` and `2,5` are understood where they are unambiguous. */
export function numberField({ label, hint, min, max, whole = true, suffix }: NumberSettings): Field<number> {
  const wrong = whole ? 'errors.field.whole-number' : 'errors.field.number'
  const base = z.number({ error: (issue) => absence(issue, wrong) })
  const limited = base.min(min, 'errors.field.too-small').max(max, 'errors.field.too-big')
  return {
    input: 'number',
    label,
    hint,
    ...(suffix === undefined ? {} : { suffix }),
    rule: whole ? limited.int(wrong) : limited,
    read: (raw, name) => {
      const value = single(raw, name)
      return typeof value === 'string' ? parseNumber(value) : value
    },
    write: shown,
  }
}

/** Text → number, or the text itself when it is none (so that the rule names what was typed). */
export function parseNumber(text: string): number | string {
  const compact = text.replace(/[\s\u00a0\u202f]/g, '')
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(compact)) return Number(compact.replaceAll('.', '').replace(',', '.'))
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(compact)) return Number(compact.replaceAll(',', ''))
  if (/^-?\d+([.,]\d+)?$/.test(compact)) return Number(compact.replace(',', '.'))
  return text
}

interface ChoiceSettings extends Described {
  readonly options: readonly Option[]
  readonly input?: 'radios' | 'select'
}

/** One of the options. */
export function choiceField({ label, hint, options, input = 'radios' }: ChoiceSettings): Field<string> {
  const known = new Set(options.map((option) => option.value))
  return {
    input,
    label,
    hint,
    options,
    rule: z
      .string({ error: (issue) => (issue.input === undefined ? 'errors.field.choose' : 'errors.field.one-value') })
      .refine((value) => known.has(value), 'errors.field.choose'),
    read: single,
    write: shown,
  }
}

/** Any number of the options, at least `min` of them. */
export function choicesField({ label, hint, options, min = 0 }: ChoiceSettings & { min?: number }): Field<string[]> {
  const known = new Set(options.map((option) => option.value))
  return {
    input: 'checkboxes',
    label,
    hint,
    options,
    rule: z
      .array(z.string('errors.field.choose').refine((value) => known.has(value), 'errors.field.choose'))
      .min(min, 'errors.field.choose')
      .max(options.length, 'errors.field.choose'),
    read: (raw, name) => [raw[name] ?? []].flat().filter((value) => value !== ''),
    write: (value, name) => ({ [name]: value }),
  }
}

/** A calendar date in three inputs; the value is ISO `yyyy-mm-dd`. */
export function dateField({ label, hint }: Described): Field<string> {
  return {
    input: 'date',
    label,
    hint,
    rule: z
      .string({ error: (issue) => absence(issue, 'errors.field.date') })
      .refine((value) => isRealDate(value), 'errors.field.date'),
    read: (raw, name) => {
      const parts = ['year', 'month', 'day'].map((part) => raw[`${name}-${part}`])
      if (parts.some((part) => part !== undefined && typeof part !== 'string')) return parts.flat()
      const [year = '', month = '', day = ''] = parts.map((part) => (typeof part === 'string' ? part.trim() : ''))
      if (year === '' && month === '' && day === '') return undefined
      return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    },
    write: (value, name) => {
      const [year = '', month = '', day = ''] = value.split('-')
      return {
        [`${name}-year`]: year,
        [`${name}-month`]: month.replace(/^0/, ''),
        [`${name}-day`]: day.replace(/^0/, ''),
      }
    },
  }
}

function isRealDate(iso: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(iso)) return false
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso)
}

/** A value that the form carries along, such as the version that was edited. */
export const hiddenField = (max = 100): Field<string> => ({
  input: 'hidden',
  label: 'errors.field.invalid',
  rule: z.string('errors.field.invalid').max(max, 'errors.field.invalid'),
  read: single,
  write: shown,
})

/** The same field, where leaving it empty is an answer; the value is then undefined. */
export const optional = <Value>(field: Field<Value>): Field<Value | undefined> => ({
  ...field,
  isOptional: true,
  rule: field.rule.optional(),
  write: (value, name) => (value === undefined ? {} : field.write(value, name)),
})
