import { strict as assert } from 'node:assert'
import { firstPolicy } from '../../../src/features/planning/index.js'
import { readPolicy } from '../../../src/features/policies/index.js'

describe('A policy in a file', () => {
  it('is read alone, or out of what is published', () => {
    assert.deepEqual(readPolicy(JSON.stringify(firstPolicy)), firstPolicy)
    assert.deepEqual(readPolicy(JSON.stringify({ policy: firstPolicy, hash: 'x', replays: [] })), firstPolicy)
  })

  it('is none when nobody could have published it', () => {
    const { equity, points, limits } = firstPolicy
    const wrong = [
      'no JSON',
      '[]',
      JSON.stringify({ ...firstPolicy, version: 0 }),
      JSON.stringify({ ...firstPolicy, plan: 'mine-first' }),
      JSON.stringify({ ...firstPolicy, more: 1 }),
      JSON.stringify({ ...firstPolicy, deadlineSteps: [90, 30] }),
      JSON.stringify({ ...firstPolicy, points: { ...points, fit: 0.5 } }),
      JSON.stringify({ ...firstPolicy, points: { ...points, fit: -1 } }),
      JSON.stringify({ ...firstPolicy, limits: { ...limits, mostPartners: 1 } }),
      JSON.stringify({ ...firstPolicy, limits: { ...limits, companyShare: 2 } }),
      JSON.stringify({ ...firstPolicy, equity: { ...equity, tierFrom: [0.2, 0.32, 0.48, 0.64] } }),
      JSON.stringify({ ...firstPolicy, equity: { ...equity, weights: { ...equity.weights, branch: 0.2 } } }),
    ]
    assert.deepEqual(
      wrong.filter((text) => readPolicy(text) !== null),
      [],
    )
  })
})
