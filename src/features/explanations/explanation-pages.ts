import type { Request, Response } from 'express'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { NotFoundError } from '../../shared/errors.js'
import { actorOf } from '../../web/access.js'
import { idOf, page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { kindName } from '../catalogue/index.js'
import { readerOf, type Reader } from '../listings/index.js'
import type { Match } from '../matches/index.js'
import type { Offer } from '../offers/index.js'
import type { Rounds, WhyNot } from '../rounds/index.js'
import { maySeeNames } from './explanation.js'
import type { Asked, ExplanationService } from './explanation-service.js'
import { roundFor, roundOfferOf } from './offer-question.js'
import { explanationView, plainText, type ExplanationFrame } from './explanation-views.js'

export interface ExplanationPagesParts {
  readonly explanations: ExplanationService
  readonly clock: Clock
  /** Throws NotFoundError for a need that the person may not know of. */
  readonly needs: { readonly read: (actor: Actor, id: string) => Promise<unknown> }
  readonly whyNot: (actor: Actor, needId: string) => Promise<WhyNot | null>
  readonly matches: { readonly read: (actor: Actor, id: string) => Promise<Match> }
  readonly offers: { readonly read: (actor: Actor, id: string) => Promise<Offer> }
  readonly rounds: Pick<Rounds, 'read' | 'withFiles'>
}

/** What is asked about, and how its page is framed. */
interface About {
  /** Null where there is no round yet that could be solved again. */
  readonly asked: Asked | null
  readonly frame: (reader: Reader) => ExplanationFrame
}

/** While an answer is being looked for the page is read again after so many seconds, with and without scripts. */
const refreshEvery = 3

type Load = (parts: ExplanationPagesParts, req: Request) => Promise<About>

export const explanationPages = (parts: ExplanationPagesParts): readonly Page[] => [
  whyPage('/needs/:id/why', 'needs:read', { parts, load: needAsked }),
  page('/needs/:id/why/text', 'needs:read', (req, res) => sendText(parts, needAsked, req, res)),
  whyPage('/matches/:id/why', 'matches:read', { parts, load: matchAsked }),
  page('/matches/:id/why/text', 'matches:read', (req, res) => sendText(parts, matchAsked, req, res)),
  whyPage('/offers/:id/effect', 'offers:read', { parts, load: offerAsked }),
  page('/offers/:id/effect/text', 'offers:read', (req, res) => sendText(parts, offerAsked, req, res)),
]

interface Asking {
  readonly parts: ExplanationPagesParts
  readonly load: Load
}

/** The reason with what was confirmed of it; a POST has it checked. */
const whyPage = (path: string, access: Page['access'], { parts, load }: Asking): Page => ({
  path,
  access,
  async get(req, res) {
    const reader = readerOf(req)
    const { asked, frame } = await load(parts, req)
    const checked = await findFor(parts, asked)
    const context = { reader, now: parts.clock(), withNames: maySeeNames(actorOf(req)) }
    const view = explanationView(frame(reader), checked, context)
    if (view.isWaiting) res.setHeader('Refresh', String(refreshEvery))
    render(req, res, 'explanations/why', view)
  },
  async post(req, res) {
    const { asked, frame } = await load(parts, req)
    if (asked === null) throw new NotFoundError('explanations.no-round')
    await parts.explanations.ask(actorOf(req), asked)
    res.redirect(303, frame(readerOf(req)).path)
  },
})

/** What was answered about an earlier version of an offer says nothing about this one. */
async function findFor({ explanations }: ExplanationPagesParts, asked: Asked | null) {
  const found = asked === null ? null : await explanations.find(asked.subject)
  return found?.version === asked?.version ? found : null
}

async function sendText(parts: ExplanationPagesParts, load: Load, req: Request, res: Response): Promise<void> {
  const reader = readerOf(req)
  const { asked, frame } = await load(parts, req)
  const checked = await findFor(parts, asked)
  if (asked === null || checked?.state !== 'answered') throw new NotFoundError('explanations.not-checked')
  res.setHeader('Content-Disposition', `attachment; filename="${asked.subject.type}-${asked.subject.id}.txt"`)
  res.type('text/plain').send(plainText(frame(reader), checked, { reader, withNames: maySeeNames(actorOf(req)) }))
}

/** A need that the last round did not meet in full. */
const needAsked: Load = async ({ needs, whyNot, rounds }, req) => {
  const [actor, id] = [actorOf(req), idOf(req)]
  await needs.read(actor, id)
  const found = await whyNot(actor, id)
  if (found === null) throw new NotFoundError('explanations.nothing-unmet')
  const { kind, school, reason } = found
  const { number, hasFiles } = await rounds.read(found.round.id)
  return {
    asked: {
      subject: { type: 'need', id, roundId: found.round.id },
      roundNumber: number,
      question: { type: 'explain-need', needId: id },
      version: 0,
    },
    frame: ({ t }) => ({
      title: t('explanations.need.title'),
      back: { href: `/needs/${id}`, text: t('explanations.about', { kind: kindName(kind), school }) },
      path: `/needs/${id}/why`,
      reason: t(reason),
      notKept: hasFiles ? null : t('explanations.not-kept'),
      round: t('round-pages.round', { number: String(number) }),
    }),
  }
}

const matchAsked: Load = async ({ matches, rounds }, req) => {
  const match = await matches.read(actorOf(req), idOf(req))
  const { id, roundId, offerId, needId, kind, school, reason } = match
  const { number, hasFiles } = await rounds.read(roundId)
  return {
    asked: {
      subject: { type: 'match', id, roundId },
      roundNumber: number,
      question: { type: 'explain-match', offerId, needId },
      version: 0,
    },
    frame: ({ t }) => ({
      title: t('explanations.match.title'),
      back: { href: `/matches/${id}`, text: t('explanations.about', { kind: kindName(kind), school }) },
      path: `/matches/${id}/why`,
      reason: t(reason),
      notKept: hasFiles ? null : t('explanations.not-kept'),
      round: t('round-pages.round', { number: String(number) }),
    }),
  }
}

/** An offer, published or not: what the last round would have done with it. */
const offerAsked: Load = async ({ offers, rounds }, req) => {
  const offer = await offers.read(actorOf(req), idOf(req))
  const round = roundFor(await rounds.withFiles(), offer.reach)
  const { id, title, version } = offer
  return {
    asked: round && {
      subject: { type: 'offer', id, roundId: round.id },
      roundNumber: round.number,
      question: { type: 'demand-of-offer', offer: roundOfferOf(offer) },
      version,
    },
    frame: ({ t }) => ({
      title: t('explanations.offer.title'),
      back: { href: `/offers/${id}`, text: title },
      path: `/offers/${id}/effect`,
      reason: t('explanations.offer.lead'),
      notKept: round === null ? t('explanations.no-round') : null,
      round: round === null ? '' : t('round-pages.round', { number: String(round.number) }),
    }),
  }
}
