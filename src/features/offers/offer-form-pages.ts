import type { Request, Response } from 'express'
import { dateInBosnia, type Clock } from '../../shared/clock.js'
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
import type { OpenNeedsOf } from './offer-demand.js'
import { previewOf, typedOffer, type EffectOf } from './offer-preview-views.js'
import { mayChangeKind, mayEditOffer, notNow, type Offer, type OfferTerms } from './offer.js'
import type { OfferService } from './offer-service.js'
import { placesFor } from './offer-views.js'

interface Parts {
  readonly offers: OfferService
  readonly clock: Clock
  readonly openNeedsOf: OpenNeedsOf
  readonly effectOf: EffectOf
}

export const offerFormPages = (parts: Parts): readonly Page[] => [
  newPage(parts),
  editPage('/offers/:id/edit', parts),
  editPage('/offers/:id/edit/:kind', parts),
]

const formFor = (req: Request, kind: KindCode): OfferForm => offerForm(kind, placesFor(readerOf(req), req.words.locale))

const newPage = (parts: Parts): Page => {
  const { offers } = parts
  const kindOf = (req: Request): KindCode => kindIn(req, 'offer') ?? notThere()
  const show = (req: Request, res: Response, form: FormState<OfferForm>, preview: object | null = null): void => {
    showForm(req, res, { form, kind: kindOf(req), title: req.words.t('offers.new'), offer: null, preview })
  }
  return formPage('/offers/new/:kind', 'offers:write', {
    form: (req) => formFor(req, kindOf(req)),
    show(req, res, form) {
      show(req, res, form.or({ locale: req.words.locale }))
    },
    async submit(req, res, values, form) {
      const kind = kindOf(req)
      const { quantity } = values
      if (values.preview !== undefined) {
        show(req, res, form.filled(values), await lookAhead(parts, req, termsFrom(kind, values), null))
        return
      }
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

const editPage = (path: string, parts: Parts): Page => {
  const { offers } = parts
  const load = async (req: Request): Promise<Loaded> => {
    const offer = await offers.read(actorOf(req), idOf(req))
    if (!mayEditOffer(actorOf(req), offer)) throw notNow(offer)
    const kind = kindIn(req, 'offer') ?? offer.kind
    if (kind !== offer.kind && !mayChangeKind(offer)) throw notNow(offer)
    return { offer, kind }
  }
  const show = (req: Request, res: Response, form: FormState<OfferForm>, loaded: Loaded) => {
    showForm(req, res, { form, title: req.words.t('offers.edit'), preview: null, ...loaded })
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
      if (values.preview !== undefined) {
        const preview = await lookAhead(parts, req, termsFrom(kind, values), offer)
        show(req, res, form.filled(values), { ...loaded, preview })
        return
      }
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

/** What is edited; after a look ahead with what came of it. */
interface Loaded {
  readonly offer: Offer
  readonly kind: KindCode
  readonly preview?: object
}

/** What the offer would meet as it is typed; nothing is stored. */
function lookAhead(parts: Parts, req: Request, terms: OfferTerms, stored: Offer | null) {
  const actor = actorOf(req)
  const today = dateInBosnia(parts.clock())
  return previewOf(readerOf(req), actor, typedOffer(terms, actor, stored), { ...parts, today })
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
  readonly preview: object | null
}

function showForm(req: Request, res: Response, { form, kind, title, offer, preview }: Shown): void {
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
    preview,
    button: t(offer === null ? 'offers.save-draft' : 'offers.save'),
  })
}
