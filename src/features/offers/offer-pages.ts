import type { Request, Response } from 'express'
import { dateInBosnia, type Clock } from '../../shared/clock.js'
import { actorOf } from '../../web/access.js'
import { redirectWithNotice } from '../../web/notice.js'
import { actPage, formPage, idOf, page, type Page } from '../../web/pages.js'
import { formView } from '../../web/form-views.js'
import { render } from '../../web/render.js'
import type { AccountService } from '../accounts/index.js'
import type { OrganisationService } from '../organisations/index.js'
import { cursorOf, historyTable, kindChoices, readerOf, type OutcomeOf } from '../listings/index.js'
import { demandOf, type OpenNeedsOf } from './offer-demand.js'
import { demandView } from './offer-demand-views.js'
import type { EffectOf } from './offer-preview-views.js'
import { offerFormPages } from './offer-form-pages.js'
import { withdrawForm } from './offer-forms.js'
import { filterOf, listView } from './offer-list-views.js'
import { mayChangeKind, mayCreateOffer, mayEditOffer, mayWithdrawOffer, notNow, ownsOffer } from './offer.js'
import type { OfferService } from './offer-service.js'
import { offerActs, offerDetails, stateView } from './offer-views.js'

export interface OfferPagesParts {
  readonly offers: OfferService
  readonly clock: Clock
  readonly organisations: Pick<OrganisationService, 'companiesByIds'>
  readonly accounts: Pick<AccountService, 'namesOf'>
  readonly openNeedsOf: OpenNeedsOf
  readonly outcomeOf: OutcomeOf
  readonly effectOf: EffectOf
}

export const offerPages = (parts: OfferPagesParts): readonly Page[] => [
  page('/offers', 'offers:read', showList(parts)),
  page('/offers/new', 'offers:write', showKinds),
  page('/offers/:id', 'offers:read', showOffer(parts)),
  page('/offers/:id/kind', 'offers:write', showOtherKinds(parts)),
  ...offerFormPages(parts),
  step(parts, 'publish'),
  step(parts, 'pause'),
  step(parts, 'resume'),
  withdrawPage(parts),
]

const showList =
  ({ offers, organisations, clock }: OfferPagesParts) =>
  async (req: Request, res: Response) => {
    const actor = actorOf(req)
    const { items, next } = await offers.list(actor, filterOf(req), cursorOf(req))
    const companies = await organisations.companiesByIds(items.map(({ companyId }) => companyId))
    const context = { reader: readerOf(req), companies, today: dateInBosnia(clock()) }
    render(req, res, 'offers/list', listView(req, { items, next }, context, mayCreateOffer(actor)))
  }

function showKinds(req: Request, res: Response): void {
  const { t } = req.words
  render(req, res, 'listings/kinds', {
    title: t('offers.choose-kind'),
    errors: [],
    back: { href: '/offers', text: t('offers.title') },
    lead: t('offers.choose-kind-lead'),
    categories: kindChoices(readerOf(req), 'offer', (kind) => `/offers/new/${kind}`),
  })
}

const showOtherKinds =
  ({ offers }: OfferPagesParts) =>
  async (req: Request, res: Response) => {
    const { t } = req.words
    const offer = await offers.read(actorOf(req), idOf(req))
    if (!mayEditOffer(actorOf(req), offer) || !mayChangeKind(offer)) throw notNow(offer)
    render(req, res, 'listings/kinds', {
      title: t('offers.change-kind'),
      errors: [],
      back: { href: `/offers/${offer.id}/edit`, text: offer.title },
      lead: t('offers.change-kind-lead'),
      categories: kindChoices(readerOf(req), 'offer', (kind) => `/offers/${offer.id}/edit/${kind}`),
    })
  }

const showOffer =
  ({ offers, organisations, accounts, openNeedsOf, outcomeOf, clock }: OfferPagesParts) =>
  async (req: Request, res: Response) => {
    const actor = actorOf(req)
    const today = dateInBosnia(clock())
    const offer = await offers.read(actor, idOf(req))
    const isOwn = ownsOffer(actor, offer)
    const reader = readerOf(req)
    const [companies, names, demand, outcome] = await Promise.all([
      organisations.companiesByIds([offer.companyId]),
      accounts.namesOf(offer.history.map(({ by }) => by)),
      isOwn && offer.state !== 'withdrawn' ? demandOf(offer, openNeedsOf, today) : null,
      offer.publishedAt === null ? null : outcomeOf(reader, actor, offer.id),
    ])
    const { t } = reader
    render(req, res, 'offers/offer', {
      title: offer.title,
      errors: [],
      back: { href: '/offers', text: t('offers.title') },
      state: stateView(reader, offer, today),
      next: t(`offers.next.${stateView(reader, offer, today).name}`),
      acts: offerActs(reader, actor, offer, today),
      ...offerDetails(reader, offer, companies.get(offer.companyId)?.name ?? t('offers.unknown-company')),
      demand: demand === null ? null : demandView(reader, offer, demand),
      effect: offer.state === 'withdrawn' ? null : `/offers/${offer.id}/effect`,
      outcome,
      history: historyTable(reader, 'offers', offer.history, names),
    })
  }

const step = ({ offers }: OfferPagesParts, act: 'publish' | 'pause' | 'resume'): Page =>
  actPage(`/offers/:id/${act}`, 'offers:write', async (req, res) => {
    const { id } = await offers[act](actorOf(req), idOf(req))
    await redirectWithNotice(req, res, `/offers/${id}`, `offers.notice.${act}`)
  })

const withdrawPage = ({ offers }: OfferPagesParts): Page =>
  formPage('/offers/:id/withdraw', 'offers:write', {
    form: withdrawForm,
    async show(req, res, form) {
      const { t } = req.words
      const offer = await offers.read(actorOf(req), idOf(req))
      if (!mayWithdrawOffer(actorOf(req), offer)) throw notNow(offer)
      const promised = offer.reserved + offer.committed
      render(req, res, 'listings/withdraw', {
        title: t('offers.withdraw.title'),
        back: { href: `/offers/${offer.id}`, text: offer.title },
        action: `/offers/${offer.id}/withdraw`,
        warning: promised > 0 ? t('offers.withdraw.promised', { units: promised }) : t('offers.withdraw.final'),
        button: t('offers.act.withdraw'),
        ...formView(form, t),
      })
    },
    async submit(req, res, { reason }) {
      const { id } = await offers.withdraw(actorOf(req), idOf(req), reason)
      await redirectWithNotice(req, res, `/offers/${id}`, 'offers.notice.withdraw')
    },
  })
