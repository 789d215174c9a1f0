import type { Request, Response } from 'express'
import type { Actor } from '../shared/actor.js'
import { intlTags, locales, type Locale } from '../shared/locale.js'
import type { Translate } from '../shared/message.js'
import { mayUse } from '../shared/permission.js'
import type { Access } from './access.js'
import { csrfTokenOf } from './csrf.js'

/** An entry of the navigation: shown to whoever may open it. */
export interface NavigationEntry {
  readonly href: string
  readonly key: string
  readonly access: Access
}

/** What the app tells the frame once: what is in the navigation, and where the built files are. */
export interface Frame {
  readonly navigation: readonly NavigationEntry[]
  readonly footer: readonly { readonly href: string; readonly key: string }[]
  readonly asset: (path: string) => string
  readonly isDemonstration: boolean
}

const languageNames: Readonly<Record<Locale, string>> = {
  en: 'English',
  bs: 'Bosanski',
  hr: 'Hrvatski',
  'sr-Latn': 'Srpski',
  'sr-Cyrl': 'Српски',
}

/** The frame around a page, in the reader's language. */
export interface Chrome {
  readonly t: Translate
  readonly locale: Locale
  readonly htmlLang: string
  readonly path: string
  readonly navigation: readonly { readonly href: string; readonly text: string; readonly current: boolean }[]
  readonly footer: readonly { readonly href: string; readonly text: string }[]
  readonly languages: readonly {
    readonly href: string
    readonly text: string
    readonly lang: string
    readonly current: boolean
  }[]
  readonly account: { readonly name: string; readonly role: string } | null
  /** Only asked for by templates that print a form: asking starts a session. */
  readonly csrfToken: string
  readonly notice: string | null
  readonly isDemonstration: boolean
  readonly css: string
  readonly js: string
  readonly icon: string
}

export function chromeOf(req: Request, res: Response): Chrome {
  const frame = req.app.locals['frame'] as Frame
  const { t, locale } = req.words
  const path = req.path
  const shown = frame.navigation.filter(({ access }) => mayOpen(req.user, access))
  const current = currentAmong(shown, path)
  const translated = { t, locale, htmlLang: intlTags[locale], path }
  return {
    ...translated,
    navigation: shown.map(({ href, key }) => ({ href, text: t(key), current: href === current })),
    footer: frame.footer.map(({ href, key }) => ({ href, text: t(key) })),
    languages: locales.map((language) => ({
      href: `/language/${language}?back=${encodeURIComponent(safeBack(req, res))}`,
      text: languageNames[language],
      lang: intlTags[language],
      current: language === locale,
    })),
    account: req.user === undefined ? null : { name: req.user.name, role: t(`accounts.role.${req.user.role}`) },
    get csrfToken() {
      return csrfTokenOf(req)
    },
    notice: takeNotice(req),
    isDemonstration: frame.isDemonstration,
    css: frame.asset('css/spona.css'),
    js: frame.asset('js/spona.js'),
    icon: frame.asset('images/favicon.svg'),
  }
}

/** The entry whose part of the site this is: of two that fit, the one that says more. */
const currentAmong = (entries: readonly NavigationEntry[], path: string): string | undefined =>
  entries
    .map(({ href }) => href)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((one, other) => other.length - one.length)[0]

const mayOpen = (actor: Actor | undefined, access: Access): boolean =>
  access === 'public' || (actor !== undefined && (access === 'signed-in' || mayUse(actor, access)))

/** After a change of language the same page is read again; the answer to a POST can't be, so its form page is. */
const safeBack = (req: Request, res: Response): string =>
  res.statusCode < 400 || req.method === 'POST' ? req.originalUrl : req.path

function takeNotice(req: Request): string | null {
  const session = req.session as Request['session'] | undefined
  const notice = session?.notice
  if (session === undefined || notice === undefined) return null
  delete session.notice
  return req.words.t({ key: notice.key, ...(notice.values === undefined ? {} : { values: notice.values }) })
}
