import { page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import type { HomeService } from './home-service.js'
import { homeView, textView } from './home-views.js'

interface Parts {
  readonly database: { ping(): Promise<void> }
  readonly home: HomeService
}

const textPage = (name: string, sections: readonly string[]): Page =>
  page(`/${name}`, 'public', (req, res) => {
    render(req, res, 'home/text', textView(name, sections, req.words.t))
  })

export const homePages = ({ database, home }: Parts): readonly Page[] => [
  page('/', 'public', async (req, res) => {
    render(req, res, 'home/home', homeView(req.user, await home.figures(), req.words.t, req.formats))
  }),
  textPage('about', ['why', 'how', 'who']),
  textPage('privacy', ['kept', 'never', 'cookies', 'rights']),
  textPage('accessibility', ['standard', 'tested', 'tell']),
  page('/health', 'public', async (_req, res) => {
    await database.ping()
    res.json({ status: 'ok' })
  }),
]
