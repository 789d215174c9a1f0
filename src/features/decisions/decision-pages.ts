import type { Request, Response } from 'express'
import { ConflictError, RuleViolation } from '../../shared/errors.js'
import { actorOf } from '../../web/access.js'
import { formView } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { actPage, formPage, idOf, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { readerOf } from '../listings/index.js'
import {
  alreadyDecided,
  approveForm,
  isPromised,
  mayDecline,
  mayReject,
  showMatch,
  showMatches,
  sideOf,
  titleOf,
  type DeclineCause,
  type Match,
  type MatchPagesParts,
} from '../matches/index.js'
import { declineForm, rejectForm, type DeclineForm } from './decision-forms.js'
import type { DecisionService } from './decision-service.js'
import { refusedView } from './decision-views.js'

export interface DecisionPagesParts extends MatchPagesParts {
  readonly decisions: DecisionService
}

export const decisionPages = (parts: DecisionPagesParts): readonly Page[] => [
  approvePage(parts),
  approveOnePage(parts),
  rejectPage(parts),
  declinePage(parts),
]

/** Several at once. What can be approved is; whatever could not is listed with the reason. */
const approvePage = (parts: DecisionPagesParts): Page =>
  formPage('/matches/approve', 'matches:decide', {
    form: approveForm,
    show: (req, res, form) => showMatches(parts, req, res, form),
    async submit(req, res, { chosen }) {
      const outcomes = await parts.decisions.approveMany(actorOf(req), chosen)
      const refused = outcomes.filter(({ refusal }) => refusal !== null)
      const agreed = outcomes.filter(({ match, refusal }) => refusal === null && match?.state === 'proposed').length
      const count = outcomes.length - refused.length - agreed
      if (refused.length > 0) {
        res.status(409)
        render(req, res, 'matches/refused', refusedView(readerOf(req), { approved: count, agreed, refused }))
      } else if (agreed > 0) {
        await redirectWithNotice(req, res, '/matches', 'matches.approved-and-agreed', { approved: count, agreed })
      } else await redirectWithNotice(req, res, '/matches', 'matches.approved-many', { count })
    },
  })

const approveOnePage = (parts: DecisionPagesParts): Page =>
  actPage('/matches/:id/approve', 'matches:decide', async (req, res) => {
    try {
      const match = await parts.decisions.approve(actorOf(req), idOf(req))
      const notice = match.state === 'approved' ? 'matches.approved' : 'matches.agreed'
      await redirectWithNotice(req, res, '/matches', notice, { match: titleOf(readerOf(req), match) })
    } catch (error) {
      if (!(error instanceof ConflictError || error instanceof RuleViolation)) throw error
      const comesFirst = error instanceof RuleViolation
      res.status(comesFirst ? 422 : 409)
      const refusal = { text: req.words.t(error.words), href: comesFirst ? '#first' : '#history' }
      await showMatch(parts, req, res, refusal)
    }
  })

const rejectPage = ({ matches, decisions }: DecisionPagesParts): Page =>
  formPage('/matches/:id/reject', 'matches:decide', {
    form: rejectForm,
    async show(req, res, form) {
      const match = await matches.read(actorOf(req), idOf(req))
      if (!mayReject(actorOf(req), match)) throw alreadyDecided(match.state)
      render(req, res, 'matches/reject', {
        title: req.words.t('matches.reject.title'),
        ...about(req, match, 'reject'),
        ...formView(form, req.words.t),
      })
    },
    async submit(req, res, { reason }) {
      const match = await decisions.reject(actorOf(req), idOf(req), reason)
      await redirectWithNotice(req, res, '/matches', 'matches.rejected', { match: titleOf(readerOf(req), match) })
    },
  })

const about = (req: Request, match: Match, act: string) => {
  const title = titleOf(readerOf(req), match)
  const href = `/matches/${match.id}`
  return { match: title, back: { href, text: title }, action: `${href}/${act}` }
}

/** A company or a school says no; the page tells first what that does. */
const declinePage = ({ matches, decisions }: DecisionPagesParts): Page => {
  const load = (req: Request): Promise<Match> => matches.read(actorOf(req), idOf(req))
  return formPage<DeclineForm>('/matches/:id/decline', 'matches:decline', {
    form: async (req) => declineForm(sideOf(actorOf(req), await load(req)) ?? 'school'),
    async show(req: Request, res: Response, form) {
      const { t } = req.words
      const match = await load(req)
      if (!mayDecline(actorOf(req), match)) throw alreadyDecided(match.state)
      const side = sideOf(actorOf(req), match) ?? 'school'
      render(req, res, 'matches/decline', {
        title: t('matches.decline.title'),
        ...about(req, match, 'decline'),
        lead: t(`matches.decline.${side}`),
        released: isPromised(match.state) ? t('matches.decline.released') : null,
        ...formView(form, t),
      })
    },
    async submit(req, res, { cause, words }) {
      // The rule of the field admits nothing but the causes of this side.
      const why = { cause: cause as DeclineCause, words: words ?? '' }
      const match = await decisions.decline(actorOf(req), idOf(req), why)
      await redirectWithNotice(req, res, `/matches/${match.id}`, 'matches.declined', {
        match: titleOf(readerOf(req), match),
      })
    },
  })
}
