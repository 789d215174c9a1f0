import { actorOf } from '../../web/access.js'
import { idOf, page, type Page } from '../../web/pages.js'
import { textOf } from '../../web/query.js'
import { render } from '../../web/render.js'
import { equityPolicyView } from './equity-views.js'
import { filterOf, listView } from './school-list-views.js'
import { schoolScope } from './school-query.js'
import type { SchoolService } from './school-service.js'
import { schoolView } from './school-views.js'

interface Parts {
  readonly schools: SchoolService
}

export const schoolPages = ({ schools }: Parts): readonly Page[] => [
  page('/schools', 'schools:read', async (req, res) => {
    const actor = actorOf(req)
    const units = await schools.list(actor, filterOf(req), textOf(req, 'after', 500))
    render(req, res, 'schools/list', listView(req, units, schoolScope(actor)))
  }),
  page('/schools/:id', 'schools:read', async (req, res) => {
    render(req, res, 'schools/school', schoolView(req, await schools.read(actorOf(req), idOf(req))))
  }),
  page('/equity', 'public', async (req, res) => {
    render(req, res, 'schools/equity', equityPolicyView(req, await schools.equityInForce()))
  }),
]
