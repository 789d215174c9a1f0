import type { Request, Response } from 'express'
import { ConflictError, NotFoundError } from '../../shared/errors.js'
import { actorOf } from '../../web/access.js'
import { formView, type ErrorLink } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { actPage, formPage, idOf, page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { cursorOf, readerOf } from '../listings/index.js'
import { agreeForm, rejectDivisionForm } from './consent-forms.js'
import type { ConsentService } from './consent-service.js'
import { consentsView, divisionView, listOf } from './consent-views.js'

export interface ConsentPagesParts {
  readonly consents: ConsentService
}

export const consentPages = (parts: ConsentPagesParts): readonly Page[] => [
  page('/matches/shared', 'matches:share', (req, res) => showConsents(parts, req, res)),
  agreePage(parts),
  rejectPage(parts),
]

async function showConsents(
  { consents }: ConsentPagesParts,
  req: Request,
  res: Response,
  errors?: readonly ErrorLink[],
) {
  const found = await consents.list(actorOf(req), listOf(req), cursorOf(req))
  render(req, res, 'consents/consents', consentsView(req, found, errors))
}

/** Once an offer: the nation agrees to all that the plan gives of it. */
const agreePage = (parts: ConsentPagesParts): Page =>
  actPage('/matches/shared/:offerId/agree', 'matches:share', async (req, res) => {
    const offerId = idOf(req, 'offerId')
    const sent = agreeForm.parse(req.body)
    try {
      const { approved, waiting } = await parts.consents.agree(actorOf(req), offerId, sent.ok ? sent.values.seen : '')
      await redirectWithNotice(req, res, '/matches/shared', 'consents.notice.agreed', { approved, waiting })
    } catch (error) {
      if (!(error instanceof ConflictError || error instanceof NotFoundError)) throw error
      res.status(error instanceof ConflictError ? 409 : 404)
      const { t } = req.words
      await showConsents(parts, req, res, [{ text: t(error.words), href: '#divisions' }])
    }
  })

const rejectPage = ({ consents }: ConsentPagesParts): Page =>
  formPage('/matches/shared/:offerId/reject', 'matches:share', {
    form: rejectDivisionForm,
    async show(req, res, form) {
      const division = await consents.read(actorOf(req), idOf(req, 'offerId'))
      const view = divisionView(readerOf(req), division)
      render(req, res, 'consents/reject', {
        title: req.words.t('consents.reject.title'),
        back: { href: '/matches/shared', text: req.words.t('consents.title') },
        action: view.reject,
        offer: view.title,
        table: view.table,
        // What is shown is what is rejected: after somebody changed it, that is the new division.
        seen: division.seen,
        ...formView(form, req.words.t),
      })
    },
    async submit(req, res, { seen, reason }) {
      const count = await consents.reject(actorOf(req), idOf(req, 'offerId'), seen, reason)
      await redirectWithNotice(req, res, '/matches/shared', 'consents.notice.rejected', { count })
    },
  })
