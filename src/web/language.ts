import type { RequestHandler } from 'express'
import { formatsOf, type Formats } from '../locales/formats.js'
import { NotFoundError } from '../shared/errors.js'
import { intlTags, isLocale, locales, type Locale } from '../shared/locale.js'
import type { Translator } from '../shared/message.js'
import { page, type Page } from './pages.js'

const cookieName = 'language'
const oneYear = 365 * 24 * 3_600_000

/** Chooses the reader's language: what they chose before, else what their browser asks for, else Bosnian. */
export function languages(words: (locale: Locale) => Translator): RequestHandler {
  const formats = new Map<Locale, Formats>(locales.map((locale) => [locale, formatsOf(locale)]))
  return (req, res, next) => {
    const locale = chosenIn(req.headers.cookie) ?? asked(req.acceptsLanguages()) ?? 'bs'
    req.words = words(locale)
    req.formats = formats.get(locale) ?? formatsOf(locale)
    res.setHeader('Content-Language', intlTags[locale])
    res.vary('Accept-Language')
    next()
  }
}

function chosenIn(cookies: string | undefined): Locale | undefined {
  const value = /(?:^|;\s*)language=([A-Za-z-]{2,7})(?:;|$)/.exec(cookies ?? '')?.[1]
  return isLocale(value) ? value : undefined
}

/** `sr` alone is written in Latin here as often as in Cyrillic; only a script subtag decides for Cyrillic. */
function asked(tags: readonly string[]): Locale | undefined {
  for (const tag of tags) {
    const [language, script] = tag.toLowerCase().split('-')
    if (language === 'sr' || language === 'sh') return script === 'cyrl' ? 'sr-Cyrl' : 'sr-Latn'
    if (isLocale(language)) return language
  }
  return undefined
}

/** `/language/hr?back=/offers`: a link, so that it works everywhere and can be shared by mouth. */
export const languagePage: Page = page('/language/:locale', 'public', (req, res) => {
  const locale = req.params['locale']
  if (!isLocale(locale)) throw new NotFoundError()
  res.cookie(cookieName, locale, { maxAge: oneYear, sameSite: 'lax', httpOnly: true, secure: req.secure })
  res.redirect(303, localPath(req.query['back']))
})

/** Only an address of this server: `//elsewhere` and `/\elsewhere` lead away and become the start page. */
export const localPath = (value: unknown): string =>
  typeof value === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(value) && value.length < 2000 ? value : '/'
