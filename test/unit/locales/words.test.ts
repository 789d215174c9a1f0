import { strict as assert } from 'node:assert'
import { formatsOf } from '../../../src/locales/formats.js'
import { loadWords, MissingWordsError } from '../../../src/locales/words.js'
import { message } from '../../../src/shared/message.js'
import { locales, type Locale } from '../../../src/shared/locale.js'

const words = loadWords()
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

describe('Words in five languages', () => {
  it('choose the plural that the number takes', () => {
    const pieces = (locale: Locale): string[] =>
      [1, 2, 5, 11, 21, 22, 25, 101].map((count) => words(locale).t('catalogue.unit.piece', { count }))
    assert.deepEqual(pieces('en').slice(0, 3), ['1 piece', '2 pieces', '5 pieces'])
    assert.deepEqual(pieces('bs'), [
      '1 komad',
      '2 komada',
      '5 komada',
      '11 komada',
      '21 komad',
      '22 komada',
      '25 komada',
      '101 komad',
    ])
    assert.deepEqual(
      [1, 3, 7, 31].map((count) => words('hr').t('catalogue.unit.set', { count })),
      ['1 komplet', '3 kompleta', '7 kompleta', '31 komplet'],
    )
    assert.deepEqual(
      [1, 4, 12].map((count) => words('sr-Cyrl').t('catalogue.unit.licence', { count })),
      ['1 лиценца', '4 лиценце', '12 лиценци'],
    )
  })

  it('print a count grouped as the language does', () => {
    assert.equal(words('en').t('catalogue.unit.piece', { count: 12500 }), '12,500 pieces')
    assert.equal(words('sr-Latn').t('catalogue.unit.piece', { count: 12500 }), '12.500 komada')
  })

  it('write Serbian in Cyrillic from its Latin words', () => {
    assert.equal(words('sr-Cyrl').t('web.language'), 'Језик')
    assert.equal(words('sr-Cyrl').t('accounts.address-taken', { email: 'a@b.ba' }).includes('a@b.ba'), true)
  })

  it('print messages inside messages, lists, dates and amounts in the language of the reader', () => {
    const label = message('accounts.field.email')
    assert.equal(words('en').t('errors.field.required', { label }), 'E-mail address: enter a value')
    const { t } = words('bs')
    assert.equal(t('errors.field.too-long', { label, maximum: 1000 }).includes('1.000'), true)
  })

  it('put no markup on what they are given: the template escapes once', () => {
    assert.ok(words('en').t('accounts.address-taken', { email: '<b>&' }).includes('<b>&'))
  })

  it('never leave a key unnoticed', () => {
    assert.throws(() => words('en').t('web.no-such-words'), MissingWordsError)
    const missed: string[] = []
    const forgiving = loadWords((error) => missed.push(error.message))
    assert.equal(forgiving('hr').t('web.no-such-words'), 'web.no-such-words')
    assert.deepEqual(missed, ['No words for web.no-such-words in hr'])
  })

  it('ignore instructions hidden in what people type', () => {
    const nested = words('en').t('accounts.address-taken', { email: '$t(web.sign-in) {{n}}' })
    assert.ok(nested.includes('$t(web.sign-in) {{n}}'), nested)
  })
})

describe('Formats', () => {
  it('write amounts in KM, in Cyrillic as КМ', () => {
    assert.equal(plain(formatsOf('en').km(1250.5)), '1,250.5 KM')
    for (const locale of ['bs', 'hr', 'sr-Latn'] as const)
      assert.equal(plain(formatsOf(locale).km(1250)), '1.250 KM', locale)
    assert.equal(plain(formatsOf('sr-Cyrl').km(1250)), '1.250 КМ')
  })

  it('write dates as each language does, on the calendar of Sarajevo', () => {
    const date = (locale: Locale): string => plain(formatsOf(locale).date(new Date('2026-11-23T23:30:00Z')))
    assert.equal(date('en'), '24 November 2026')
    assert.equal(date('bs'), '24. novembra 2026.')
    assert.equal(date('hr'), '24. studenoga 2026.')
    assert.equal(date('sr-Latn'), '24. novembra 2026.')
    assert.equal(date('sr-Cyrl'), '24. новембра 2026.')
  })

  it('write the month in the case that follows a day', () => {
    const months = (locale: Locale): string[] => ['2027-03-01', '2027-08-31'].map(formatsOf(locale).date)
    assert.deepEqual(months('bs'), ['1. marta 2027.', '31. augusta 2027.'])
    assert.deepEqual(months('hr'), ['1. ožujka 2027.', '31. kolovoza 2027.'])
    assert.deepEqual(months('sr-Latn'), ['1. marta 2027.', '31. avgusta 2027.'])
    assert.deepEqual(months('sr-Cyrl'), ['1. марта 2027.', '31. августа 2027.'])
  })

  it('write a moment with the hour of Sarajevo', () => {
    const at = new Date('2026-11-23T23:05:00Z')
    assert.equal(plain(formatsOf('en').dateTime(at)), '24 November 2026 at 00:05')
    assert.equal(formatsOf('hr').dateTime(at), '24. studenoga 2026. u 00:05')
    assert.equal(formatsOf('sr-Cyrl').dateTime(at), '24. новембра 2026. у 00:05')
  })

  it('write an ISO date as that day, whatever the zone of the server', () => {
    assert.equal(plain(formatsOf('en').date('2026-07-01')), '1 July 2026')
  })

  it('join lists with the word for and', () => {
    const list = (locale: Locale): string => formatsOf(locale).list(['1', '2', '3'])
    assert.deepEqual(locales.map(list), ['1, 2 and 3', '1, 2 i 3', '1, 2 i 3', '1, 2 i 3', '1, 2 и 3'])
  })

  it('give a name in the language of the reader, else in the nearest one', () => {
    const names = { en: 'Canton', bs: 'Kanton', hr: 'Županija' }
    assert.deepEqual(
      locales.map((locale) => formatsOf(locale).name(names)),
      ['Canton', 'Kanton', 'Županija', 'Kanton', 'Canton'],
    )
  })
})
