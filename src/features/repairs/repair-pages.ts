import { actorOf } from '../../web/access.js'
import { formView } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { actPage, formPage, idOf, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { ConflictError, ForbiddenError } from '../../shared/errors.js'
import { readerOf } from '../listings/index.js'
import { mayRunFor, roundName, type Rounds } from '../rounds/index.js'
import { dismissForm } from './repair-forms.js'
import type { RepairService } from './repair-service.js'

interface Parts {
  readonly rounds: Pick<Rounds, 'read'>
  readonly repairs: RepairService
}

export const repairPages = ({ rounds, repairs }: Parts): readonly Page[] => [
  actPage('/rounds/:id/accept', 'rounds:run', async (req, res) => {
    const { id } = await repairs.accept(actorOf(req), idOf(req))
    await redirectWithNotice(req, res, `/rounds/${id}`, 'repairs.accepted')
  }),
  formPage('/rounds/:id/dismiss', 'rounds:run', {
    form: dismissForm,
    async show(req, res, form) {
      const reader = readerOf(req)
      const round = await rounds.read(idOf(req))
      if (!mayRunFor(actorOf(req), round.scope)) throw new ForbiddenError('repairs.may-not')
      if (round.state !== 'ready') throw new ConflictError('repairs.not-waiting')
      render(req, res, 'listings/withdraw', {
        title: reader.t('repairs.dismiss.title'),
        warning: reader.t('repairs.dismiss.warning'),
        button: reader.t('repairs.dismiss.button'),
        back: { href: `/rounds/${round.id}`, text: roundName(reader, round) },
        action: `/rounds/${round.id}/dismiss`,
        ...formView(form, reader.t),
      })
    },
    async submit(req, res, { reason }) {
      await repairs.dismiss(actorOf(req), idOf(req), reason)
      await redirectWithNotice(req, res, `/rounds/${idOf(req)}`, 'repairs.dismissed')
    },
  }),
]
