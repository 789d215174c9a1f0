import { readdirSync, readFileSync } from 'node:fs'
import { createInstance, type Resource } from 'i18next'
import { toCyrillic } from '../shared/cyrillic.js'
import { intlTags, locales, type Locale } from '../shared/locale.js'
import type { Message, MessageValue, Translate, Translator } from '../shared/message.js'
import { formatsOf, type Formats } from './formats.js'

type Node = string | { readonly [key: string]: Node }
type Values = Readonly<Record<string, MessageValue>>

export class MissingWordsError extends Error {
  constructor(key: string, locale: string) {
    super(`No words for ${key} in ${locale}`)
    this.name = 'MissingWordsError'
  }
}

const folder = new URL('./', import.meta.url)

/** All words of one written language, one object a file: `{ offers: { title: … } }`. */
export function readWords(language: 'en' | 'bs' | 'hr' | 'sr'): Record<string, Node> {
  const files = readdirSync(new URL(`${language}/`, folder)).filter((file) => file.endsWith('.json'))
  return Object.fromEntries(
    files.map((file) => [
      file.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8')) as Node,
    ]),
  )
}

export const inCyrillic = (node: Node): Node =>
  typeof node === 'string'
    ? toCyrillic(node)
    : Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inCyrillic(value)]))

const wordsOf = (locale: Locale): Node => {
  if (locale === 'sr-Cyrl') return inCyrillic(readWords('sr'))
  return readWords(locale === 'sr-Latn' ? 'sr' : locale)
}

/** Translators for every locale. A key without words goes to `onMissing`, which by default throws. */
export function loadWords(
  onMissing: (error: MissingWordsError) => void = (error) => {
    throw error
  },
): (locale: Locale) => Translator {
  const resources: Resource = Object.fromEntries(
    locales.map((locale) => [intlTags[locale], { translation: wordsOf(locale) }]),
  )
  const i18n = createInstance()
  void i18n.init({
    resources,
    initAsync: false,
    showSupportNotice: false,
    fallbackLng: false,
    load: 'currentOnly',
    returnNull: false,
    interpolation: { escapeValue: false },
  })
  const made = new Map(locales.map((locale) => [locale, translatorOf(locale)]))

  function translatorOf(locale: Locale): Translator {
    const fixed = i18n.getFixedT(intlTags[locale])
    const formats = formatsOf(locale)
    // Most words of a page have no values; finding them took half of the time that a list of fifty rows needs.
    const plain = new Map<string, string>()
    const t: Translate = (words, values) => {
      const { key, values: given } = typeof words === 'string' ? { key: words, values } : words
      const known = isEmpty(given) ? plain.get(key) : undefined
      if (known !== undefined) return known
      if (!i18n.exists(key, { lng: intlTags[locale], ...countOf(given) })) {
        onMissing(new MissingWordsError(key, locale))
        return key
      }
      const text = fixed(key, given === undefined ? {} : { ...printed(given, t, formats), ...countOf(given) })
      if (isEmpty(given)) plain.set(key, text)
      return text
    }
    return { locale, t }
  }

  return (locale) => {
    const translator = made.get(locale)
    if (translator === undefined) throw new RangeError(`No such locale: ${locale}`)
    return translator
  }
}

const isEmpty = (values: Values | undefined): boolean => values === undefined || Object.keys(values).length === 0

/** Plural forms are chosen by `count`; the number itself is printed through `{{n}}`, grouped as the language does. */
function countOf(values: Values | undefined): { count?: number } {
  const count = values?.['count']
  return typeof count === 'number' ? { count } : {}
}

function printed(values: Values, t: Translate, formats: Formats): Record<string, string> {
  const result: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) {
    result[name] = print(value, t, formats)
    if (name === 'count') result['n'] = result[name]
  }
  return result
}

function print(value: MessageValue, t: Translate, formats: Formats): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return formats.number(value)
  if (isList(value)) return formats.list(value.map((item) => (typeof item === 'string' ? item : t(item))))
  if ('key' in value) return t(value)
  if ('date' in value) return formats.date(value.date)
  if ('km' in value) return formats.km(value.km)
  return formats.name(value.names)
}

const isList = (value: MessageValue): value is readonly (Message | string)[] => Array.isArray(value)
