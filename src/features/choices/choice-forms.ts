import { message, type Message } from '../../shared/message.js'
import { choiceField, choicesField, hiddenField, optional, textField, type Field } from '../../web/field.js'
import { form } from '../../web/form.js'
import { choiceLimits, type Need } from '../needs/index.js'
import { answers, answerTo, isNo, type Answer, type Answered, type Candidate } from './choice.js'

/** What the form of one page asks about. */
export interface Asked {
  readonly candidates: readonly Candidate[]
  /** Companies that the school has refused altogether. */
  readonly refused: readonly { readonly id: string; readonly name: string }[]
}

type OfferFieldName = `answer-${string}` | `reason-${string}`
type OfferFields = Readonly<Record<OfferFieldName, Field>>

export const answerField = (offerId: string): OfferFieldName => `answer-${offerId}`
export const reasonField = (offerId: string): OfferFieldName => `reason-${offerId}`

const fieldsOf = ({ offer, company }: Candidate): [OfferFieldName, Field][] => [
  [
    answerField(offer.id),
    optional(
      choiceField({
        label: message('choices.field.answer', { offer: offer.title, company }),
        options: answers.map((value) => ({ value, label: message(`choices.answer.${value}`, { company }) })),
        input: 'select',
      }),
    ),
  ],
  [
    reasonField(offer.id),
    optional(
      textField({
        label: message('choices.field.reason', { offer: offer.title }),
        max: choiceLimits.reason,
      }),
    ),
  ],
]

/** One answer and one reason for each offer that is shown, and which refused companies are welcome again. */
export const choiceForm = ({ candidates, refused }: Asked) =>
  form(
    {
      welcome: choicesField({
        label: 'choices.field.welcome.label',
        hint: 'choices.field.welcome.hint',
        options: refused.map(({ id, name }) => ({ value: id, label: { text: name } })),
      }),
      version: hiddenField(10),
      ...(Object.fromEntries(candidates.flatMap(fieldsOf)) as OfferFields),
    },
    (values) => complaintsAbout(answeredIn(candidates, values)),
  )
export type ChoiceForm = ReturnType<typeof choiceForm>

type Values = Readonly<Record<string, unknown>>

/** The answers of the form, in the order of the page. */
export const answeredIn = (candidates: readonly Candidate[], values: Values): readonly Answered[] =>
  candidates.map(({ offer }) => ({
    offer,
    // The rule of each of these fields admits nothing but its options.
    answer: values[answerField(offer.id)] as Answer | undefined,
    reason: (values[reasonField(offer.id)] as string | undefined) ?? '',
  }))

/** What several answers say together, by the field to blame. */
function complaintsAbout(answered: readonly Answered[]): Record<string, Message> {
  const complaints: Record<string, Message> = {}
  for (const [at, { offer, answer, reason }] of answered.entries()) {
    if (reason !== '' && !isNo(answer)) complaints[reasonField(offer.id)] = message('choices.reason-without-no')
    const twin = answered.slice(0, at).find((one) => isPlace(answer) && one.answer === answer)
    if (twin !== undefined) {
      complaints[answerField(offer.id)] = message('choices.place-twice', {
        place: answer ?? '',
        offer: twin.offer.title,
      })
    }
    const banned = answered.some((one) => one.answer === 'company' && one.offer.companyId === offer.companyId)
    if (banned && isPlace(answer)) complaints[answerField(offer.id)] = message('choices.liked-and-refused')
  }
  return complaints
}

const isPlace = (answer: Answer | undefined): boolean => answer !== undefined && !isNo(answer)

/** What is stored, as the form shows it. */
export const valuesOf = (need: Need, candidates: readonly Candidate[]): Values => ({
  version: String(need.version),
  welcome: [],
  ...Object.fromEntries(
    candidates.flatMap(({ offer }) => {
      const { answer, reason } = answerTo(offer, need)
      return [
        [answerField(offer.id), answer],
        [reasonField(offer.id), reason === '' ? undefined : reason],
      ]
    }),
  ),
})
