import type { Request, Response } from 'express'
import type { Actor } from '../../shared/actor.js'
import { actorOf } from '../../web/access.js'
import { formView } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { actPage, formPage, idOf, page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import type { AccountService } from '../accounts/index.js'
import type { SchoolService } from '../schools/index.js'
import { cursorOf, historyTable, kindChoices, readerOf, type OutcomeOf, type Reader } from '../listings/index.js'
import { needFormPages } from './need-form-pages.js'
import { withdrawForm } from './need-forms.js'
import { isSettled, mayCreateNeed, mayEditNeed, mayWithdrawNeed, notNow, type Need } from './need.js'
import type { NeedService } from './need-service.js'
import { filterOf, listView, needActs, needDetails, needTitle } from './need-views.js'

export interface NeedPagesParts {
  readonly needs: NeedService
  readonly schools: Pick<SchoolService, 'unitsOf' | 'unitsByIds'>
  readonly accounts: Pick<AccountService, 'namesOf'>
  readonly outcomeOf: OutcomeOf
  /** What the school would rather have, as `listings/_choices` prints it; null when there is nothing to tell. */
  readonly choicesOf: (reader: Reader, actor: Actor, need: Need) => Promise<object | null>
}

export const needPages = (parts: NeedPagesParts): readonly Page[] => [
  page('/needs', 'needs:read', showList(parts)),
  page('/needs/new', 'needs:write', showKinds),
  page('/needs/:id', 'needs:read', showNeed(parts)),
  page('/needs/:id/kind', 'needs:write', showOtherKinds(parts)),
  ...needFormPages(parts),
  step(parts, 'publish'),
  step(parts, 'pause'),
  step(parts, 'resume'),
  withdrawPage(parts),
]

const showList =
  ({ needs, schools }: NeedPagesParts) =>
  async (req: Request, res: Response) => {
    const actor = actorOf(req)
    const found = await needs.list(actor, filterOf(req), cursorOf(req))
    const context = {
      reader: readerOf(req),
      units: await schools.unitsByIds(found.items.map((need) => need.schoolUnitId)),
    }
    render(req, res, 'needs/list', listView(req, found, context, mayCreateNeed(actor)))
  }

function showKinds(req: Request, res: Response): void {
  const { t } = req.words
  render(req, res, 'listings/kinds', {
    title: t('needs.choose-kind'),
    errors: [],
    back: { href: '/needs', text: t('needs.title') },
    lead: t('needs.choose-kind-lead'),
    categories: kindChoices(readerOf(req), 'need', (kind) => `/needs/new/${kind}`),
  })
}

const showOtherKinds =
  ({ needs }: NeedPagesParts) =>
  async (req: Request, res: Response) => {
    const { t } = req.words
    const need = await needs.read(actorOf(req), idOf(req))
    if (!mayEditNeed(actorOf(req), need) || isSettled(need)) throw notNow(need)
    render(req, res, 'listings/kinds', {
      title: t('needs.change-kind'),
      errors: [],
      back: { href: `/needs/${need.id}/edit`, text: t('needs.edit') },
      lead: t('needs.change-kind-lead'),
      categories: kindChoices(readerOf(req), 'need', (kind) => `/needs/${need.id}/edit/${kind}`),
    })
  }

const showNeed =
  ({ needs, schools, accounts, outcomeOf, choicesOf }: NeedPagesParts) =>
  async (req: Request, res: Response) => {
    const actor = actorOf(req)
    const need = await needs.read(actor, idOf(req))
    const reader = readerOf(req)
    const [found, names, outcome, choices] = await Promise.all([
      schools.unitsByIds([need.schoolUnitId]),
      accounts.namesOf(need.history.map(({ by }) => by)),
      need.publishedAt === null ? null : outcomeOf(reader, actor, need.id),
      choicesOf(reader, actor, need),
    ])
    const isWaiting = need.state === 'published' && need.available > 0
    const context = { reader, units: found }
    render(req, res, 'needs/need', {
      title: needTitle(context, need),
      errors: [],
      back: { href: '/needs', text: reader.t('needs.title') },
      state: { name: need.state, text: reader.t(`needs.state.${need.state}`) },
      next: reader.t(`needs.next.${need.state}`),
      tier: need.tier,
      acts: needActs(reader, actor, need),
      ...needDetails(context, need),
      outcome: outcome === null || isWaiting ? outcome : { ...outcome, whyNot: null, why: null },
      choices,
      history: historyTable(reader, 'needs', need.history, names),
    })
  }

const step = ({ needs }: NeedPagesParts, act: 'publish' | 'pause' | 'resume'): Page =>
  actPage(`/needs/:id/${act}`, 'needs:write', async (req, res) => {
    const { id } = await needs[act](actorOf(req), idOf(req))
    await redirectWithNotice(req, res, `/needs/${id}`, `needs.notice.${act}`)
  })

const withdrawPage = ({ needs, schools }: NeedPagesParts): Page =>
  formPage('/needs/:id/withdraw', 'needs:write', {
    form: withdrawForm,
    async show(req, res, form) {
      const { t } = req.words
      const need = await needs.read(actorOf(req), idOf(req))
      if (!mayWithdrawNeed(actorOf(req), need)) throw notNow(need)
      const promised = need.reserved + need.committed
      const context = { reader: readerOf(req), units: await schools.unitsByIds([need.schoolUnitId]) }
      render(req, res, 'listings/withdraw', {
        title: t('needs.withdraw.title'),
        back: { href: `/needs/${need.id}`, text: needTitle(context, need) },
        action: `/needs/${need.id}/withdraw`,
        warning: promised > 0 ? t('needs.withdraw.promised', { units: promised }) : t('needs.withdraw.final'),
        button: t('needs.act.withdraw'),
        ...formView(form, t),
      })
    },
    async submit(req, res, { reason }) {
      const { id } = await needs.withdraw(actorOf(req), idOf(req), reason)
      await redirectWithNotice(req, res, `/needs/${id}`, 'needs.notice.withdraw')
    },
  })
