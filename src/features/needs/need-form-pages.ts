import type { Request, Response } from 'express'
import { NotFoundError } from '../../shared/errors.js'
import { actorOf } from '../../web/access.js'
import type { FormState, ValuesOf } from '../../web/form.js'
import { formView } from '../../web/form-views.js'
import { redirectWithNotice } from '../../web/notice.js'
import { formPage, idOf, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { kindName, type KindCode } from '../catalogue/index.js'
import type { SchoolService } from '../schools/index.js'
import { askAboutQuantity, differences, kindIn, readerOf, whatToDo } from '../listings/index.js'
import { needForm, termsFrom, valuesOf, type NeedForm } from './need-forms.js'
import { isSettled, mayEditNeed, notNow, type Need, type NeedUnit } from './need.js'
import type { NeedService } from './need-service.js'

interface Parts {
  readonly needs: NeedService
  readonly schools: Pick<SchoolService, 'unitsOf'>
}

interface Loaded {
  readonly kind: KindCode
  readonly units: readonly NeedUnit[]
  /** What is stored, when it is edited. */
  readonly need: Need | null
}

export const needFormPages = (parts: Parts): readonly Page[] => [
  newPage(parts),
  editPage('/needs/:id/edit', parts),
  editPage('/needs/:id/edit/:kind', parts),
]

const newPage = (parts: Parts): Page => {
  const load = async (req: Request): Promise<Loaded> => {
    const kind = kindIn(req, 'need')
    if (kind === null) throw new NotFoundError()
    return { kind, units: await parts.schools.unitsOf(actorOf(req)), need: null }
  }
  return formPage('/needs/new/:kind', 'needs:write', {
    form: formOf(load),
    async show(req, res, form) {
      showForm(req, res, form.or({ locale: req.words.locale }), await load(req))
    },
    async submit(req, res, values, form) {
      const loaded = await load(req)
      if (asksAgain(req, res, { values, form, loaded })) return
      const { id } = await parts.needs.draft(actorOf(req), termsFrom(loaded.kind, values))
      await redirectWithNotice(req, res, `/needs/${id}`, 'needs.notice.draft')
    },
  })
}

const editPage = (path: string, parts: Parts): Page => {
  const load = async (req: Request): Promise<Loaded & { need: Need }> => {
    const need = await parts.needs.read(actorOf(req), idOf(req))
    if (!mayEditNeed(actorOf(req), need)) throw notNow(need)
    const kind = kindIn(req, 'need') ?? need.kind
    if (kind !== need.kind && isSettled(need)) throw notNow(need)
    const units = await parts.schools.unitsOf(actorOf(req))
    return { kind, units: isSettled(need) ? units.filter(({ id }) => id === need.schoolUnitId) : units, need }
  }
  return formPage(path, 'needs:write', {
    form: formOf(load),
    async show(req, res, form) {
      const loaded = await load(req)
      showForm(req, res, form.or(valuesOf(loaded.need)), loaded)
    },
    async submit(req, res, values, form) {
      const loaded = await load(req)
      if (asksAgain(req, res, { values, form, loaded })) return
      const { id } = loaded.need
      await parts.needs.edit(actorOf(req), id, Number(values.version), termsFrom(loaded.kind, values))
      await redirectWithNotice(req, res, `/needs/${id}`, 'needs.notice.edit')
    },
  })
}

const formOf =
  (load: (req: Request) => Promise<Loaded>) =>
  async (req: Request): Promise<NeedForm> => {
    const { kind, units } = await load(req)
    return needForm(kind, units)
  }

interface Sent {
  readonly values: ValuesOf<NeedForm>
  readonly form: NeedForm
  readonly loaded: Loaded
}

/** True when something was shown instead of stored: the question about the quantity, or the form again after a "no". */
function asksAgain(req: Request, res: Response, { values, form, loaded }: Sent): boolean {
  const { kind, need, units } = loaded
  const students = units.find(({ id }) => id === values.schoolUnitId)?.numStudents ?? null
  const { quantity } = values
  const next = whatToDo({ kind, side: 'need', quantity, students, was: need?.quantity ?? null }, values)
  const state = form.filled(values)
  if (next === 'change') showForm(req, res, state, loaded)
  if (next === 'ask') askAboutQuantity(req, res, { kind, quantity, form: state, text: req.words.t('needs.unusual') })
  return next !== 'store'
}

function showForm(req: Request, res: Response, form: FormState<NeedForm>, { kind, need }: Loaded): void {
  const { t } = req.words
  const view = formView(form, t)
  // Somebody else was faster: whoever has read that may save over it, so the form now carries the version that is stored.
  const isOvertaken = res.statusCode === 409 && need !== null
  const version = isOvertaken ? String(need.version) : form.raw['version']
  render(req, res, 'needs/form', {
    ...view,
    title: t(need === null ? 'needs.new' : 'needs.edit'),
    back:
      need === null
        ? { href: '/needs/new', text: t('needs.choose-kind') }
        : { href: `/needs/${need.id}`, text: t('needs.back-to-need') },
    action: req.path,
    kind: t(kindName(kind)),
    changeKind: need !== null && !isSettled(need) ? `/needs/${need.id}/kind` : null,
    unitField: view.list.filter(({ name }) => name === 'schoolUnitId'),
    specification: view.list.filter(({ name }) => name.startsWith('spec-')),
    version: typeof version === 'string' ? version : '',
    overtaken: isOvertaken
      ? { href: `/needs/${need.id}`, fields: differences(readerOf(req), form, form.form.filled(valuesOf(need))) }
      : null,
    button: t(need === null ? 'needs.save-draft' : 'needs.save'),
  })
}
