import { strict as assert } from 'node:assert'
import { load } from 'cheerio'
import { loadWords } from '../../../src/locales/words.js'
import { loadTemplates } from '../../../src/web/templates.js'

const templates = loadTemplates(new URL('../../../../views/', import.meta.url))
const words = loadWords()
const link = (text: string) => ({ text, href: `/${text}`, current: false })

interface Given {
  readonly page?: Readonly<Record<string, unknown>>
  readonly chrome?: Readonly<Record<string, unknown>>
}

/** The frame around an empty page for somebody who has not signed in, in English. */
function frame({ page = {}, chrome = {} }: Given = {}) {
  const standard = {
    t: words('en').t,
    htmlLang: 'en-GB',
    navigation: [link('offers'), { ...link('needs'), current: true }],
    footer: [link('about')],
    languages: [{ ...link('Bosanski'), lang: 'bs-BA' }],
    account: null,
    notice: null,
    isDemonstration: false,
    css: '/css/spona.css',
    js: '/js/spona.js',
    icon: '/images/favicon.svg',
    get csrfToken(): string {
      throw new Error('Asking for the token starts a session')
    },
  }
  const given = Object.defineProperties(standard, Object.getOwnPropertyDescriptors(chrome))
  return load(
    templates.render('layouts/main', { page: { title: 'Needs', errors: [], ...page }, chrome: given, body: '<p>Body</p>' }),
  )
}

const folded = (text: string): string => text.replace(/\s+/g, ' ').trim()

describe('The frame of a page', () => {
  it('names page and product in the title, and an error before them', () => {
    assert.equal(frame()('title').text(), 'Needs – Spona')
    const $ = frame({ page: { errors: [{ text: 'Enter a number', href: '#amount' }] } })
    assert.equal($('title').text(), 'Error: Needs – Spona')
    assert.equal($('.govuk-error-summary a[href="#amount"]').text(), 'Enter a number')
  })

  it('starts no session for a reader who has not signed in', () => {
    const $ = frame()
    assert.equal($('a[href="/sign-in"]').length, 1)
    assert.equal($('form').length, 0)
  })

  it('shows who has signed in, and signs out with the token of the session', () => {
    const $ = frame({ chrome: { account: { name: 'Amra', role: 'Coordinator' }, csrfToken: 'secret' } })
    assert.equal(folded($('.spona-account__name').text()), 'Amra Coordinator')
    assert.equal($('form[action="/sign-out"][method="post"] input[name=_csrf]').val(), 'secret')
  })

  it('marks where the reader is, and that everything is a demonstration', () => {
    const $ = frame({ chrome: { isDemonstration: true } })
    assert.equal($('[aria-current=page]').text(), 'needs')
    assert.equal($('.spona-demonstration').length, 1)
    assert.equal(frame()('.spona-demonstration').length, 0)
  })

  it('reads itself again only for those without script', () => {
    assert.equal(frame({ page: { refresh: 5 } })('noscript').html(), '<meta http-equiv="refresh" content="5">')
    assert.equal(frame()('noscript').length, 0)
  })

  it('escapes what people wrote', () => {
    const $ = frame({ page: { title: '<b>x</b>' }, chrome: { notice: '<i>y</i>' } })
    assert.equal($('title').text(), '<b>x</b> – Spona')
    assert.equal($('main i').length, 0)
  })
})

describe('Patterns', () => {
  const print = (pattern: string, model: object, locale: 'en' | 'bs' = 'en') =>
    load(templates.render(`partials/patterns/${pattern}`, { ...model, chrome: { t: words(locale).t, csrfToken: 'secret' } }))

  const table = {
    caption: 'Proposals',
    empty: 'There are no proposals.',
    columns: [{ text: 'School' }, { text: 'Quantity', format: 'numeric' }],
    rows: [{ cells: [{ text: 'Đurđevik', href: '/schools/1' }, { text: '12' }] }],
  }

  it('give each value of a table the name of its column, for when the row becomes a block', () => {
    const $ = print('data-table', table)
    assert.equal($('th[scope=row] a[href="/schools/1"]').text(), 'Đurđevik')
    assert.equal($('td').attr('data-label'), 'Quantity')
    assert.ok($('td').hasClass('govuk-table__cell--numeric'))
  })

  it('say so when a table or a list is empty', () => {
    assert.equal(print('data-table', { ...table, rows: [] })('body').text().trim(), 'There are no proposals.')
    assert.equal(print('row-list', { items: [], empty: 'Nothing yet.' })('body').text().trim(), 'Nothing yet.')
  })

  it('name a tier in words, the first as the most marginalised', () => {
    assert.equal(print('tier-badge', { tier: 1 })('span').text(), 'Tier 1: most marginalised')
    assert.equal(print('tier-badge', { tier: 4 }, 'bs')('span').text(), 'Stepen 4')
  })

  it('show progress in words beside the bar', () => {
    const $ = print('progress', { label: 'Round 13', value: 3, max: 4, text: '3 of 4', url: '/rounds/13/progress' })
    assert.equal($('[data-progress-url]').attr('data-progress-url'), '/rounds/13/progress')
    assert.deepEqual([$('progress').attr('value'), $('progress').attr('max')], ['3', '4'])
    assert.equal($('[role=status]').text(), '3 of 4')
    assert.equal(print('progress', { label: 'Round', value: 0, max: 1, text: '0' })('[data-progress-url]').length, 0)
  })
})
