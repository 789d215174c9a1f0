import type { Request, Response } from 'express'
import { message } from '../../shared/message.js'
import { actorOf } from '../../web/access.js'
import { streamSteps } from '../../web/event-stream.js'
import { formView } from '../../web/form-views.js'
import { formPage, idOf, page, type Page } from '../../web/pages.js'
import { redirectWithNotice } from '../../web/notice.js'
import { render } from '../../web/render.js'
import { comparisonView } from '../comparisons/index.js'
import { readerOf } from '../listings/index.js'
import { replayForm, type ReplayForm } from './policy-forms.js'
import { isWaiting } from './policy-replay.js'
import type { PolicyService } from './policy-service.js'
import type { ReplayService } from './replay-service.js'
import { outcomeSentence, replayStep, replayView, roundChoice, roundWords } from './replay-views.js'

interface Parts {
  readonly policies: PolicyService
  readonly policyReplays: ReplayService
}

/** Where there is no script the page of a waiting replay is read again after so many seconds. */
const refreshEvery = 3

export const replayPages = (parts: Parts): readonly Page[] => [
  askPage(parts),
  page('/policies/replays/:id', 'policies:write', (req, res) => showReplay(parts, req, res)),
  page('/policies/replays/:id/progress', 'policies:write', (req, res) => streamProgress(parts, req, res)),
]

const askPage = ({ policies, policyReplays }: Parts): Page =>
  formPage('/policies/drafts/:id/replay', 'policies:write', {
    form: async (req): Promise<ReplayForm> => {
      const rounds = await policyReplays.rounds()
      const reader = readerOf(req)
      return replayForm(
        rounds.map((round) => ({ id: round.id, label: message('policies.replay.choice', roundChoice(reader, round)) })),
      )
    },
    async show(req, res, form) {
      const { t } = req.words
      const draft = await policies.draft(actorOf(req), idOf(req))
      const view = formView(form, t)
      render(req, res, 'policies/ask-replay', {
        ...view,
        title: t('policies.replay.title'),
        back: { href: `/policies/drafts/${draft.id}`, text: draft.title },
        action: req.path,
        hasRounds: (form.form.fields.round.options ?? []).length > 0,
      })
    },
    async submit(req, res, { round }) {
      const { id } = await policyReplays.request(actorOf(req), idOf(req), round)
      await redirectWithNotice(req, res, `/policies/replays/${id}`, 'policies.notice.replay')
    },
  })

async function showReplay({ policies, policyReplays }: Parts, req: Request, res: Response): Promise<void> {
  const reader = readerOf(req)
  const actor = actorOf(req)
  const replay = await policyReplays.read(actor, idOf(req))
  const document = await policies.document(actor, replay.policyId)
  const title = roundWords(reader, replay.round)
  const words = { before: reader.t('policies.replay.before'), after: reader.t('policies.replay.after'), names: true }
  render(req, res, 'policies/replay', {
    title,
    errors: [],
    back:
      document.state === 'draft'
        ? { href: `/policies/drafts/${document.id}`, text: document.title }
        : { href: `/policies/${document.version ?? ''}`, text: document.title },
    caption: document.title,
    ...(isWaiting(replay.state) ? { refresh: refreshEvery } : {}),
    ...replayView(reader, replay, document),
    sentence: replay.outcome === null ? null : outcomeSentence(reader, replay.outcome),
    comparison: replay.outcome === null ? null : comparisonView(reader, replay.outcome.comparison, words),
  })
}

/** What the replay is doing, as it happens. */
async function streamProgress({ policyReplays }: Parts, req: Request, res: Response): Promise<void> {
  const reader = readerOf(req)
  const [actor, id] = [actorOf(req), idOf(req)]
  await streamSteps(res, async () => replayStep(reader, await policyReplays.read(actor, id)))
}
