import { NotFoundError } from '../../shared/errors.js'
import { idOf, page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { catalogueView, kindView } from './catalogue-views.js'
import { isKindCode } from './kind.js'
import { kindOf } from './kinds.js'

export const cataloguePages = (): readonly Page[] => [
  page('/catalogue', 'public', (req, res) => {
    render(req, res, 'catalogue/catalogue', catalogueView(req))
  }),
  page('/catalogue/:kind', 'public', (req, res) => {
    const code = idOf(req, 'kind')
    if (!isKindCode(code)) throw new NotFoundError()
    render(req, res, 'catalogue/kind', kindView(req, kindOf(code)))
  }),
]
