import type { Request, Response } from 'express'
import { actorOf } from '../../web/access.js'
import type { FormState } from '../../web/form.js'
import { formView } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { formPage, idOf, page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { differences, readerOf } from '../listings/index.js'
import { draftRow, draftView, formSections, publishView } from './draft-views.js'
import { termsOf, type PolicyDocument } from './policy-document.js'
import type { PolicyDraftService } from './policy-draft-service.js'
import {
  discardForm,
  draftAsTyped,
  draftTextFrom,
  numbersAsTyped,
  policyForm,
  publishForm,
  type PolicyForm,
} from './policy-forms.js'
import type { PolicyService } from './policy-service.js'
import type { ReplayService } from './replay-service.js'

interface Parts {
  readonly policies: PolicyService
  readonly policyDrafts: PolicyDraftService
  readonly policyReplays: ReplayService
}

/** Where national coordinators write the next policy. */
export const draftPages = (parts: Parts): readonly Page[] => [
  page('/policies/drafts', 'policies:write', (req, res) => showDrafts(parts, req, res)),
  newPage(parts),
  page('/policies/drafts/:id', 'policies:write', (req, res) => showDraft(parts, req, res)),
  editPage(parts),
  publishPage(parts),
  discardPage(parts),
]

const draftOf = ({ policies }: Parts, req: Request): Promise<PolicyDocument> => policies.draft(actorOf(req), idOf(req))

async function showDrafts({ policies }: Parts, req: Request, res: Response): Promise<void> {
  const reader = readerOf(req)
  const [drafts, inForce] = await Promise.all([policies.drafts(actorOf(req)), policies.inForce()])
  render(req, res, 'policies/drafts', {
    title: reader.t('policies.drafts.title'),
    errors: [],
    lead: reader.t('policies.drafts.lead', { version: String(inForce.version) }),
    inForce: `/policies/${inForce.version}`,
    items: drafts.map((draft) => draftRow(reader, draft, termsOf(inForce))),
    empty: reader.t('policies.drafts.empty'),
  })
}

async function showDraft(parts: Parts, req: Request, res: Response): Promise<void> {
  const draft = await draftOf(parts, req)
  const [inForce, replays] = await Promise.all([
    parts.policies.inForce(),
    parts.policyReplays.of(actorOf(req), draft.id),
  ])
  render(req, res, 'policies/draft', draftView(readerOf(req), { draft, inForce, replays }))
}

const newPage = ({ policies, policyDrafts }: Parts): Page =>
  formPage('/policies/drafts/new', 'policies:write', {
    form: policyForm,
    async show(req, res, form) {
      const inForce = await policies.inForce()
      showForm(req, res, form.or({ ...numbersAsTyped(termsOf(inForce)) }), null)
    },
    async submit(req, res, values) {
      const { plan } = await policies.inForce()
      const { id } = await policyDrafts.begin(actorOf(req), draftTextFrom(values, plan))
      await redirectWithNotice(req, res, `/policies/drafts/${id}`, 'policies.notice.drafted')
    },
  })

const editPage = (parts: Parts): Page =>
  formPage('/policies/drafts/:id/edit', 'policies:write', {
    form: policyForm,
    async show(req, res, form) {
      const draft = await draftOf(parts, req)
      showForm(req, res, form.or(draftAsTyped(draft)), draft)
    },
    async submit(req, res, values) {
      const draft = await draftOf(parts, req)
      const text = draftTextFrom(values, draft.terms.plan)
      await parts.policyDrafts.edit(actorOf(req), draft.id, revisionIn(values.revision), text)
      await redirectWithNotice(req, res, `/policies/drafts/${draft.id}`, 'policies.notice.edited')
    },
  })

/** What is no number is no edit that anybody has read. */
const revisionIn = (typed: string | undefined): number =>
  typed !== undefined && /^\d{1,9}$/.test(typed) ? Number(typed) : -1

function showForm(req: Request, res: Response, form: FormState<PolicyForm>, draft: PolicyDocument | null): void {
  const reader = readerOf(req)
  const view = formView(form, reader.t)
  // Somebody else was faster: whoever has read that may save over it, so the form now carries the edit that is stored.
  const isOvertaken = res.statusCode === 409 && draft !== null
  const revision = isOvertaken ? String(draft.revision) : form.raw['revision']
  render(req, res, 'policies/form', {
    ...view,
    title: reader.t(draft === null ? 'policies.new.title' : 'policies.edit.title'),
    back:
      draft === null
        ? { href: '/policies/drafts', text: reader.t('policies.drafts.title') }
        : { href: `/policies/drafts/${draft.id}`, text: draft.title },
    action: req.path,
    sections: formSections(reader, view),
    revision: typeof revision === 'string' ? revision : '',
    overtaken: isOvertaken
      ? {
          href: `/policies/drafts/${draft.id}`,
          fields: differences(reader, form, policyForm.filled(draftAsTyped(draft))),
        }
      : null,
  })
}

const publishPage = (parts: Parts): Page =>
  formPage('/policies/drafts/:id/publish', 'policies:write', {
    form: publishForm,
    async show(req, res, form) {
      const draft = await draftOf(parts, req)
      const [inForce, replays] = await Promise.all([
        parts.policies.inForce(),
        parts.policyReplays.of(actorOf(req), draft.id),
      ])
      const view = formView(form, req.words.t)
      render(req, res, 'policies/publish', { ...view, ...publishView(readerOf(req), { draft, inForce, replays }) })
    },
    async submit(req, res, { reason, revision, inForce }) {
      const { version } = await parts.policyDrafts.publish(actorOf(req), idOf(req), {
        reason,
        revision: revisionIn(revision),
        inForce: revisionIn(inForce),
      })
      await redirectWithNotice(req, res, `/policies/${version}`, 'policies.notice.published')
    },
  })

const discardPage = (parts: Parts): Page =>
  formPage('/policies/drafts/:id/discard', 'policies:write', {
    form: discardForm,
    async show(req, res, form) {
      const draft = await draftOf(parts, req)
      const { t } = req.words
      const [error] = form.errors.values()
      render(req, res, 'policies/discard', {
        title: t('policies.discard.title'),
        errors: error === undefined ? [] : [{ text: t(error), href: '#discard' }],
        back: { href: `/policies/drafts/${draft.id}`, text: draft.title },
        action: req.path,
        revision: String(draft.revision),
        warning: t('policies.discard.warning', { title: draft.title }),
      })
    },
    async submit(req, res, { revision }) {
      await parts.policyDrafts.discard(actorOf(req), idOf(req), revisionIn(revision))
      await redirectWithNotice(req, res, '/policies/drafts', 'policies.notice.discarded')
    },
  })
