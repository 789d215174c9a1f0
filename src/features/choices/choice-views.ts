import type { Request } from 'express'
import type { Actor } from '../../shared/actor.js'
import type { FormState } from '../../web/form.js'
import { formView, type FieldView } from '../../web/form-views.js'
import { pagingView, withQuery } from '../../web/query.js'
import { kindName } from '../catalogue/index.js'
import { quantityWords, readerOf, specificationRows, type Reader } from '../listings/index.js'
import type { Need } from '../needs/index.js'
import { territoryWords } from '../offers/index.js'
import type { Candidate, ChoiceNames, ChoicePage } from './choice.js'
import { answerField, reasonField, type ChoiceForm } from './choice-forms.js'

/** The page on which a school puts offers in order or says no. */
export function choicesView(req: Request, found: ChoicePage, form: FormState<ChoiceForm>) {
  const reader = readerOf(req)
  const { t } = reader
  const { need, chosen, offers, refused, next } = found
  const { fields, errors } = formView(form, t)
  const row = (candidate: Candidate) => candidateRow(reader, candidate, fields)
  const called = t('needs.called', { kind: kindName(need.kind), unit: found.unit })
  return {
    title: t('choices.title'),
    errors,
    need: called,
    back: { href: `/needs/${need.id}`, text: called },
    action: withQuery(req, {}),
    chosen: chosen.map(row),
    offers: offers.map(row),
    welcome: refused.length === 0 ? null : fields['welcome'],
    isEmpty: chosen.length + offers.length + refused.length === 0,
    paging: pagingView(req, next),
  }
}

function candidateRow(
  reader: Reader,
  { offer, company, isOpen, lacks }: Candidate,
  fields: Readonly<Record<string, FieldView>>,
) {
  const { t } = reader
  const specification = specificationRows(reader, offer.kind, 'offer', offer.spec)
  return {
    title: offer.title,
    note: isOpen ? null : t('choices.not-open'),
    meta: [
      company === '' ? t('offers.unknown-company') : company,
      t(kindName(offer.kind)),
      territoryWords(reader, offer.territory),
      t('choices.delivery', { count: offer.leadDays }),
      t('offers.until', { end: { date: offer.validTo } }),
    ],
    specification: specification.map(({ key, value }) => `${key.text}: ${value.text}`).join('; '),
    lacks: lacks.length === 0 ? null : t('choices.needs-first', { things: lacks }),
    figures: [{ label: t('choices.left'), value: quantityWords(reader, offer.kind, offer.available) }],
    answer: withNone(fields[answerField(offer.id)], t('choices.answer.none')),
    reason: fields[reasonField(offer.id)],
  }
}

/** The first entry of a list stands for "nothing chosen": here it is an answer of its own. */
function withNone(field: FieldView | undefined, text: string) {
  const [, ...items] = (field?.['items'] ?? []) as readonly unknown[]
  return { ...field, items: [{ value: '', text }, ...items] }
}

/** What a need's page tells of the choices; `mayChoose`: the reader may change them. */
export function choicesSummary(
  reader: Reader,
  need: Need,
  names: ChoiceNames,
  { actor, mayChoose }: { readonly actor: Actor; readonly mayChoose: boolean },
) {
  const { t } = reader
  const seesOffers = actor.role !== 'school'
  const called = (id: string): string => nameOf(reader, id, names)
  return {
    title: t('choices.summary.title'),
    text: t(mayChoose ? 'choices.summary.lead' : 'choices.summary.text'),
    link: mayChoose ? { href: `/needs/${need.id}/choices`, text: t('choices.summary.link') } : null,
    table: {
      caption: t('choices.summary.caption'),
      captionClasses: 'govuk-table__caption--s',
      columns: ['answer', 'offer', 'reason'].map((column) => ({ text: t(`choices.summary.${column}`) })),
      rows: [
        ...need.ranking.map((id, at) => ({
          cells: [
            { text: t(`choices.answer.${at + 1}`) },
            { text: called(id), ...linkTo(seesOffers, id) },
            { text: '' },
          ],
        })),
        ...need.refusals.map(({ offerId, companyId, reason }) => ({
          cells: [
            { text: t('choices.summary.no') },
            offerId === null
              ? { text: t('choices.summary.everything', { company: called(companyId) }) }
              : { text: called(offerId), ...linkTo(seesOffers, offerId) },
            { text: reason },
          ],
        })),
      ],
      empty: t('choices.summary.none'),
    },
    history: historyTable(reader, need, called),
  }
}

const linkTo = (seesOffers: boolean, id: string) => (seesOffers ? { href: `/offers/${id}` } : {})

function nameOf({ t }: Reader, id: string, { offers, companies }: ChoiceNames): string {
  const offer = offers.get(id)
  if (offer !== undefined) return t('choices.summary.named', { offer: offer.title, company: offer.company })
  return companies.get(id) ?? t('choices.summary.unknown')
}

/** When the choices changed and what they were then; nothing before the first choice. */
const historyTable = ({ t, formats }: Reader, { choiceHistory }: Need, called: (id: string) => string) =>
  choiceHistory.length === 0
    ? null
    : {
        caption: t('choices.history.title'),
        captionClasses: 'govuk-table__caption--s',
        columns: ['when', 'ranking', 'refused'].map((column) => ({ text: t(`choices.history.${column}`) })),
        rows: choiceHistory.toReversed().map(({ at, ranking, refused }) => ({
          cells: [
            { text: formats.dateTime(at) },
            { text: ranking.map(called).join('; ') || t('choices.history.nothing') },
            { text: refused.map(called).join('; ') || t('choices.history.nothing') },
          ],
        })),
        empty: '',
      }
