import { strict as assert } from 'node:assert'
import { toCyrillic } from '../../src/shared/cyrillic.js'
import { listed } from '../support/source-files.js'
import { textsOf } from '../support/words-of.js'
import { belongElsewhere, keptLatin, sameInEnglish } from '../support/language-words.js'

const withoutPlaceholders = (text: string): string => text.replace(/\{\{[^}]*\}\}/g, ' ')

describe('The languages', () => {
  for (const language of ['bs', 'hr', 'sr'] as const) {
    it(`leave no English standing in ${language}`, () => {
      const english = textsOf('en')
      const complaints = [...textsOf(language)]
        .filter(([key, text]) => text === english.get(key))
        .filter(([, text]) => /\p{L}{2,}/u.test(withoutPlaceholders(text)) && !sameInEnglish.has(text))
        .map(([key, text]) => `${key}: ${text}`)
      assert.equal(complaints.length, 0, listed(complaints))
    })

    it(`write ${language} in words of ${language}`, () => {
      const complaints = [...textsOf(language)].flatMap(([key, text]) =>
        [...withoutPlaceholders(text).matchAll(belongElsewhere[language])].map(
          ([found]) => `${key}: “${found}” in “${text}”`,
        ),
      )
      assert.equal(complaints.length, 0, listed(complaints))
    })

    it(`spell ${language} with its own letters`, () => {
      const complaints = [...textsOf(language)]
        .filter(
          ([, text]) =>
            /[\u0400-\u04ff]/.test(text) || /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(text),
        )
        .map(([key, text]) => `${key}: ${text}`)
      assert.equal(complaints.length, 0, listed(complaints))
    })
  }

  it('leave no Latin letter in Serbian Cyrillic but in names and codes', () => {
    const complaints = [...textsOf('sr')].flatMap(([key, text]) => {
      const cyrillic = withoutPlaceholders(toCyrillic(text)).replace(/\S+@\S+|https?:\S+/g, ' ')
      const words = cyrillic.match(/[\p{L}\p{N}:./_-]*\p{Script=Latin}[\p{L}\p{N}:./_-]*/gu) ?? []
      return words
        .map((word) => word.replace(/[.:,]+$/, ''))
        .filter((word) => !keptLatin.test(word))
        .map((word) => `${key}: “${word}” in “${cyrillic}”`)
    })
    assert.equal(complaints.length, 0, listed(complaints))
  })
})
