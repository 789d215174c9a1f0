import { strict as assert } from 'node:assert'
import { listed } from '../support/source-files.js'
import { keyOf, placeholdersOf, pluralOf, textsOf, writtenLanguages } from '../support/words-of.js'

const texts = Object.fromEntries(writtenLanguages.map((language) => [language, textsOf(language)]))
const others = ['bs', 'hr', 'sr'] as const
const pluralForms = {
  en: ['one', 'other'],
  bs: ['few', 'one', 'other'],
  hr: ['few', 'one', 'other'],
  sr: ['few', 'one', 'other'],
}

/** All forms of each key, by language. */
const forms = Object.fromEntries(
  writtenLanguages.map((language) => {
    const byKey = new Map<string, Map<string | null, string>>()
    for (const [whole, text] of texts[language] ?? []) {
      const known = byKey.get(keyOf(whole)) ?? new Map<string | null, string>()
      byKey.set(keyOf(whole), known.set(pluralOf(whole), text))
    }
    return [language, byKey]
  }),
)
const keysOf = (language: string): Set<string> => new Set(forms[language]?.keys())
const formsOf = (language: string, key: string): ReadonlyMap<string | null, string> =>
  forms[language]?.get(key) ?? new Map<string | null, string>()

describe('The words', () => {
  it('exist for the same keys in English, Bosnian, Croatian and Serbian', () => {
    const english = keysOf('en')
    const complaints = others.flatMap((language) => {
      const known = keysOf(language)
      return [
        ...[...english].filter((key) => !known.has(key)).map((key) => `${language} has no ${key}`),
        ...[...known].filter((key) => !english.has(key)).map((key) => `only ${language} has ${key}`),
      ]
    })
    assert.equal(complaints.length, 0, listed(complaints))
  })

  it('have the plural forms that each language has', () => {
    const complaints = writtenLanguages.flatMap((language) => {
      const given = new Map<string, string[]>()
      for (const whole of texts[language]?.keys() ?? []) {
        const form = pluralOf(whole)
        if (form !== null) given.set(keyOf(whole), [...(given.get(keyOf(whole)) ?? []), form].sort())
      }
      return [...given]
        .filter(([, forms]) => forms.join() !== pluralForms[language].join())
        .map(([key, forms]) => `${language} ${key}: ${forms.join(', ')}`)
    })
    assert.equal(complaints.length, 0, listed(complaints))
  })

  it('are plural in every language or in none', () => {
    const plural = (language: string, key: string): boolean => !formsOf(language, key).has(null)
    const complaints = others.flatMap((language) =>
      [...keysOf('en')]
        .filter((key) => keysOf(language).has(key) && plural('en', key) !== plural(language, key))
        .map((key) => `${language} ${key}`),
    )
    assert.equal(complaints.length, 0, listed(complaints))
  })

  it('have the same placeholders in every language', () => {
    const all = (language: string, key: string): string =>
      placeholdersOf([...formsOf(language, key).values()].join(' ')).join(', ')
    const complaints = others.flatMap((language) =>
      [...keysOf('en')]
        .filter((key) => keysOf(language).has(key) && all('en', key) !== all(language, key))
        .map((key) => `${language} ${key}: {${all(language, key)}} instead of {${all('en', key)}}`),
    )
    assert.equal(complaints.length, 0, listed(complaints))
  })

  it('name the number in every form of a plural: 21 takes the form of 1 outside English', () => {
    const complaints = others.flatMap((language) =>
      [...keysOf(language)].flatMap((key) => {
        const given = formsOf(language, key)
        if (given.has(null)) return []
        const full = placeholdersOf(given.get('other') ?? '').join()
        return [...given]
          .filter(([, text]) => placeholdersOf(text).join() !== full)
          .map(([form]) => `${language} ${key}_${form ?? ''}`)
      }),
    )
    assert.equal(complaints.length, 0, listed(complaints))
  })

  it('print a count through {{n}}, grouped as the language does', () => {
    const complaints = writtenLanguages.flatMap((language) =>
      [...(texts[language] ?? [])]
        .filter(([, text]) => placeholdersOf(text).includes('count'))
        .map(([whole]) => `${language} ${whole}`),
    )
    assert.equal(complaints.length, 0, listed(complaints))
  })

  it('are not empty, not padded, and open no placeholder that they do not close', () => {
    const complaints = writtenLanguages.flatMap((language) =>
      [...(texts[language] ?? [])]
        .filter(
          ([, text]) =>
            text.trim() === '' || text !== text.trim() || /\{\{|\}\}/.test(text.replace(/\{\{[\w-]+\}\}/g, '')),
        )
        .map(([whole]) => `${language} ${whole}`),
    )
    assert.equal(complaints.length, 0, listed(complaints))
  })
})
