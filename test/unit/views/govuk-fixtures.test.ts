import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { loadWords } from '../../../src/locales/words.js'
import { loadTemplates } from '../../../src/web/templates.js'
import { outline } from '../../support/same-html.js'

interface Fixture {
  readonly name: string
  readonly options: Readonly<Record<string, unknown>>
  readonly html: string
}

const components = [
  'back-link',
  'breadcrumbs',
  'button',
  'character-count',
  'checkboxes',
  'date-input',
  'details',
  'error-message',
  'error-summary',
  'file-upload',
  'hint',
  'input',
  'inset-text',
  'label',
  'notification-banner',
  'pagination',
  'password-input',
  'radios',
  'select',
  'service-navigation',
  'skip-link',
  'summary-list',
  'table',
  'tag',
  'textarea',
  'warning-text',
] as const

/** Fixtures that ask for something that our partials do not do, and why they do not. */
const notOurs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'character-count': {
    ...named('we count characters against a maximum, not words', [
      'with maxwords',
      "with count type 'words'",
      "with count type 'words' and value",
      "with count type 'words' and error message",
      "with count type 'words' and threshold",
      "with count type 'length'",
      "with count type 'characters'",
      "with count type 'characters' and value",
      "with count type 'characters' and error message",
      "with count type 'characters' and threshold",
      'to configure in JavaScript',
      'with neither maxlength nor maxwords set',
      'with neither maxlength, maxwords nor textarea description set',
    ]),
    ...named('its words come from our locales', ['with custom textarea description', 'with translations']),
    'custom classes on countMessage': 'nobody needs it',
  },
  'date-input': {
    'with error on single item using classes': 'an input in error is marked by error, not by its class',
    'with nested name': 'an input that is not day, month or year has a label',
    'with field value and items': 'values are in the items',
  },
  'file-upload': named('the browser chooses files, without a script', [
    'enhanced',
    'enhanced, with error message and hint',
    'enhanced, multiple files',
    'enhanced, custom wrapper classes and attributes',
    'translated',
  ]),
  'password-input': { 'with translations': 'its words come from our locales' },
  'service-navigation': { 'with navigation having empty values': 'a navigation has no empty entries' },
  'warning-text': { 'icon fallback text only': 'a warning has a text' },
}

function named(reason: string, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, reason]))
}

const templates = loadTemplates(new URL('../../../../views/', import.meta.url))
const chrome = { t: loadWords()('en').t }
const packageFolder = new URL('../../../../node_modules/govuk-frontend/dist/govuk/components/', import.meta.url)
const fixturesOf = (component: string): readonly Fixture[] =>
  (
    JSON.parse(readFileSync(new URL(`${component}/fixtures.json`, packageFolder), 'utf8')) as {
      readonly fixtures: readonly Fixture[]
    }
  ).fixtures

/** Whether a date is given in parts (day, month, year, values) rather than as items, which is how our forms give it. */
const isDateInParts = (component: string, { options }: Fixture): boolean =>
  component === 'date-input' && !(Array.isArray(options['items']) && options['items'].length > 0)

/** The words that scripts read are always printed by us, by the package only where they differ from English. */
const withoutScriptWords = (html: string): string => html.replace(/ data-i18n\.[\w.-]+="[^"]*"/g, '')

/** Ready HTML is nowhere a parameter of ours: blocks are, and they are escaped where they print what people wrote. */
const asksForHtml = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([key, inner]) => (/^(html|.+Html|slots)$/.test(key) && inner !== undefined) || asksForHtml(inner),
  )

describe('Component partials', () => {
  for (const component of components) {
    const ours = fixturesOf(component).filter(
      (fixture) =>
        !asksForHtml(fixture.options) && !isDateInParts(component, fixture) && notOurs[component]?.[fixture.name] === undefined,
    )

    it(`print what GOV.UK Frontend prints: ${component} (${ours.length} fixtures)`, () => {
      assert.ok(ours.length > 0)
      for (const { name, options, html } of ours) {
        const printed = templates.render(`partials/components/${component}`, { ...options, chrome })
        assert.equal(
          outline(withoutScriptWords(printed)),
          outline(withoutScriptWords(html)),
          `${component}: ${name}
${printed}`,
        )
      }
    })
  }

  it('leave out only fixtures that exist', () => {
    for (const [component, names] of Object.entries(notOurs)) {
      const known = new Set(fixturesOf(component).map(({ name }) => name))
      for (const name of Object.keys(names)) assert.ok(known.has(name), `${component}: ${name}`)
    }
  })
})
