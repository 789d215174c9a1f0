import { page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'

interface Needed {
  readonly database: { ping(): Promise<void> }
}

export const homePages = ({ database }: Needed): readonly Page[] => [
  page('/', 'public', (req, res) => {
    render(req, res, 'home/home', { title: req.words.t('home.title'), errors: [] })
  }),
  page('/health', 'public', async (_req, res) => {
    await database.ping()
    res.json({ status: 'ok' })
  }),
]
