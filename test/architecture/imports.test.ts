import { strict as assert } from 'node:assert'
import { complaintsAbout, featureOf, importComplaint, packageComplaint, partOf } from '../support/house-law.js'
import { listed, sourceFiles } from '../support/source-files.js'

const files = sourceFiles()

describe('The directions of imports', () => {
  it('are kept by every file', () => {
    const complaints = files.flatMap(complaintsAbout)
    assert.equal(complaints.length, 0, listed(complaints))
  })

  it('lead to files that exist', () => {
    const known = new Set(files.map(({ path }) => path))
    const lost = files.flatMap(({ path, imports }) =>
      imports
        .filter((to) => to.startsWith('src/') && to.endsWith('.ts') && !known.has(to))
        .map((to) => `${path} → ${to}`),
    )
    assert.equal(lost.length, 0, listed(lost))
  })

  it('are refused where the law says so', () => {
    const service = 'src/features/offers/offer-service.ts'
    const refused: readonly (readonly [string, string])[] = [
      [service, 'src/web/pages.ts'],
      [service, 'src/features/offers/offer-pages.ts'],
      [service, 'src/features/rounds/index.ts'],
      [service, 'src/features/needs/index.ts'],
      [service, 'src/features/schools/school.ts'],
      [service, 'src/features/audit/index.ts'],
      [service, 'src/db/embedded/index.ts'],
      [service, 'src/config.ts'],
      ['src/features/offers/offer.ts', 'src/features/offers/offer-model.ts'],
      ['src/features/offers/offer-pages.ts', 'src/features/offers/offer-model.ts'],
      ['src/features/offers/offer-pages.ts', 'src/services.ts'],
      ['src/features/matching/network-simplex.ts', 'src/features/rounds/index.ts'],
      ['src/web/pages.ts', 'src/features/offers/index.ts'],
      ['src/shared/text.ts', 'src/locales/words.ts'],
      ['src/db/indexes.ts', 'src/db/embedded/index.ts'],
      ['src/db/embedded/index.ts', 'src/shared/clock.ts'],
      ['src/cli/match.ts', 'src/features/rounds/round-service.ts'],
    ]
    for (const [from, to] of refused) assert.notEqual(importComplaint(from, to), null, `${from} → ${to}`)
    for (const name of ['express', 'handlebars', 'lmdb']) assert.notEqual(packageComplaint(service, name), null, name)
    assert.notEqual(packageComplaint('src/features/offers/offer.ts', 'mongoose'), null)
  })

  it('are allowed where the law says so', () => {
    const allowed: readonly (readonly [string, string])[] = [
      ['src/features/offers/offer-service.ts', 'src/features/offers/offer-model.ts'],
      ['src/features/offers/offer-service.ts', 'src/db/transaction.ts'],
      ['src/features/offers/offer-pages.ts', 'src/web/pages.ts'],
      ['src/features/planning/plan-round.ts', 'src/features/matching/index.ts'],
      ['src/features/rounds/round-service.ts', 'src/features/offers/index.ts'],
      ['src/db/connect.ts', 'src/db/embedded/index.ts'],
    ]
    for (const [from, to] of allowed) assert.equal(importComplaint(from, to), null, `${from} → ${to}`)
  })
})

describe('The house', () => {
  const using = (pattern: RegExp, exempt: (path: string) => boolean): string[] =>
    files.filter(({ path, code }) => !exempt(path) && pattern.test(code)).map(({ path }) => path)

  it('reads the environment in config.ts only', () => {
    assert.deepEqual(
      using(/process\.env\b/, (path) => path === 'src/config.ts'),
      [],
    )
  })

  it('answers with pages through web/render.ts only', () => {
    assert.deepEqual(
      using(/\bres\.render\b|\.engine\(/, (path) => path === 'src/web/render.ts'),
      [],
    )
  })

  it('never uses the Mongoose that everybody shares', () => {
    assert.deepEqual(
      using(/\bmongoose\.(?:model|connect|connection)\b|import mongoose\b/, () => false),
      [],
    )
  })

  it('ends the process from the starting files and the command line only', () => {
    assert.deepEqual(
      using(/process\.exit\b|process\.exitCode\b/, (path) => ['server', 'start', 'cli'].includes(partOf(path))),
      [],
    )
  })

  it('keeps features flat, with an index.ts each', () => {
    const deep = files.filter(({ path }) => /^src\/features\/[^/]+\/.+\//.test(path)).map(({ path }) => path)
    assert.deepEqual(deep, [])
    const features = new Set(files.map(({ path }) => featureOf(path)).filter((name) => name !== undefined))
    const known = new Set(files.map(({ path }) => path))
    assert.deepEqual(
      [...features].filter((name) => !known.has(`src/features/${name}/index.ts`)),
      [],
    )
  })
})
