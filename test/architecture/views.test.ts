import { strict as assert } from 'node:assert'
import { basename } from 'node:path'
import { filesUnder, listed, sourceFiles, textOfFile } from '../support/source-files.js'

const views = filesUnder('views', '.hbs').map((path) => ({
  path,
  name: path.replace(/^views\/|\.hbs$/g, ''),
  code: textOfFile(path).replace(/\{\{!--[\s\S]*?--\}\}|\{\{![^}]*\}\}/g, ''),
}))
const having = (pattern: RegExp, exempt: (path: string) => boolean = () => false): string[] =>
  views.filter(({ path, code }) => !exempt(path) && pattern.test(code)).map(({ path }) => path)
const isPartial = (name: string): boolean => name.startsWith('partials/') || basename(name).startsWith('_')

describe('The templates', () => {
  it('print ready HTML nowhere but in the layout', () => {
    assert.deepEqual(
      having(/\{\{\{|\{\{~?&/, (path) => path.startsWith('views/layouts/')),
      [],
    )
  })

  it('carry no style, no script and no handler of their own: the security policy would refuse them', () => {
    assert.deepEqual(having(/\sstyle\s*=|<style\b|<script\b(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*["']|javascript:/i), [])
  })

  it('write no words: every text comes from locales', () => {
    const wordy = views.flatMap(({ path, code }) => {
      const text = code
        .replace(/\{\{[\s\S]*?\}\}/g, ' ')
        .replace(/<!DOCTYPE[^>]*>|<(?:[^"'>]|"[^"]*"|'[^']*')*>/g, ' ')
        .replace(/&[a-z]+;|Spona/g, ' ')
      return [...text.matchAll(/\p{L}{2,}[\p{L} ]*/gu)].map(([found]) => `${path}: ${found.trim()}`)
    })
    assert.equal(wordy.length, 0, listed(wordy))
  })

  it('give every POST form its token', () => {
    const open = views.flatMap(({ path, code }) =>
      [...code.matchAll(/<form\b[^>]*method="post"[\s\S]*?<\/form>/gi)]
        .filter(([form]) => !/_csrf|patterns\/csrf/.test(form))
        .map(() => path),
    )
    assert.deepEqual(open, [])
  })

  it('are all rendered by some page, and every page has its template', () => {
    const rendered = new Set(
      sourceFiles().flatMap(({ code }) => [...code.matchAll(/'([a-z-]+\/[a-z-]+)'/g)].map(([, name = '']) => name)),
    )
    const idle = views.filter(({ name }) => !isPartial(name) && !rendered.has(name)).map(({ path }) => path)
    assert.deepEqual(idle, [])
    const known = new Set(views.map(({ name }) => name))
    const asked = sourceFiles().flatMap(({ path, code }) =>
      [...code.matchAll(/\brender\(\s*req,\s*res,\s*'([^']+)'/g)]
        .filter(([, name = '']) => !known.has(name))
        .map(([, name = '']) => `${path}: ${name}`),
    )
    assert.equal(asked.length, 0, listed(asked))
  })

  it('use only partials that exist, and leave none unused', () => {
    const names = new Map(
      views.filter(({ name }) => isPartial(name)).map(({ path, name }) => [name.replace(/^partials\//, ''), path]),
    )
    const used = views.flatMap(({ path, code }) =>
      [...code.matchAll(/\{\{#?~?>\s*([\w/-]+)/g)].map(([, name = '']) => ({ path, name })),
    )
    const missing = used.filter(({ name }) => !names.has(name)).map(({ path, name }) => `${path}: ${name}`)
    assert.equal(missing.length, 0, listed(missing))
    // Components drawn by their name (`component: 'select'`, `(concat "components/" ...)`) are named in form-views.ts.
    const drawn = textOfFile('src/web/form-views.ts')
    const called = new Set(used.map(({ name }) => name))
    const idle = [...names].filter(([name]) => !called.has(name) && !drawn.includes(`'${basename(name)}'`))
    assert.deepEqual(
      idle.map(([, path]) => path),
      [],
    )
  })
})
