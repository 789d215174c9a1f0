import type { Request, Response } from 'express'
import { ForbiddenError, NotFoundError } from '../../shared/errors.js'
import { actorOf } from '../../web/access.js'
import type { FormState } from '../../web/form.js'
import { formView } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { formPage, idOf, page, type Page } from '../../web/pages.js'
import { oneOf } from '../../web/query.js'
import { render } from '../../web/render.js'
import { readerOf, type Reader } from '../listings/index.js'
import { isPlanKey, planKeys } from '../planning/index.js'
import { roundName, type Round, type Rounds } from '../rounds/index.js'
import { comparisonView } from './side-by-side-views.js'
import { mayChoosePlan, planOf } from './plan-choice.js'
import { chooseForm } from './plan-forms.js'
import type { PlanService } from './plan-service.js'
import { plansView } from './plan-views.js'

export interface PlanPagesParts {
  readonly rounds: Pick<Rounds, 'read'>
  readonly plans: PlanService
}

export const planPages = (parts: PlanPagesParts): readonly Page[] => [
  page('/rounds/:id/plans', 'rounds:read', (req, res) => showPlans(parts, req, res)),
  page('/rounds/:id/plans/compare', 'rounds:read', (req, res) => showComparison(parts, req, res)),
  formPage('/rounds/:id/plans/choose', 'rounds:run', {
    async form(req) {
      const round = await withPlans(parts, req)
      if (!mayChoosePlan(actorOf(req), round)) throw new ForbiddenError('plans.may-not-choose')
      return chooseForm(round)
    },
    show: (req, res, form) => showChoice(parts, req, res, form),
    async submit(req, res, { plan, reason }) {
      if (!isPlanKey(plan)) throw new NotFoundError('plans.no-such-plan')
      const { id } = await parts.plans.choose(actorOf(req), idOf(req), { plan, reason })
      await redirectWithNotice(req, res, `/rounds/${id}`, 'plans.chosen')
    },
  }),
]

/** Throws NotFoundError for a round that has made no plans. */
async function withPlans({ rounds }: PlanPagesParts, req: Request): Promise<Round> {
  const round = await rounds.read(idOf(req))
  if (round.plans.length === 0) throw new NotFoundError('plans.none')
  return round
}

const backToRound = (reader: Reader, round: Round) => ({ href: `/rounds/${round.id}`, text: roundName(reader, round) })

const backToPlans = ({ t }: Reader, { id }: Round) => ({ href: `/rounds/${id}/plans`, text: t('plans.title') })

async function showPlans(parts: PlanPagesParts, req: Request, res: Response): Promise<void> {
  const reader = readerOf(req)
  const actor = actorOf(req)
  const round = await withPlans(parts, req)
  const obstacle = mayChoosePlan(actor, round) ? await parts.plans.obstacle(round) : null
  render(req, res, 'plans/plans', {
    title: reader.t('plans.title'),
    errors: [],
    round: roundName(reader, round),
    back: backToRound(reader, round),
    ...plansView(round, { reader, actor, obstacle }),
  })
}

async function showComparison(parts: PlanPagesParts, req: Request, res: Response): Promise<void> {
  const reader = readerOf(req)
  const round = await withPlans(parts, req)
  const [oneKey, otherKey] = [oneOf(req, 'one', planKeys), oneOf(req, 'other', planKeys)]
  const one = oneKey === undefined ? null : planOf(round, oneKey)
  const other = otherKey === undefined ? null : planOf(round, otherKey)
  if (one === null || other === null) throw new NotFoundError('plans.no-such-plan')
  const found = await parts.plans.compare(actorOf(req), round.id, { one: one.key, other: other.key })
  render(req, res, 'plans/compare', {
    title: reader.t('plans.compare.title'),
    errors: [],
    round: roundName(reader, round),
    back: backToPlans(reader, round),
    ...comparisonView(reader, { one, other }, found),
  })
}

/** What can be chosen stands in the form; what was looked at last is ticked already. */
async function showChoice(parts: PlanPagesParts, req: Request, res: Response, form: FormState): Promise<void> {
  const reader = readerOf(req)
  const round = await withPlans(parts, req)
  const wanted = oneOf(req, 'plan', planKeys)
  const shown = wanted === undefined ? form : form.or({ plan: wanted })
  render(req, res, 'plans/choose', {
    title: reader.t('plans.choose.title'),
    back: backToPlans(reader, round),
    action: `/rounds/${round.id}/plans/choose`,
    ...formView(shown, reader.t),
  })
}
