import type { Request, Response } from 'express'
import { chromeOf } from './chrome.js'
import type { ErrorLink } from './form-views.js'
import type { Templates } from './templates.js'

/** What every page's model has, so that the layout can print title, "Error:" and the summary. */
export interface PageView {
  readonly title: string
  readonly errors: readonly ErrorLink[]
}

let templates: Templates | undefined

/** Sets the templates that `render` uses; called once, by the app. */
export function useTemplates(loaded: Templates): void {
  templates = loaded
}

/**
 * The only way a page is answered: the template inside the layout, the model nested under `page`, so that nothing a
 * person posts can become a setting of the template engine.
 */
export function render<Model extends PageView>(req: Request, res: Response, template: string, page: Model): void {
  if (templates === undefined) throw new Error('No templates are loaded')
  const chrome = chromeOf(req, res)
  const body = templates.render(template, { page, chrome })
  const html = templates.render('layouts/main', { page, chrome, body })
  res.setHeader('Cache-Control', 'private, no-cache')
  res.type('html').send(html)
}
