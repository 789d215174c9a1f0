import { strict as assert } from 'node:assert'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../../../../', import.meta.url)

/** Names of the package that carry no style of their own. */
const unstyled = new Set(['govuk-checkboxes', 'govuk-radios', 'govuk-table__body', 'govuk-template__footer', 'govuk-template__header'])

/** Every class that a template writes out; not those put together, nor the components: their fixtures hold them. */
function* classesOf(folder: URL): Generator<readonly [string, string]> {
  for (const file of readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.hbs') || file.startsWith('partials/components/')) continue
    const text = readFileSync(new URL(file, folder), 'utf8').replace(/\{\{!--.*?--\}\}/gs, '')
    for (const [name] of text.matchAll(/(?<![\w/-])(?:govuk|spona)-[\w!-]*\w(?![\w/-]|\{\{)/g)) yield [file, name]
  }
}

describe('Templates', () => {
  it('name only classes that the stylesheet knows', () => {
    const css = readFileSync(new URL('public/css/spona.css', root), 'utf8').replaceAll('\\', '')
    const known = new Set([...css.matchAll(/\.((?:govuk|spona)-[\w!-]+)/g)].map(([, name]) => name))
    const unknown = [...classesOf(new URL('views/', root))].filter(([, name]) => !known.has(name) && !unstyled.has(name))
    assert.deepEqual(
      unknown.map(([file, name]) => `${name} in ${file}`),
      [],
    )
  })
})
