import { strict as assert } from 'node:assert'
import { follows, genesis, seal } from '../../../src/features/audit/audit-entry.js'
import type { Act } from '../../../src/shared/act.js'

const at = new Date('2026-11-24T08:00:00Z')
const anAct = (act: string): Act => ({
  act,
  by: 'a'.repeat(24),
  subject: { type: 'match', id: 'b'.repeat(24) },
  details: { units: 5, offer: 'c'.repeat(24) },
})

describe('The audit log', () => {
  const first = seal(anAct('match.approved'), genesis, at)
  const second = seal(anAct('match.rejected'), first, at)

  it('chains every entry to the one before', () => {
    assert.ok(follows(genesis, first))
    assert.ok(follows(first, second))
  })

  it('notices when an entry is taken out', () => {
    assert.ok(!follows(genesis, second))
  })

  it('notices when a value of an entry is changed', () => {
    assert.ok(!follows(genesis, { ...first, details: { ...first.details, units: 50 } }))
    assert.ok(!follows(genesis, { ...first, by: null }))
    assert.ok(!follows(genesis, { ...first, at: new Date('2026-11-24T08:00:01Z') }))
  })

  it('hashes the same whatever the order in which the details are stored', () => {
    const turned = { offer: first.details['offer'] ?? '', units: first.details['units'] ?? 0 }
    assert.ok(follows(genesis, { ...first, details: turned }))
  })
})
