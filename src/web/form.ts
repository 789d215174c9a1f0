import type { z } from 'zod'
import { ConflictError, ExpectedError, RuleViolation } from '../shared/errors.js'
import { message, type Message } from '../shared/message.js'
import type { Field, Raw } from './field.js'

export type Fields = Readonly<Record<string, Field>>
type Value<F> = F extends { readonly rule: z.ZodType<infer V> } ? V : never
export type FieldValues<F extends Fields> = { readonly [Name in keyof F]: Value<F[Name]> }

export interface Form<F extends Fields = Fields> {
  readonly fields: F
  blank(): FormState<Form<F>>
  /** The form as it shows these values, for editing what exists. */
  filled(values: Partial<FieldValues<F>>): FormState<Form<F>>
  /** Either values or errors, never both. Takes any body, hostile ones included. */
  parse(body: unknown): Parsed<F>
  /** The form with the refusal of a service in it, or null when the error is not about a form. */
  refusedBy(error: unknown, body: unknown): { readonly form: FormState<Form<F>>; readonly status: number } | null
}

export type ValuesOf<F extends Form> = F extends Form<infer Fs> ? FieldValues<Fs> : never
type Parsed<F extends Fields> =
  { readonly ok: true; readonly values: FieldValues<F> } | { readonly ok: false; readonly state: FormState<Form<F>> }

/** What a form shows: what was typed, and what is wrong with it by field. */
export interface FormState<F extends Form = Form> {
  readonly form: F
  readonly raw: Raw
  /** False when nothing has been typed yet. */
  readonly isSent: boolean
  readonly errors: ReadonlyMap<string, Message>
  /** This, or the form filled with what exists when nothing has been typed yet. */
  or(values: Partial<ValuesOf<F>>): FormState<F>
}

type Refine<F extends Fields> = (values: FieldValues<F>) => Readonly<Record<string, Message | undefined>>

/** Puts fields together; `refine` adds rules that look at several of them, by the field to blame. */
export function form<F extends Fields>(fields: F, refine?: Refine<F>): Form<F> {
  const state = (raw: Raw, isSent: boolean, errors: ReadonlyMap<string, Message> = new Map()): FormState<Form<F>> => ({
    form: made,
    raw,
    isSent,
    errors,
    or: (values) => (isSent ? state(raw, isSent, errors) : made.filled(values)),
  })
  const made: Form<F> = {
    fields,
    blank: () => state({}, false),
    filled: (values) => state(writeAll(fields, values), false),
    parse(body) {
      const raw = rawOf(body)
      const { values, errors } = judge(fields, raw)
      if (errors.size === 0 && refine !== undefined) {
        for (const [name, words] of Object.entries(refine(values as FieldValues<F>))) {
          if (words !== undefined) errors.set(name, words)
        }
      }
      if (errors.size > 0) return { ok: false, state: state(raw, true, errors) }
      return { ok: true, values: values as FieldValues<F> }
    },
    refusedBy(error, body) {
      if (!(error instanceof RuleViolation || error instanceof ConflictError)) return null
      return {
        form: state(rawOf(body), true, blame(fields, error)),
        status: error instanceof ConflictError ? 409 : 422,
      }
    },
  }
  return made
}

function blame(fields: Fields, error: ExpectedError): Map<string, Message> {
  const named = error instanceof RuleViolation ? error.field : undefined
  const visible = Object.keys(fields).find((name) => fields[name]?.input !== 'hidden')
  const field = named !== undefined && Object.hasOwn(fields, named) ? named : (visible ?? '')
  return new Map([[field, error.words]])
}

function judge(fields: Fields, raw: Raw): { values: Record<string, unknown>; errors: Map<string, Message> } {
  const values: Record<string, unknown> = {}
  const errors = new Map<string, Message>()
  for (const [name, field] of Object.entries(fields)) {
    const result = field.rule.safeParse(field.read(raw, name))
    if (result.success) values[name] = result.data
    else errors.set(name, wordsFor(result.error.issues[0], field))
  }
  return { values, errors }
}

/** Zod's issue → words: the issue's message is a key of `locales/`, its limits are the values. */
function wordsFor(issue: z.core.$ZodIssue | undefined, field: Field): Message {
  const label = typeof field.label === 'string' ? message(field.label) : field.label
  const limits: Record<string, number> = {}
  if (issue?.code === 'too_big') limits['maximum'] = Number(issue.maximum)
  if (issue?.code === 'too_small') limits['minimum'] = Number(issue.minimum)
  return message(issue?.message ?? 'errors.field.invalid', { label, ...limits })
}

/** Only texts and lists of texts are taken from a body; everything else is as if it had not been sent. */
function rawOf(body: unknown): Raw {
  // Without a prototype: a field that is called toString or __proto__ is a field like any other.
  const raw = Object.create(null) as Record<string, string | readonly string[]>
  if (typeof body !== 'object' || body === null) return raw
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'string') raw[name] = value
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string')) raw[name] = value
  }
  return raw
}

function writeAll(fields: Fields, values: Readonly<Record<string, unknown>>): Raw {
  const parts = Object.entries(fields).map(([name, field]) => {
    const value = values[name]
    return value === undefined ? {} : field.write(value, name)
  })
  return Object.assign({}, ...parts) as Raw
}
