import type { Message, Translate } from '../shared/message.js'
import type { Field, Option, Raw } from './field.js'
import type { FormState } from './form.js'

/** Parameters of a component partial, named as GOV.UK Frontend names them. */
export interface FieldView {
  readonly id: string
  readonly name: string
  readonly [parameter: string]: unknown
}

export interface ErrorLink {
  readonly text: string
  /** `#` and the id of exactly one element. */
  readonly href: string
}

export interface FormView {
  readonly fields: Readonly<Record<string, FieldView>>
  /** The same fields in their order, each with the partial that draws it, for forms whose fields are not known before. */
  readonly list: readonly (FieldView & { readonly component: string })[]
  readonly errors: readonly ErrorLink[]
}

const component: Readonly<Record<Field['input'], string>> = {
  text: 'input',
  email: 'input',
  number: 'input',
  hidden: 'hidden',
  textarea: 'textarea',
  select: 'select',
  radios: 'radios',
  checkboxes: 'checkboxes',
  date: 'date-input',
  password: 'password-input',
  file: 'file-upload',
}

/** A form → what its template prints. The fields stay in their order. */
export function formView(state: FormState, t: Translate): FormView {
  const entries = Object.entries(state.form.fields).map(([name, field]) => {
    const error = state.errors.get(name)
    return [name, fieldView(name, field, state.raw, error, t), field] as const
  })
  return {
    fields: Object.fromEntries(entries.map(([name, view]) => [name, view])),
    list: entries.map(([, view, field]) => ({ ...view, component: component[field.input] })),
    errors: entries.flatMap(([name, , field]) => {
      const error = state.errors.get(name)
      return error === undefined ? [] : [{ text: t(error), href: `#${firstInput(name, field)}` }]
    }),
  }
}

const firstInput = (name: string, field: Field): string => (field.input === 'date' ? `${name}-day` : name)

function fieldView(name: string, field: Field, raw: Raw, error: Message | undefined, t: Translate): FieldView {
  const label = field.isOptional === true ? t('web.optional', { label: t(field.label) }) : t(field.label)
  const common = {
    id: name,
    name,
    ...(field.hint === undefined ? {} : { hint: { text: t(field.hint) } }),
    ...(error === undefined ? {} : { errorMessage: { text: t(error) } }),
  }
  const value = raw[name]
  const text = typeof value === 'string' ? value : ''
  switch (field.input) {
    case 'hidden':
      return { ...common, value: text }
    case 'radios':
    case 'checkboxes':
      return {
        ...common,
        idPrefix: name,
        fieldset: { legend: { text: label, classes: 'govuk-fieldset__legend--s' } },
        items: (field.options ?? []).map((option) => ({ ...optionView(option, t), checked: isChosen(value, option) })),
      }
    case 'password':
      // What was typed is never sent back.
      return { ...common, label: { text: label }, value: '', ...inputDetails(field, t) }
    case 'select':
      return {
        ...common,
        label: { text: label },
        items: [
          { value: '', text: t('web.choose') },
          ...(field.options ?? []).map((option) => ({ ...optionView(option, t), selected: isChosen(value, option) })),
        ],
      }
    case 'date':
      return {
        ...common,
        namePrefix: name,
        fieldset: { legend: { text: label, classes: 'govuk-fieldset__legend--s' } },
        items: dateItems(name, raw, error !== undefined, t),
      }
    default:
      return { ...common, label: { text: label }, value: text, ...inputDetails(field, t) }
  }
}

const optionView = (option: Option, t: Translate) => ({
  value: option.value,
  text: typeof option.label === 'object' && 'text' in option.label ? option.label.text : t(option.label),
  ...(option.hint === undefined ? {} : { hint: { text: t(option.hint) } }),
})

const isChosen = (value: string | readonly string[] | undefined, option: Option): boolean =>
  typeof value === 'string' ? value === option.value : (value?.includes(option.value) ?? false)

/** A line stops at its limit; a longer text is counted while it is typed, so that nothing pasted is cut off unseen. */
function lengthLimit({ input, maxlength }: Field): Record<string, unknown> {
  if (maxlength === undefined) return {}
  return input === 'textarea' ? { maxlength } : { attributes: { maxlength: String(maxlength) } }
}

const inputDetails = (field: Field, t: Translate): Record<string, unknown> => ({
  ...(field.input === 'email' ? { type: 'email', spellcheck: false } : {}),
  ...(field.input === 'number' ? { inputmode: 'numeric', spellcheck: false, classes: 'govuk-input--width-10' } : {}),
  ...(field.autocomplete === undefined ? {} : { autocomplete: field.autocomplete }),
  ...lengthLimit(field),
  ...(field.suffix === undefined ? {} : { suffix: { text: t(field.suffix) } }),
})

const dateItems = (name: string, raw: Raw, isWrong: boolean, t: Translate) =>
  (['day', 'month', 'year'] as const).map((part) => {
    const value = raw[`${name}-${part}`]
    return {
      id: `${name}-${part}`,
      name: part,
      label: t(`web.date.${part}`),
      value: typeof value === 'string' ? value : '',
      classes: `govuk-input--width-${part === 'year' ? '4' : '2'}${isWrong ? ' govuk-input--error' : ''}`,
    }
  })
