import { strict as assert } from 'node:assert'
import { readConfig, settings } from '../../src/config.js'
import { textOfFile } from '../support/source-files.js'

/** Lines of .env.example: what is set, and what is only shown behind `# `. */
const lines = [...textOfFile('.env.example').matchAll(/^(# )?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(
  ([, comment, name = '', value = '']) => ({ isSet: comment === undefined, name, value }),
)

describe('.env.example', () => {
  it('names every setting once, in their order, and no other', () => {
    assert.deepEqual(
      lines.map(({ name }) => name),
      Object.keys(settings),
    )
  })

  it('shows the defaults: reading it is the same as setting nothing', () => {
    const given = Object.fromEntries(lines.filter(({ isSet }) => isSet).map(({ name, value }) => [name, value]))
    assert.deepEqual(readConfig(given), readConfig({}))
  })

  it('sets every setting that has a default', () => {
    const unset = lines.filter(({ isSet }) => !isSet).map(({ name }) => name)
    const withoutDefault = Object.keys(settings).filter((name) => !(name in readConfig({})))
    assert.deepEqual(unset, withoutDefault)
  })

  it('shows examples that would be accepted', () => {
    const examples = lines.filter(({ isSet, value }) => !isSet && value !== '')
    for (const { name, value } of examples) assert.doesNotThrow(() => readConfig({ [name]: value }), name)
  })
})
