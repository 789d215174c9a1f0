import type { Locale } from '../../shared/locale.js'
import { largestQuantity } from '../../shared/quantity.js'
import { choiceField, dateField, hiddenField, numberField, optional, textField } from '../../web/field.js'
import { form, type ValuesOf } from '../../web/form.js'
import { kindOf, unitName, type KindCode } from '../catalogue/index.js'
import {
  languageOptions,
  longestReason,
  specificationFields,
  specificationFrom,
  specificationValues,
} from '../listings/index.js'
import { limits, urgencies, type Need, type NeedTerms, type NeedUnit, type Urgency } from './need.js'

const words = (field: string) => ({ label: `needs.field.${field}.label`, hint: `needs.field.${field}.hint` })
const people = (field: string) => numberField({ ...words(field), min: 0, max: limits.people })

/** The form of a need of one kind for one of these units; `confirmed` and `change` answer the question about a quantity. */
export const needForm = (kind: KindCode, units: readonly NeedUnit[]) =>
  form({
    schoolUnitId: choiceField({
      ...words('schoolUnitId'),
      options: units.map(({ id, name }) => ({ value: id, label: { text: name } })),
      input: units.length > 8 ? 'select' : 'radios',
    }),
    quantity: numberField({ ...words('quantity'), min: 1, max: largestQuantity, suffix: unitName(kindOf(kind).unit) }),
    ...specificationFields(kind, 'need'),
    reason: textField({ ...words('reason'), max: limits.reason, min: 10, input: 'textarea' }),
    students: people('students'),
    teachers: people('teachers'),
    urgency: choiceField({
      ...words('urgency'),
      options: urgencies.map((urgency) => ({ value: String(urgency), label: `needs.urgency.${urgency}` })),
    }),
    deadline: optional(dateField(words('deadline'))),
    locale: choiceField({ ...words('locale'), options: languageOptions, input: 'select' }),
    version: optional(hiddenField(10)),
    confirmed: optional(hiddenField(10)),
    change: optional(hiddenField(1)),
  })
export type NeedForm = ReturnType<typeof needForm>
type Values = ValuesOf<NeedForm>

/** Why a need is withdrawn: asked on a page of its own, because it is final. */
export const withdrawForm = form({
  reason: textField({ ...words('withdrawal'), max: longestReason, min: 5, input: 'textarea' }),
})

/** Throws RuleViolation where the specification does not fit the kind. */
export const termsFrom = (kind: KindCode, values: Values): NeedTerms => ({
  schoolUnitId: values.schoolUnitId,
  kind,
  spec: specificationFrom(kind, 'need', values),
  quantity: values.quantity,
  // The rule of each of these fields admits nothing but its options.
  urgency: Number(values.urgency) as Urgency,
  deadline: values.deadline ?? null,
  reason: values.reason,
  beneficiaries: { students: values.students, teachers: values.teachers },
  locale: values.locale as Locale,
})

/** A need as its form shows it. */
export const valuesOf = (need: Need): Partial<Values> => ({
  ...specificationValues(need.spec),
  schoolUnitId: need.schoolUnitId,
  quantity: need.quantity,
  reason: need.reason,
  students: need.beneficiaries.students,
  teachers: need.beneficiaries.teachers,
  urgency: String(need.urgency),
  deadline: need.deadline ?? undefined,
  locale: need.locale,
  version: String(need.version),
})
