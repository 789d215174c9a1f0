import { page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import type { Connection } from 'mongoose'

interface Needed {
  readonly database: { readonly connection: Connection }
}

export const homePages = ({ database }: Needed): readonly Page[] => [
  page('/', 'public', (req, res) => {
    render(req, res, 'home/home', { title: req.words.t('home.title'), errors: [] })
  }),
  page('/health', 'public', async (_req, res) => {
    await database.connection.db?.admin().ping()
    res.json({ status: 'ok' })
  }),
]
