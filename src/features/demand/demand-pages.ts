import { page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import type { DemandService } from './demand-service.js'
import { demandView } from './demand-views.js'

export interface DemandPagesParts {
  readonly demand: Pick<DemandService, 'latest'>
}

export const demandPages = ({ demand }: DemandPagesParts): readonly Page[] => [
  page('/demand', 'offers:read', async (req, res) => {
    render(req, res, 'demand/list', demandView(req, await demand.latest()))
  }),
]
