import type { Request, Response } from 'express'
import { actorOf } from '../../web/access.js'
import { streamSteps } from '../../web/event-stream.js'
import type { FormState } from '../../web/form.js'
import { formView } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { actPage, formPage, idOf, page, type Page } from '../../web/pages.js'
import { pagingView } from '../../web/query.js'
import { render } from '../../web/render.js'
import { cursorOf, readerOf } from '../listings/index.js'
import { startForm } from './round-forms.js'
import { stepOf } from './round-progress.js'
import { isActive, mayRunRound, scopeOf } from './round.js'
import { alreadyRunning } from './round-service.js'
import type { Rounds } from './rounds-service.js'
import { roundName, roundRow, roundView } from './round-views.js'
import { scopeText } from './round-state-views.js'
import { filterOf, unmatchedView } from './unmatched-views.js'

export interface RoundPagesParts {
  readonly rounds: Rounds
}

/** Where there is no script the page of a running round is read again after so many seconds. */
const refreshEvery = 3

export const roundPages = (parts: RoundPagesParts): readonly Page[] => [
  page('/rounds', 'rounds:read', (req, res) => showList(parts, req, res)),
  formPage('/rounds/new', 'rounds:run', {
    form: startForm,
    show: showStart,
    async submit(req, res, { note }) {
      const round = await parts.rounds.start(actorOf(req), note ?? '')
      await redirectWithNotice(req, res, `/rounds/${round.id}`, 'round-pages.started')
    },
  }),
  page('/rounds/:id', 'rounds:read', (req, res) => showRound(parts, req, res)),
  actPage('/rounds/:id/cancel', 'rounds:run', async (req, res) => {
    const { id, number } = await parts.rounds.cancel(actorOf(req), idOf(req))
    await redirectWithNotice(req, res, `/rounds/${id}`, 'round-pages.cancelled', { number: String(number) })
  }),
  page('/rounds/:id/unmatched', 'rounds:read', (req, res) => showUnmatched(parts, req, res)),
  page('/rounds/:id/progress', 'rounds:read', (req, res) => streamProgress(parts, req, res)),
]

function showStart(req: Request, res: Response, form: FormState): void {
  const reader = readerOf(req)
  const { t } = reader
  const back = { href: '/rounds', text: t('round-pages.title') }
  const scope = t('round-pages.start.scope', { scope: scopeText(reader, scopeOf(actorOf(req))) })
  render(req, res, 'rounds/new', { title: t('round-pages.start.button'), back, scope, ...formView(form, t) })
}

async function showList({ rounds }: RoundPagesParts, req: Request, res: Response): Promise<void> {
  const reader = readerOf(req)
  const actor = actorOf(req)
  const [found, active] = await Promise.all([rounds.list(cursorOf(req)), rounds.active(scopeOf(actor))])
  const inTheWay = active.find(({ trigger }) => trigger === null)
  render(req, res, 'rounds/list', {
    title: reader.t('round-pages.title'),
    errors: [],
    mayStart: mayRunRound(actor) && inTheWay === undefined,
    running: mayRunRound(actor) && inTheWay !== undefined ? reader.t(alreadyRunning(inTheWay).words) : null,
    items: found.items.map((round) => roundRow(reader, round)),
    empty: reader.t('round-pages.empty'),
    paging: pagingView(req, found.next),
  })
}

async function showRound({ rounds }: RoundPagesParts, req: Request, res: Response): Promise<void> {
  const reader = readerOf(req)
  const round = await rounds.read(idOf(req))
  render(req, res, 'rounds/round', {
    title: roundName(reader, round),
    errors: [],
    back: { href: '/rounds', text: reader.t('round-pages.title') },
    ...(isActive(round.state) ? { refresh: refreshEvery } : {}),
    ...roundView(reader, actorOf(req), round),
  })
}

async function showUnmatched({ rounds }: RoundPagesParts, req: Request, res: Response): Promise<void> {
  const actor = actorOf(req)
  const round = await rounds.read(idOf(req))
  const found = await rounds.unmatched(actor, round.id, filterOf(req), cursorOf(req))
  render(req, res, 'rounds/unmatched', unmatchedView(req, actor, round, found))
}

/** Each step of the round as it happens. */
async function streamProgress({ rounds }: RoundPagesParts, req: Request, res: Response): Promise<void> {
  const [id, { t }] = [idOf(req), req.words]
  await streamSteps(res, async () => {
    const { value, max, words, finished } = stepOf(await rounds.read(id))
    return { value, max, text: t(words), finished }
  })
}
