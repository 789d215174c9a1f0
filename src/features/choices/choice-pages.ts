import type { Request, Response } from 'express'
import { actorOf } from '../../web/access.js'
import type { FormState } from '../../web/form.js'
import { redirectWithNotice } from '../../web/notice.js'
import { formPage, idOf, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { cursorOf } from '../listings/index.js'
import { mayEditNeed, needNotNow, type NeedChoices } from '../needs/index.js'
import { chosenFrom, type ChoicePage } from './choice.js'
import { answeredIn, choiceForm, valuesOf, type ChoiceForm } from './choice-forms.js'
import type { ChoiceService } from './choice-service.js'
import { choicesView } from './choice-views.js'

export interface ChoicePagesParts {
  readonly choices: ChoiceService
  readonly needChoices: NeedChoices
}

export const choicePages = ({ choices, needChoices }: ChoicePagesParts): readonly Page[] => {
  const load = async (req: Request): Promise<ChoicePage> => {
    const found = await choices.read(actorOf(req), idOf(req), cursorOf(req))
    if (!mayEditNeed(actorOf(req), found.need)) throw needNotNow(found.need)
    return found
  }
  const asked = ({ chosen, offers }: ChoicePage) => [...chosen, ...offers]
  return [
    formPage('/needs/:id/choices', 'needs:write', {
      async form(req) {
        const found = await load(req)
        return choiceForm({ candidates: asked(found), refused: found.refused })
      },
      async show(req, res, form) {
        const found = await load(req)
        showChoices(req, res, found, form.or(valuesOf(found.need, asked(found))))
      },
      async submit(req, res, values) {
        const found = await load(req)
        const chosen = chosenFrom(found.need, answeredIn(asked(found), values), values.welcome)
        const { id } = await needChoices.choose(actorOf(req), idOf(req), Number(values.version), chosen)
        await redirectWithNotice(req, res, `/needs/${id}`, 'choices.saved')
      },
    }),
  ]
}

function showChoices(req: Request, res: Response, found: ChoicePage, form: FormState<ChoiceForm>): void {
  // Somebody else was faster: whoever has read that may save over it, so the form now carries the version that is stored.
  const isOvertaken = res.statusCode === 409
  const version = isOvertaken ? String(found.need.version) : form.raw['version']
  render(req, res, 'choices/choices', {
    ...choicesView(req, found, form),
    version: typeof version === 'string' ? version : '',
    overtaken: isOvertaken ? { href: `/needs/${found.need.id}`, fields: '' } : null,
  })
}
