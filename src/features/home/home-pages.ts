import { page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { readerOf, type NoticesFor } from '../listings/index.js'
import type { HomeService } from './home-service.js'
import { homeView, textView } from './home-views.js'

interface Parts {
  readonly database: { ping(): Promise<void> }
  readonly home: HomeService
  /** What waits for this person to decide besides the queue. */
  readonly noticesFor: NoticesFor
}

const textPage = (name: string, sections: readonly string[]): Page =>
  page(`/${name}`, 'public', (req, res) => {
    render(req, res, 'home/text', textView(name, sections, req.words.t))
  })

export const homePages = ({ database, home, noticesFor }: Parts): readonly Page[] => [
  page('/', 'public', async (req, res) => {
    const notices = req.user === undefined ? [] : await noticesFor(readerOf(req), req.user)
    const view = homeView(req.user, await home.figures(), req.words.t, req.formats)
    render(req, res, 'home/home', { ...view, notices })
  }),
  textPage('about', ['why', 'how', 'who']),
  textPage('privacy', ['kept', 'never', 'cookies', 'rights']),
  textPage('accessibility', ['standard', 'tested', 'tell']),
  page('/health', 'public', async (_req, res) => {
    await database.ping()
    res.json({ status: 'ok' })
  }),
]
