import type { Request, Response } from 'express'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, RuleViolation } from '../../shared/errors.js'
import { actorOf } from '../../web/access.js'
import { idOf, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { readerOf } from '../listings/index.js'
import type { Offer } from '../offers/index.js'
import type { WishCostService } from './wish-cost-service.js'
import { wishCostView } from './wish-cost-views.js'

export interface WishCostPagesParts {
  /** Throws NotFoundError for an offer that the person may not know of. */
  readonly offers: { readonly read: (actor: Actor, id: string) => Promise<Offer> }
  readonly wishCosts: WishCostService
  readonly clock: Clock
}

/** While an answer is being looked for the page is read again after so many seconds, with and without scripts. */
const refreshEvery = 3

export const wishCostPages = (parts: WishCostPagesParts): readonly Page[] => [
  {
    path: '/offers/:id/wish-cost',
    access: 'offers:read',
    get: (req, res) => showCost(parts, req, res),
    async post(req, res) {
      const offer = await parts.offers.read(actorOf(req), idOf(req))
      try {
        await parts.wishCosts.ask(offer)
        res.redirect(303, `/offers/${offer.id}/wish-cost`)
      } catch (error) {
        if (!(error instanceof RuleViolation || error instanceof ConflictError)) throw error
        res.status(error instanceof ConflictError ? 409 : 422)
        await showCost(parts, req, res, req.words.t(error.words))
      }
    },
  },
]

async function showCost(parts: WishCostPagesParts, req: Request, res: Response, refusal?: string): Promise<void> {
  const offer = await parts.offers.read(actorOf(req), idOf(req))
  const cost = await parts.wishCosts.find(offer)
  const view = wishCostView(readerOf(req), { offer, cost, now: parts.clock() })
  if (view.isWaiting) res.setHeader('Refresh', String(refreshEvery))
  render(req, res, 'wishes/cost', {
    ...view,
    errors: refusal === undefined ? [] : [{ text: refusal, href: '#wish' }],
  })
}
