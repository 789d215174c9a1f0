import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { firstPolicy } from '../../../src/features/planning/index.js'
import { termsOf, type PolicyTerms } from '../../../src/features/policies/policy-document.js'
import {
  changesBetween,
  isTooFine,
  policyNumbers,
  problemsOf,
  termsFrom,
  type TypedNumbers,
} from '../../../src/features/policies/policy-numbers.js'
import { hashOfTerms } from '../../../src/features/policies/policy-service.js'

const first = termsOf(firstPolicy)
const typed = (terms: PolicyTerms): TypedNumbers =>
  Object.fromEntries(policyNumbers.map((number) => [number.name, number.of(terms)]))
const changed = (changes: TypedNumbers): PolicyTerms => termsFrom({ ...typed(first), ...changes }, first)

describe('The numbers of a policy', () => {
  it('are all of it: typed out and read again it is the same policy', () => {
    assert.deepEqual(termsFrom(typed(first), first), first)
    const other: PolicyTerms = {
      ...first,
      deadlineSteps: [],
      limits: { ...first.limits, companyShare: 0.335 },
      fairness: { rounds: 12 },
    }
    assert.deepEqual(termsFrom(typed(other), other), other)
  })

  it('are sound in the first policy', () => {
    assert.deepEqual(problemsOf(first), {})
    const outside = policyNumbers.filter((number) => {
      const value = number.of(first)
      return value === null
        ? !number.isOptional
        : value < number.least || value > number.most || isTooFine(number, value)
    })
    assert.deepEqual(outside, [])
  })

  it('of the index have to make a whole; it is said by how much they miss it', () => {
    const over = problemsOf(changed({ 'weight-devices': 20.5 }))['weight-connectivity']
    assert.deepEqual(over, { key: 'policies.rule.weights-over', values: { sum: 102.5, by: 2.5 } })
    const under = problemsOf(changed({ 'weight-devices': 0 }))['weight-connectivity']
    assert.deepEqual(under, { key: 'policies.rule.weights-under', values: { sum: 82, by: 18 } })
  })

  it('may be any weights in tenths of a percent that sum to a hundred: no rounding is held against them', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(cuts, (drawn) => {
        const bounds = [0, ...[...drawn].sort((one, other) => one - other), 1000]
        const names = policyNumbers.filter(({ section }) => section === 'weights').map(({ name }) => name)
        const weights = names.map((name, at) => [name, ((bounds[at + 1] ?? 0) - (bounds[at] ?? 0)) / 10] as const)
        const terms = changed(Object.fromEntries(weights))
        assert.deepEqual(problemsOf(terms), {})
        assert.deepEqual(typed(terms), { ...typed(first), ...Object.fromEntries(weights) })
      }),
    )
  })

  it('of the tiers have to fall, those of the steps to rise, and the limits to agree', () => {
    const problems = problemsOf(
      changed({ 'tier-2': 0.64, 'tier-4': 0.5, 'step-3': 90, 'preferred-partners': 3, 'most-partners': 2 }),
    )
    assert.deepEqual(
      Object.entries(problems).map(([name, { key, values }]) => [name, key, values]),
      [
        ['tier-2', 'policies.rule.tier-order', { before: 0.64 }],
        ['tier-4', 'policies.rule.tier-order', { before: 0.32 }],
        ['step-3', 'policies.rule.step-order', { before: 90 }],
        ['preferred-partners', 'policies.rule.partners', { most: 2 }],
      ],
    )
  })

  it('tell two policies apart, and only by what differs', () => {
    const other = changed({ 'weight-connectivity': 20, 'weight-electricity': 12, 'company-share': 40 })
    assert.deepEqual(
      changesBetween(first, other).map(({ number, before, after }) => [number.name, before, after]),
      [
        ['weight-connectivity', 22, 20],
        ['weight-electricity', 10, 12],
        ['company-share', null, 40],
      ],
    )
    assert.deepEqual(changesBetween(other, other), [])
  })

  it('have a fingerprint that does not depend on the order in which they are written', () => {
    const turned = Object.fromEntries(Object.entries(first).reverse()) as unknown as PolicyTerms
    assert.equal(hashOfTerms(turned), hashOfTerms(first))
    assert.notEqual(hashOfTerms(changed({ 'points-fit': 61 })), hashOfTerms(first))
  })
})
