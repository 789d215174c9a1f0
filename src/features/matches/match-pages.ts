import type { Request, Response } from 'express'
import type { Message } from '../../shared/message.js'
import { actorOf } from '../../web/access.js'
import type { FormState } from '../../web/form.js'
import { formView, type ErrorLink } from '../../web/form-views.js'
import { idOf, page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import type { AccountService } from '../accounts/index.js'
import { cursorOf, readerOf, type NoticesFor } from '../listings/index.js'
import type { OrganisationService } from '../organisations/index.js'
import { approveForm } from './match-forms.js'
import { filterOf, ownView, queueView } from './match-list-views.js'
import type { Match, MatchSummary } from './match.js'
import { isPromised } from './match-life.js'
import { orderFor } from './match-query.js'
import type { MatchService } from './match-service.js'
import { detailView, titleOf, type Contact } from './match-views.js'

export interface MatchPagesParts {
  readonly matches: MatchService
  readonly accounts: Pick<AccountService, 'namesOf' | 'ofOrganisation'>
  readonly organisations: Pick<OrganisationService, 'companiesByIds'>
  readonly noticesFor: NoticesFor
  /** Of these the proposals that can't be approved as things are now, by id, and why. */
  readonly obstaclesTo: (matches: readonly MatchSummary[]) => Promise<ReadonlyMap<string, Message>>
}

export const matchPages = (parts: MatchPagesParts): readonly Page[] => [
  page('/matches', 'matches:read', (req, res) => showMatches(parts, req, res, approveForm.blank())),
  page('/matches/:id', 'matches:read', (req, res) => showMatch(parts, req, res)),
]

/** What the person has to decide, or what is theirs; `form` says what is ticked. */
export async function showMatches(
  { matches, noticesFor, obstaclesTo }: MatchPagesParts,
  req: Request,
  res: Response,
  form: FormState,
): Promise<void> {
  const actor = actorOf(req)
  const filter = filterOf(req, actor)
  if (orderFor(actor) === 'latest') {
    render(req, res, 'matches/list', ownView(req, await matches.list(actor, filter, cursorOf(req))))
    return
  }
  const [found, overview, notices] = await Promise.all([
    matches.list(actor, filter, cursorOf(req)),
    matches.overview(actor, filter),
    noticesFor(readerOf(req), actor),
  ])
  const [bundles, obstacles] = await Promise.all([matches.bundlesOf(actor, found.items), obstaclesTo(found.items)])
  render(req, res, 'matches/queue', {
    ...queueView(req, { actor, found, overview, bundles, obstacles }, form),
    notices,
    ...formView(form, req.words.t),
  })
}

/** One match; `refusal` is why the button that was pressed did not work. */
export async function showMatch(
  parts: MatchPagesParts,
  req: Request,
  res: Response,
  refusal?: ErrorLink,
): Promise<void> {
  const actor = actorOf(req)
  const match = await parts.matches.read(actor, idOf(req))
  const [names, contacts, bundles, obstacles] = await Promise.all([
    parts.accounts.namesOf(match.history.flatMap(({ by }) => by ?? [])),
    contactsOf(parts, match),
    parts.matches.bundlesOf(actor, [match]),
    parts.obstaclesTo([match]),
  ])
  const reader = readerOf(req)
  const obstacle = obstacles.get(match.id)
  render(req, res, 'matches/match', {
    title: titleOf(reader, match),
    errors: refusal === undefined ? [] : [refusal],
    back: { href: '/matches', text: reader.t('matches.all') },
    obstacle: obstacle === undefined ? null : reader.t('matches.obstacle', { why: obstacle }),
    ...detailView(match, { reader, actor, names, bundle: bundles.get(match.id) ?? null, ...contacts }),
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
