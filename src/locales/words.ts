import { readdirSync, readFileSync } from 'node:fs'
import { createInstance, type i18n, type Resource } from 'i18next'
import { toCyrillic } from '../shared/cyrillic.js'
import { locales, type Locale } from '../shared/locale.js'
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

const languageOf = (locale: Locale) => (locale === 'sr-Cyrl' || locale === 'sr-Latn' ? 'sr' : locale)

const wordsOf = (locale: Locale): Node => {
  const words = readWords(languageOf(locale))
  return locale === 'sr-Cyrl' ? inCyrillic(words) : words
}

/** Translators for every locale. A key without words goes to `onMissing`, which by default throws. */
export function loadWords(
  onMissing: (error: MissingWordsError) => void = (error) => {
    throw error
  },
): (locale: Locale) => Translator {
  const made = new Map(locales.map((locale) => [locale, translatorOf(locale, onMissing)]))
  return (locale) => {
    const translator = made.get(locale)
    if (translator === undefined) throw new RangeError(`No such locale: ${locale}`)
    return translator
  }
}

function translatorOf(locale: Locale, onMissing: (error: MissingWordsError) => void): Translator {
  const i18n = instanceOf(locale)
  const formats = formatsOf(locale)
  const has = remembered((key) => i18n.exists(key) || i18n.exists(key, { count: 1 }))
  // Most words have no values and are always the same: a page of twenty rows asks for hundreds of them.
  const plain = remembered((key) => i18n.t(key))
  const t: Translate = (words, values) => {
    const { key, values: given = values } = typeof words === 'string' ? { key: words } : words
    if (!has(key)) {
      onMissing(new MissingWordsError(key, locale))
      return key
    }
    return isEmpty(given) ? plain(key) : i18n.t(key, { ...printed(given, t, formats), ...countOf(given) })
  }
  return { locale, t }
}

/** One instance a locale: i18next is fast when it has one language, named without a region. */
function instanceOf(locale: Locale): i18n {
  const language = languageOf(locale)
  const resources: Resource = { [language]: { translation: wordsOf(locale) } }
  const instance = createInstance()
  void instance.init({
    lng: language,
    resources,
    initAsync: false,
    showSupportNotice: false,
    fallbackLng: false,
    load: 'currentOnly',
    returnNull: false,
    interpolation: { escapeValue: false },
  })
  return instance
}

const isEmpty = (values: Values | undefined): values is undefined =>
  values === undefined || Object.keys(values).length === 0

function remembered<Value>(find: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    let value = known.get(key)
    if (value === undefined) {
      value = find(key)
      known.set(key, value)
    }
    return value
  }
}

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
