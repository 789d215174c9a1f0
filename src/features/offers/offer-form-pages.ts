import type { Request, Response } from 'express'
import { NotFoundError } from '../../shared/errors.js'
import { actorOf } from '../../web/access.js'
import type { FormState } from '../../web/form.js'
import { formView } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { formPage, idOf, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { kindName, type KindCode } from '../catalogue/index.js'
import { askAboutQuantity, differences, kindIn, readerOf, whatToDo } from '../listings/index.js'
import { offerForm, termsFrom, valuesOf, type OfferForm } from './offer-forms.js'
import { municipalityGroups } from './offer-form-views.js'
import { mayChangeKind, mayEditOffer, notNow, type Offer } from './offer.js'
import type { OfferService } from './offer-service.js'
import { placesFor } from './offer-views.js'

interface Parts {
  readonly offers: OfferService
}

export const offerFormPages = (parts: Parts): readonly Page[] => [
  newPage(parts),
  editPage('/offers/:id/edit', parts),
  editPage('/offers/:id/edit/:kind', parts),
]

const formFor = (req: Request, kind: KindCode): OfferForm => offerForm(kind, placesFor(readerOf(req), req.words.locale))

const newPage = ({ offers }: Parts): Page => {
  const kindOf = (req: Request): KindCode => kindIn(req, 'offer') ?? notThere()
  const show = (req: Request, res: Response, form: FormState<OfferForm>): void => {
    showForm(req, res, { form, kind: kindOf(req), title: req.words.t('offers.new'), offer: null })
  }
  return formPage('/offers/new/:kind', 'offers:write', {
    form: (req) => formFor(req, kindOf(req)),
    show(req, res, form) {
      show(req, res, form.or({ locale: req.words.locale }))
    },
    async submit(req, res, values, form) {
      const kind = kindOf(req)
      const { quantity } = values
      const next = whatToDo({ kind, side: 'offer', quantity, students: null, was: null }, values)
      if (next === 'change') show(req, res, form.filled(values))
      else if (next === 'ask') ask(req, res, { kind, quantity, form: form.filled(values) })
      else {
        const { id } = await offers.draft(actorOf(req), termsFrom(kind, values))
        await redirectWithNotice(req, res, `/offers/${id}`, 'offers.notice.draft')
      }
    },
  })
}

const editPage = (path: string, { offers }: Parts): Page => {
  const load = async (req: Request): Promise<{ offer: Offer; kind: KindCode }> => {
    const offer = await offers.read(actorOf(req), idOf(req))
    if (!mayEditOffer(actorOf(req), offer)) throw notNow(offer)
    const kind = kindIn(req, 'offer') ?? offer.kind
    if (kind !== offer.kind && !mayChangeKind(offer)) throw notNow(offer)
    return { offer, kind }
  }
  const show = (req: Request, res: Response, form: FormState<OfferForm>, loaded: { offer: Offer; kind: KindCode }) => {
    showForm(req, res, { form, title: req.words.t('offers.edit'), ...loaded })
  }
  return formPage(path, 'offers:write', {
    form: async (req) => formFor(req, (await load(req)).kind),
    async show(req, res, form) {
      const loaded = await load(req)
      show(req, res, form.or(valuesOf(loaded.offer)), loaded)
    },
    async submit(req, res, values, form) {
      const loaded = await load(req)
      const { offer, kind } = loaded
      const { quantity } = values
      const next = whatToDo({ kind, side: 'offer', quantity, students: null, was: offer.quantity }, values)
      if (next === 'change') show(req, res, form.filled(values), loaded)
      else if (next === 'ask') ask(req, res, { kind, quantity, form: form.filled(values) })
      else {
        await offers.edit(actorOf(req), offer.id, Number(values.version), termsFrom(kind, values))
        await redirectWithNotice(req, res, `/offers/${offer.id}`, 'offers.notice.edit')
      }
    },
  })
}

const ask = (req: Request, res: Response, question: { kind: KindCode; quantity: number; form: FormState }): void => {
  askAboutQuantity(req, res, { ...question, text: req.words.t('offers.unusual') })
}

const notThere = (): never => {
  throw new NotFoundError()
}

interface Shown {
  readonly form: FormState<OfferForm>
  readonly kind: KindCode
  readonly title: string
  /** What is stored, when it is edited. */
  readonly offer: Offer | null
}

function showForm(req: Request, res: Response, { form, kind, title, offer }: Shown): void {
  const { t } = req.words
  const view = formView(form, t)
  // Somebody else was faster: whoever has read that may save over it, so the form now carries the version that is stored.
  const isOvertaken = res.statusCode === 409 && offer !== null
  const version = isOvertaken ? String(offer.version) : form.raw['version']
  render(req, res, 'offers/form', {
    ...view,
    title,
    back:
      offer === null
        ? { href: '/offers/new', text: t('offers.choose-kind') }
        : { href: `/offers/${offer.id}`, text: offer.title },
    action: req.path,
    kind: t(kindName(kind)),
    changeKind: offer !== null && mayChangeKind(offer) ? `/offers/${offer.id}/kind` : null,
    specification: view.list.filter(({ name }) => name.startsWith('spec-')),
    municipalityGroups: municipalityGroups(readerOf(req), req.words.locale, form),
    version: typeof version === 'string' ? version : '',
    overtaken: isOvertaken
      ? { href: `/offers/${offer.id}`, fields: differences(readerOf(req), form, form.form.filled(valuesOf(offer))) }
      : null,
    button: t(offer === null ? 'offers.save-draft' : 'offers.save'),
  })
}
