import { strict as assert } from 'node:assert'
import { classNamesIn, prune } from '../../../src/web/styles/style-pruning.js'

const names = classNamesIn([
  '<p class="govuk-body spona-state--{{name}}">',
  "tokens('govuk-link govuk-!-margin-bottom-2')",
])
const pruned = (css: string): string => prune(css, names)

describe('Pruning the stylesheet', () => {
  it('keeps a rule whose class is written somewhere, and drops one whose class is not', () => {
    assert.equal(pruned('.govuk-body{color:red}.govuk-panel{color:red}'), '.govuk-body{color:red}')
  })

  it('keeps every class that begins as a template puts it together', () => {
    assert.equal(pruned('.spona-state--open{color:red}.spona-tier--1{color:red}'), '.spona-state--open{color:red}')
  })

  it('drops only the unreachable ones of several selectors', () => {
    assert.equal(pruned('.govuk-body,.govuk-panel,h2{margin:0}'), '.govuk-body,h2{margin:0}')
    assert.equal(pruned('.govuk-panel .govuk-body{margin:0}'), '')
  })

  it('does not take the commas inside a selector for its end', () => {
    const css = ':is(.spona-state--met,.spona-state--open){color:red}'
    assert.equal(pruned(css), css)
  })

  it('knows the classes whose name is escaped', () => {
    const css = String.raw`.govuk-\!-margin-bottom-2{margin-bottom:10px !important}`
    assert.equal(pruned(css), css)
  })

  it('leaves no empty media query, and keeps those that are not', () => {
    assert.equal(pruned('@media print{.govuk-panel{color:red}}'), '')
    assert.equal(
      pruned('@media print{.govuk-panel{color:red}.govuk-body{color:red}}'),
      '@media print{.govuk-body{color:red}}',
    )
  })

  it('leaves elements, at-rules without blocks and keyframes alone', () => {
    const css = '@charset "UTF-8";:root{--a:1}a:hover{color:red}@keyframes turn{from{opacity:0}to{opacity:1}}'
    assert.equal(pruned(css), css)
  })
})
