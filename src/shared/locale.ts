/** The five written languages. A record carries its own; a place never decides it. */
export const locales = ['en', 'bs', 'hr', 'sr-Latn', 'sr-Cyrl'] as const
export type Locale = (typeof locales)[number]

/** Formatting tags: plain `hr` prints BAM instead of KM, plain `sr` uses ekavian words. */
export const intlTags: Readonly<Record<Locale, string>> = {
  en: 'en-GB',
  bs: 'bs-BA',
  hr: 'hr-BA',
  'sr-Latn': 'sr-Latn-BA',
  'sr-Cyrl': 'sr-Cyrl-BA',
}

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value)
