import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import {
  areaName,
  categoryName,
  dimensionHint,
  dimensionLabel,
  kindName,
  optionName,
  unitCount,
  unitName,
} from '../../../src/features/catalogue/index.js'
import {
  areas,
  categories,
  kindCodes,
  kindOf,
  kinds,
  kindsFor,
  kindsOf,
  rules,
} from '../../../src/features/catalogue/index.js'
import type { Message } from '../../../src/shared/message.js'

const words = JSON.parse(
  readFileSync(new URL('../../../src/locales/en/catalogue.json', import.meta.url), 'utf8'),
) as object

/** Looks a key up as i18next does: nested, with the plural ending where there is one. */
function isWritten({ key }: Message): boolean {
  const path = key.split('.').slice(1)
  const last = path.pop() ?? ''
  const node = path.reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], words)
  return (
    node !== undefined &&
    [last, `${last}_other`].some((name) => typeof (node as Record<string, unknown>)[name] === 'string')
  )
}

describe('the catalogue', () => {
  it('has 26 kinds, each once, each in a category and in an area of the commitment', () => {
    assert.equal(new Set(kindCodes).size, 26)
    assert.equal(kinds.length, 26)
    for (const kind of kinds) {
      assert.ok(categories.includes(kind.category), kind.code)
      assert.ok(kind.areas.length > 0 && kind.areas.every((area) => areas.includes(area)), kind.code)
    }
    for (const area of areas)
      assert.ok(
        kinds.some((kind) => kind.areas.includes(area)),
        `area ${area}`,
      )
  })

  it('matches every need with offers of its own kind, and money with nothing', () => {
    for (const kind of kindsFor('need')) assert.ok(kind.serves.includes(kind.code), kind.code)
    assert.deepEqual(kindOf('MONEY').serves, [])
    assert.deepEqual(kindOf('DEV-USED').serves, ['DEV-LAPTOP', 'DEV-DESKTOP'])
    assert.deepEqual(
      kinds.filter((kind) => !kind.sides.includes('need')).map(({ code }) => code),
      ['DEV-USED', 'MONEY'],
    )
  })

  it('never makes a thing wait for what nobody can offer', () => {
    const providable = new Set(kinds.flatMap((kind) => kind.provides))
    for (const kind of kinds) {
      const waits = kind.requires.filter((thing) => thing !== 'electricity')
      assert.ok(
        waits.every((thing) => providable.has(thing)),
        kind.code,
      )
    }
  })

  it('asks for devices and lines before what stands on them', () => {
    const order = new Map(categories.map((category, at) => [category, at]))
    for (const kind of kinds) {
      for (const thing of kind.requires) {
        const providers = kinds.filter((other) => other.provides.includes(thing))
        assert.ok(
          providers.every((other) => (order.get(other.category) ?? 0) < (order.get(kind.category) ?? 0)),
          kind.code,
        )
      }
    }
  })

  it('names every dimension once in a kind, and lets a need ask only what an offer can promise', () => {
    for (const kind of kinds) {
      const names = kind.dimensions.map((dimension) => dimension.name)
      assert.equal(new Set(names).size, names.length, kind.code)
      for (const dimension of kind.dimensions) {
        assert.ok(dimension.rule === 'informative' || dimension.offer !== 'absent', `${kind.code} ${dimension.name}`)
        if ('options' in dimension) assert.ok(dimension.options.length <= 30, 'fits a bit mask')
        if (dimension.type === 'integer') assert.ok(dimension.min < dimension.max)
      }
    }
  })

  it('lets a refurbished computer promise everything that a new one is asked for', () => {
    const promised = kindOf('DEV-USED')
      .dimensions.filter((dimension) => dimension.offer !== 'absent')
      .map(({ name }) => name)
    for (const code of kindOf('DEV-USED').serves) {
      const asked = kindOf(code)
        .dimensions.filter((dimension) => dimension.rule !== 'informative')
        .map(({ name }) => name)
      assert.deepEqual(
        asked.filter((name) => !promised.includes(name)),
        [],
      )
    }
  })

  it('has words for everything it names', () => {
    const names: Message[] = [
      ...areas.map(areaName),
      ...categories.map(categoryName),
      ...rules.map((rule) => ({ key: `catalogue.rule.${rule}` })),
    ]
    for (const kind of kinds) {
      names.push(
        kindName(kind.code) as Message,
        { key: `catalogue.kind.${kind.code}.summary` },
        unitCount(kind.unit, 2),
        unitName(kind.unit),
      )
      for (const dimension of kind.dimensions) {
        names.push(dimensionLabel(dimension), dimensionHint(dimension))
        if ('options' in dimension) names.push(...dimension.options.map((option) => optionName(dimension, option)))
        if (dimension.type === 'integer') names.push({ key: `catalogue.measure.${dimension.unit}` })
      }
    }
    assert.deepEqual(
      names.filter((name) => !isWritten(name)).map(({ key }) => key),
      [],
    )
  })

  it('gives the kinds of a category', () => {
    assert.deepEqual(
      kindsOf('services').map(({ code }) => code),
      ['SUPPORT'],
    )
  })
})
