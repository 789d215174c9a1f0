import assert from 'node:assert/strict'
import { PlanDifference } from '../../../src/features/runs/plan-difference.js'
import type { RoundProposal } from '../../../src/features/planning/index.js'

const first = { offerId: 'laptops', needId: 'n1' }
const standing = (offerId: string, needsFirst = [first]) => ({
  id: `standing-${offerId}`,
  offerId,
  needId: 'n2',
  authority: 'USK',
  quantity: 5,
  needsFirst,
})
const proposed = (offerId: string, needsFirst = [first]): RoundProposal => ({
  ...{ offerId, needId: 'n2', schoolId: 's', kind: 'SW-OS', quantity: 5, tier: 1 },
  ...{ reason: { key: 'matches.title' }, alternatives: [], needsFirst, isShared: false },
})

describe('What a new plan makes of what stands', () => {
  it('leaves a proposal that stays in its place, and tells it what has to come before it now', () => {
    const difference = new PlanDifference([standing('same'), standing('other')], [])
    const used = { offerId: 'used', needId: 'n1' }
    assert.equal(difference.take(proposed('same')), 'stays')
    assert.equal(difference.take(proposed('other', [used])), 'stays')
    assert.deepEqual(difference.renewals(), [{ id: 'standing-other', needsFirst: [used] }])
    assert.deepEqual(difference.gone(), [])
  })
})
