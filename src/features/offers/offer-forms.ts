import { levels, type Level } from '../../shared/level.js'
import type { Locale } from '../../shared/locale.js'
import { largestMoney, largestQuantity } from '../../shared/quantity.js'
import type { Territory } from '../../shared/territory.js'
import { choiceField, choicesField, dateField, hiddenField, numberField, optional, textField } from '../../web/field.js'
import { form, type ValuesOf } from '../../web/form.js'
import { kindOf, unitName, type KindCode } from '../catalogue/index.js'
import {
  languageOptions,
  longestReason,
  specificationFields,
  specificationFrom,
  specificationValues,
} from '../listings/index.js'
import { limits, terms, valueBases, type Offer, type OfferTerms, type Terms, type ValueBasis } from './offer.js'
import { wishFrom, wishShares } from './offer-wish.js'

/** Where an offer can be valid, in the language of the reader. */
export interface Places {
  readonly authorities: readonly { readonly code: string; readonly name: string }[]
  readonly municipalities: readonly { readonly slug: string; readonly name: string; readonly authority: string }[]
}

const words = (field: string) => ({ label: `offers.field.${field}.label`, hint: `offers.field.${field}.hint` })
const options = (field: string, values: readonly string[]) =>
  values.map((value) => ({ value, label: `offers.field.${field}.option.${value}` }))
const perSchool = (field: string) => optional(numberField({ ...words(field), min: 1, max: largestQuantity }))
const longText = (field: string, max: number) => optional(textField({ ...words(field), max, input: 'textarea' }))

const what = (kind: KindCode) => ({
  title: textField({ ...words('title'), max: limits.title }),
  quantity: numberField({ ...words('quantity'), min: 1, max: largestQuantity, suffix: unitName(kindOf(kind).unit) }),
  ...specificationFields(kind, 'offer'),
  description: longText('description', limits.description),
  locale: choiceField({ ...words('locale'), options: languageOptions, input: 'select' }),
})

const whom = ({ authorities, municipalities }: Places) => ({
  scope: choiceField({ ...words('scope'), options: options('scope', ['national', 'authorities', 'municipalities']) }),
  authorities: choicesField({
    ...words('authorities'),
    options: authorities.map(({ code, name }) => ({ value: code, label: { text: name } })),
  }),
  municipalities: choicesField({
    ...words('municipalities'),
    options: municipalities.map(({ slug, name }) => ({ value: slug, label: { text: name } })),
  }),
  levels: choicesField({
    ...words('levels'),
    options: options('levels', levels),
  }),
  minPerSchool: perSchool('minPerSchool'),
  maxPerSchool: perSchool('maxPerSchool'),
  wishShare: optional(
    numberField({ ...words('wishShare'), min: wishShares.least, max: wishShares.most, suffix: 'offers.percent' }),
  ),
  wishAuthorities: choicesField({
    ...words('wishAuthorities'),
    options: authorities.map(({ code, name }) => ({ value: code, label: { text: name } })),
  }),
})

const how = () => ({
  validFrom: dateField(words('validFrom')),
  validTo: dateField(words('validTo')),
  leadDays: numberField({ ...words('leadDays'), min: 0, max: limits.leadDays, suffix: 'offers.days' }),
  terms: choiceField({ ...words('terms'), options: options('terms', terms) }),
  unitValue: numberField({ ...words('unitValue'), min: 0, max: largestMoney, whole: false, suffix: 'offers.km' }),
  valueBasis: choiceField({ ...words('valueBasis'), options: options('valueBasis', valueBases) }),
  valueNote: optional(textField({ ...words('valueNote'), max: limits.valueNote })),
  conditions: longText('conditions', limits.conditions),
})

/** The form of an offer of one kind; `confirmed` and `change` answer the question about an unusual quantity, `preview` asks before anything is saved. */
export const offerForm = (kind: KindCode, places: Places) =>
  form({
    ...what(kind),
    ...whom(places),
    ...how(),
    version: optional(hiddenField(10)),
    confirmed: optional(hiddenField(10)),
    change: optional(hiddenField(1)),
    preview: optional(hiddenField(1)),
  })
export type OfferForm = ReturnType<typeof offerForm>
type Values = ValuesOf<OfferForm>

/** Why an offer is withdrawn: asked on a page of its own, because it is final. */
export const withdrawForm = form({
  reason: textField({ ...words('reason'), max: longestReason, min: 5, input: 'textarea' }),
})

function territoryFrom({ scope, authorities, municipalities }: Values): Territory {
  if (scope === 'authorities') return { scope, authorities: [...new Set(authorities)] }
  if (scope === 'municipalities') return { scope, municipalities: [...new Set(municipalities)] }
  return { scope: 'national' }
}

/** Throws RuleViolation where the specification does not fit the kind. */
export const termsFrom = (kind: KindCode, values: Values): OfferTerms => ({
  title: values.title,
  kind,
  spec: specificationFrom(kind, 'offer', values),
  description: values.description ?? '',
  // The rule of each of these fields admits nothing but its options.
  locale: values.locale as Locale,
  quantity: values.quantity,
  minPerSchool: values.minPerSchool ?? null,
  maxPerSchool: values.maxPerSchool ?? null,
  territory: territoryFrom(values),
  wish: wishFrom(values.wishShare, values.wishAuthorities),
  levels: [...new Set(values.levels as Level[])],
  validFrom: values.validFrom,
  validTo: values.validTo,
  leadDays: values.leadDays,
  terms: values.terms as Terms,
  unitValue: Math.round(values.unitValue * 100) / 100,
  valueBasis: values.valueBasis as ValueBasis,
  valueNote: values.valueNote ?? '',
  conditions: values.conditions ?? '',
})

/** An offer as its form shows it. */
export const valuesOf = ({ spec, territory, levels: levelsOf, ...offer }: Offer): Partial<Values> => ({
  ...specificationValues(spec),
  title: offer.title,
  quantity: offer.quantity,
  description: offer.description,
  locale: offer.locale,
  scope: territory.scope,
  authorities: territory.scope === 'authorities' ? [...territory.authorities] : [],
  municipalities: territory.scope === 'municipalities' ? [...territory.municipalities] : [],
  levels: [...levelsOf],
  wishShare: offer.wish?.share,
  wishAuthorities: [...(offer.wish?.authorities ?? [])],
  minPerSchool: offer.minPerSchool ?? undefined,
  maxPerSchool: offer.maxPerSchool ?? undefined,
  validFrom: offer.validFrom,
  validTo: offer.validTo,
  leadDays: offer.leadDays,
  terms: offer.terms,
  unitValue: offer.unitValue,
  valueBasis: offer.valueBasis,
  valueNote: offer.valueNote,
  conditions: offer.conditions,
  version: String(offer.version),
})
