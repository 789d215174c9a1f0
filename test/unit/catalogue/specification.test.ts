import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  dimensionsFor,
  kinds,
  needSpecification,
  offerSpecification,
  parseSpecCell,
  readSpecification,
  writeSpecCell,
  type Dimension,
  type SpecValue,
} from '../../../src/features/catalogue/index.js'

function aValue(dimension: Dimension): fc.Arbitrary<SpecValue> {
  switch (dimension.type) {
    case 'integer':
      return fc.integer({ min: dimension.min, max: dimension.max })
    case 'yes-no':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...dimension.options)
    case 'choices':
      return fc.subarray([...dimension.options], { minLength: 1 })
  }
}

describe('a specification', () => {
  it('is read from what a form posts', () => {
    const spec = offerSpecification('DEV-LAPTOP').parse({
      ramGb: '16',
      os: 'windows',
      keyboard: ['latin', ''],
      warrantyMonths: '',
    })
    assert.deepEqual(spec, { ramGb: 16, os: ['windows'], keyboard: ['latin'] })
  })

  it('is read from a cell of a file, with several values between plus signs or under the key again', () => {
    const cell = parseSpecCell(' hours=30 | mode=online+blended|mode=in-person|certificate=yes')
    assert.ok(cell.ok)
    assert.deepEqual(offerSpecification('TRAIN-DIGI').parse(cell.spec), {
      hours: 30,
      mode: ['online', 'blended', 'in-person'],
      certificate: true,
    })
  })

  it('names the part of a cell that is no pair', () => {
    assert.deepEqual(parseSpecCell('hours=3|fast'), { ok: false, part: 'fast' })
    assert.deepEqual(parseSpecCell('=3'), { ok: false, part: '=3' })
    assert.deepEqual(parseSpecCell(''), { ok: true, spec: {} })
  })

  it('has to be whole when an offer is published, and may have gaps in a draft or a file', () => {
    const whole = readSpecification('CONN-FIBRE', 'offer', { upMbps: '10' })
    assert.ok(!whole.ok)
    assert.deepEqual(
      whole.problems.map(({ name, words }) => [name, words.key]),
      [
        ['downMbps', 'catalogue.invalid.required'],
        ['months', 'catalogue.invalid.required'],
      ],
    )
    assert.deepEqual(readSpecification('CONN-FIBRE', 'offer', { upMbps: '10' }, 'stated'), {
      ok: true,
      spec: { upMbps: 10 },
    })
  })

  it('says which values are wrong, and what would be right', () => {
    const read = readSpecification('DEV-LAPTOP', 'need', {
      ramGb: '8.5',
      storageGb: '4',
      os: 'dos',
      refurbished: 'maybe',
      colour: 'red',
    })
    assert.ok(!read.ok)
    const problems = new Map(read.problems.map(({ name, words }) => [name, words]))
    assert.equal(problems.get('ramGb')?.key, 'catalogue.invalid.whole-number')
    assert.equal(problems.get('storageGb')?.key, 'catalogue.invalid.range')
    assert.equal(problems.get('storageGb')?.values?.['min'], 8)
    assert.equal(problems.get('os')?.key, 'catalogue.invalid.option')
    assert.equal(problems.get('refurbished')?.key, 'catalogue.invalid.yes-no')
    assert.equal(problems.get('colour')?.key, 'catalogue.invalid.unknown')
  })

  it('is an object, whatever is posted in its place', () => {
    for (const given of [null, 'ramGb=8', 12, ['ramGb'], undefined]) {
      assert.ok(!readSpecification('DEV-LAPTOP', 'need', given).ok)
    }
  })

  it('does not take names of the prototype for properties', () => {
    assert.ok(!readSpecification('MONEY', 'offer', JSON.parse('{"__proto__": {"x": 1}, "constructor": "y"}')).ok)
  })

  it('keeps apart what only an offer and only a need can state', () => {
    assert.ok(needSpecification('DEV-LAPTOP').safeParse({ refurbished: 'yes' }).success)
    assert.ok(!offerSpecification('DEV-LAPTOP').safeParse({ ramGb: 8, refurbished: 'yes' }).success)
  })

  it('survives being written into a cell and read back', () => {
    for (const kind of kinds) {
      for (const side of kind.sides) {
        const dimensions = dimensionsFor(kind.code, side)
        const specs = fc.record(Object.fromEntries(dimensions.map((one) => [one.name, aValue(one)])), {
          requiredKeys: [],
        })
        fc.assert(
          fc.property(specs, (spec) => {
            const cell = parseSpecCell(writeSpecCell(spec))
            assert.ok(cell.ok)
            const read = readSpecification(kind.code, side, cell.spec, 'stated')
            assert.deepEqual(read, { ok: true, spec: { ...spec } })
          }),
          { numRuns: 20 },
        )
      }
    }
  })
})
