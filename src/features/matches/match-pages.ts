import type { Request, Response } from 'express'
import { ConflictError } from '../../shared/errors.js'
import { actorOf } from '../../web/access.js'
import type { FormState } from '../../web/form.js'
import { formView } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { actPage, formPage, idOf, page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import type { AccountService } from '../accounts/index.js'
import { cursorOf, readerOf } from '../listings/index.js'
import type { OrganisationService } from '../organisations/index.js'
import { approveForm, rejectForm } from './match-forms.js'
import { filterOf, ownView, queueView } from './match-list-views.js'
import { alreadyDecided, mayReject, type Match } from './match.js'
import { isPromised } from './match-life.js'
import { orderFor } from './match-query.js'
import type { MatchService, Outcome } from './match-service.js'
import { detailView, titleOf, type Contact } from './match-views.js'

export interface MatchPagesParts {
  readonly matches: MatchService
  readonly accounts: Pick<AccountService, 'namesOf' | 'ofOrganisation'>
  readonly organisations: Pick<OrganisationService, 'companiesByIds'>
}

export const matchPages = (parts: MatchPagesParts): readonly Page[] => [
  page('/matches', 'matches:read', (req, res) => showList(parts, req, res, approveForm.blank())),
  approvePage(parts),
  page('/matches/:id', 'matches:read', (req, res) => showMatch(parts, req, res)),
  approveOnePage(parts),
  rejectPage(parts),
]

async function showList({ matches }: MatchPagesParts, req: Request, res: Response, form: FormState): Promise<void> {
  const actor = actorOf(req)
  const filter = filterOf(req, actor)
  if (orderFor(actor) === 'latest') {
    render(req, res, 'matches/list', ownView(req, await matches.list(actor, filter, cursorOf(req))))
    return
  }
  const [found, overview] = await Promise.all([
    matches.list(actor, filter, cursorOf(req)),
    matches.overview(actor, filter),
  ])
  render(req, res, 'matches/queue', {
    ...queueView(req, actor, found, overview, form),
    ...formView(form, req.words.t),
  })
}

/** Several at once. What can be approved is; whatever could not is listed with the reason. */
const approvePage = (parts: MatchPagesParts): Page =>
  formPage('/matches/approve', 'matches:decide', {
    form: approveForm,
    show: (req, res, form) => showList(parts, req, res, form),
    async submit(req, res, { chosen }) {
      const outcomes = await parts.matches.approveMany(actorOf(req), chosen)
      const refused = outcomes.filter(({ refusal }) => refusal !== null)
      const approved = outcomes.length - refused.length
      if (refused.length === 0) {
        await redirectWithNotice(req, res, '/matches', 'matches.approved-many', { count: approved })
        return
      }
      res.status(409)
      showRefused(req, res, approved, refused)
    },
  })

function showRefused(req: Request, res: Response, approved: number, refused: readonly Outcome[]): void {
  const reader = readerOf(req)
  const { t } = reader
  render(req, res, 'matches/refused', {
    title: t('matches.result.title'),
    errors: [],
    approved: t('matches.approved-many', { count: approved }),
    refused: {
      caption: t('matches.result.refused'),
      columns: [{ text: t('matches.of.match') }, { text: t('matches.history.reason') }],
      rows: refused.map(({ match, refusal }) => ({
        cells: [
          match === null
            ? { text: t('matches.result.unknown') }
            : { text: titleOf(reader, match), href: `/matches/${match.id}` },
          { text: refusal === null ? '' : t(refusal) },
        ],
      })),
      empty: '',
    },
  })
}

/** `refusal` is why the button that was pressed did not work. */
async function showMatch(parts: MatchPagesParts, req: Request, res: Response, refusal?: string): Promise<void> {
  const actor = actorOf(req)
  const match = await parts.matches.read(actor, idOf(req))
  const [names, contacts] = await Promise.all([
    parts.accounts.namesOf(match.history.flatMap(({ by }) => by ?? [])),
    contactsOf(parts, match),
  ])
  const reader = readerOf(req)
  render(req, res, 'matches/match', {
    title: titleOf(reader, match),
    errors: refusal === undefined ? [] : [{ text: refusal, href: '#history' }],
    back: { href: '/matches', text: reader.t('matches.all') },
    ...detailView(match, { reader, actor, names, ...contacts }),
  })
}

/** Both sides may call each other as soon as something is promised; before that everybody asks the authority. */
async function contactsOf(
  { organisations, accounts }: MatchPagesParts,
  match: Match,
): Promise<{ company: Contact | null; school: Contact | null }> {
  if (!isPromised(match.state)) return { company: null, school: null }
  const [companies, [account]] = await Promise.all([
    organisations.companiesByIds([match.companyId]),
    accounts.ofOrganisation(match.centralSchoolId),
  ])
  return { company: companies.get(match.companyId) ?? null, school: account ?? null }
}

const approveOnePage = (parts: MatchPagesParts): Page =>
  actPage('/matches/:id/approve', 'matches:decide', async (req, res) => {
    try {
      const match = await parts.matches.approve(actorOf(req), idOf(req))
      await redirectWithNotice(req, res, '/matches', 'matches.approved', { match: titleOf(readerOf(req), match) })
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error
      res.status(409)
      await showMatch(parts, req, res, req.words.t(error.words))
    }
  })

const rejectPage = ({ matches }: MatchPagesParts): Page =>
  formPage('/matches/:id/reject', 'matches:decide', {
    form: rejectForm,
    async show(req, res, form) {
      const { t } = req.words
      const match = await matches.read(actorOf(req), idOf(req))
      if (!mayReject(actorOf(req), match)) throw alreadyDecided(match.state)
      render(req, res, 'matches/reject', {
        title: t('matches.reject.title'),
        match: titleOf(readerOf(req), match),
        back: { href: `/matches/${match.id}`, text: titleOf(readerOf(req), match) },
        action: `/matches/${match.id}/reject`,
        ...formView(form, t),
      })
    },
    async submit(req, res, { reason }) {
      const match = await matches.reject(actorOf(req), idOf(req), reason)
      await redirectWithNotice(req, res, '/matches', 'matches.rejected', { match: titleOf(readerOf(req), match) })
    },
  })
