import express, { type Express } from 'express'
import { loadWords } from '../../src/locales/words.js'
import { intlTags, type Locale } from '../../src/shared/locale.js'
import { publicFiles } from '../../src/web/assets.js'
import { securityHeaders } from '../../src/web/security-headers.js'
import { loadTemplates } from '../../src/web/templates.js'
import { samples } from './gallery-samples.js'

const root = new URL('../../../', import.meta.url)

/** An app of one page: the frame with every component and pattern in it, under the same security headers as Spona. */
export function galleryApp(
  locale: Locale,
  page: Readonly<Record<string, unknown>> = {},
  progressUrl: string | null = null,
): Express {
  const templates = loadTemplates(new URL('views/', root))
  const chrome = { ...frameOf(locale), notice: 'errors' in page ? null : 'Ponuda je objavljena.' }
  const body = samples
    .map(({ partial, model }) => templates.render(`partials/${partial}`, { ...model, url: progressUrl, chrome }))
    .join('')
  const app = express()
  app.use(securityHeaders(false))
  app.use(publicFiles(new URL('public/', root)))
  app.get('/', (_req, res) => {
    const model = { title: 'Potrebe', errors: [], ...page }
    res.type('html').send(templates.render('layouts/main', { page: model, chrome, body }))
  })
  return app
}

function frameOf(locale: Locale) {
  const { t } = loadWords()(locale)
  const languages = ['English', 'Bosanski', 'Hrvatski', 'Srpski', 'Српски']
  return {
    t,
    htmlLang: intlTags[locale],
    navigation: ['Pregled', 'Ponude', 'Potrebe', 'Prijedlozi', 'Krugovi', 'Škole', 'Kompanije'].map((text, index) => ({
      text,
      href: `/${index}`,
      current: index === 2,
    })),
    languages: languages.map((text, index) => ({ text, href: `/l${index}`, lang: 'bs', current: index === 1 })),
    account: { name: 'Amra Hadžić', role: 'koordinatorica' },
    csrfToken: 'token',
    isDemonstration: true,
    footer: [{ text: 'Politika raspodjele', href: '/politika' }],
    css: '/css/spona.css',
    js: '/js/spona.js',
    icon: '/images/favicon.svg',
  }
}
