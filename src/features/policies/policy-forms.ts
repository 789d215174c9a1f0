import { message, type Message } from '../../shared/message.js'
import { hiddenField, numberField, optional, choiceField, textField, type Field } from '../../web/field.js'
import { form } from '../../web/form.js'
import { ruleOfFactor, factorNames } from '../schools/index.js'
import { reasonLengths, titleLengths, type PolicyDocument, type PolicyTerms } from './policy-document.js'
import {
  decimalsOf,
  isTooFine,
  policyNumbers,
  problemsOf,
  termsFrom,
  type Measure,
  type PolicyNumber,
  type TypedNumbers,
} from './policy-numbers.js'

const factorOf = ({ name }: PolicyNumber) => factorNames.find((factor) => name === `weight-${factor}`)

/** Words of a number: its name, and what it does. The factors have theirs from the register. */
export const labelOf = (number: PolicyNumber): string => {
  const factor = factorOf(number)
  return factor === undefined ? `policies.number.${number.name}.label` : `schools.equity.factor.${factor}`
}

export const meaningOf = (number: PolicyNumber): Message => {
  const factor = factorOf(number)
  return factor === undefined ? message(`policies.number.${number.name}.meaning`) : ruleOfFactor(factor)
}

const suffixes: Partial<Readonly<Record<Measure, string>>> = {
  percent: 'policies.measure.percent',
  days: 'policies.measure.days-suffix',
}

function fieldOf(number: PolicyNumber): Field<number | undefined> {
  const { measure, least: min, most: max, isOptional } = number
  const suffix = suffixes[measure]
  const field = numberField({
    label: labelOf(number),
    hint: message('policies.hint', { meaning: meaningOf(number), least: min, most: max }),
    ...{ min, max, whole: decimalsOf(number) === 0 },
    ...(suffix === undefined ? {} : { suffix }),
  })
  // What is asked for is refused when it is missing, so the value is there although the type allows for less.
  return isOptional ? optional(field) : field
}

type NumberFields = Readonly<Record<string, Field<number | undefined>>>

const numberFields: NumberFields = Object.fromEntries(policyNumbers.map((number) => [number.name, fieldOf(number)]))

/** The numbers among the values of the form. */
function typedIn(values: object): TypedNumbers {
  const found = new Map<string, unknown>(Object.entries(values))
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
  return Object.fromEntries(policyNumbers.map(({ name }) => [name, number(found.get(name))]))
}

/** Everything that is wrong with the numbers together, by the field to blame. */
function problemsIn(typed: TypedNumbers): Readonly<Record<string, Message | undefined>> {
  const tooFine = policyNumbers
    .filter((number) => isTooFine(number, typed[number.name] ?? 0))
    .map((number) => [number.name, message('policies.rule.too-fine', { count: decimalsOf(number) })] as const)
  // The steps of a policy are those that were filled in: the second of them may stand in the third field.
  const steps = policyNumbers.filter(({ section, name }) => section === 'deadlines' && (typed[name] ?? null) !== null)
  const fieldFor = (name: string): string =>
    name.startsWith('step-') ? (steps[Number(name.slice(5)) - 1]?.name ?? name) : name
  const wrong = Object.entries(problemsOf(termsFrom(typed, { plan: 'equity-first' })))
  return {
    ...Object.fromEntries(wrong.map(([name, words]) => [fieldFor(name), words])),
    ...Object.fromEntries(tooFine),
  }
}

/** All numbers of a policy; `revision` is the edit that was read, nothing for a new draft. */
export const policyForm = form(
  {
    title: textField({
      label: 'policies.field.title.label',
      hint: 'policies.field.title.hint',
      min: titleLengths.least,
      max: titleLengths.most,
    }),
    ...numberFields,
    revision: optional(hiddenField(10)),
  },
  (values) => problemsIn(typedIn(values)),
)
export type PolicyForm = typeof policyForm

interface Typed {
  readonly title: string
  readonly revision?: string | undefined
}

export const draftTextFrom = (values: Typed, plan: PolicyTerms['plan']) => ({
  title: values.title,
  terms: termsFrom(typedIn(values), { plan }),
})

/** A policy as the form shows it. */
export const numbersAsTyped = (terms: PolicyTerms): Readonly<Record<string, number | undefined>> =>
  Object.fromEntries(policyNumbers.map((number) => [number.name, number.of(terms) ?? undefined]))

export const draftAsTyped = ({ title, terms, revision }: Pick<PolicyDocument, 'title' | 'terms' | 'revision'>) => ({
  title,
  revision: String(revision),
  ...numbersAsTyped(terms),
})

/** Which past round a draft is tried on; `rounds` are ids with their words. */
export const replayForm = (rounds: readonly { readonly id: string; readonly label: Message }[]) =>
  form({
    round: choiceField({
      label: 'policies.field.round.label',
      hint: 'policies.field.round.hint',
      options: rounds.map(({ id, label }) => ({ value: id, label })),
    }),
  })
export type ReplayForm = ReturnType<typeof replayForm>

/** Why a draft is published; what was read is carried along. */
export const publishForm = form({
  reason: textField({
    label: 'policies.field.reason.label',
    hint: 'policies.field.reason.hint',
    min: reasonLengths.least,
    max: reasonLengths.most,
    input: 'textarea',
  }),
  revision: hiddenField(10),
  inForce: hiddenField(10),
})

/** Throwing a draft away asks nothing but whether it is this very text. */
export const discardForm = form({ revision: hiddenField(10) })
