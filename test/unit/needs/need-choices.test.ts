import assert from 'node:assert/strict'
import { choiceLimits, choose, noChoices, refuse } from '../../../src/features/needs/need-choices.js'
import type { Actor } from '../../../src/shared/actor.js'
import { RuleViolation } from '../../../src/shared/errors.js'

const school = (id: string): Actor => ({ id, name: 'Selma', role: 'school', organisation: 's', authorities: new Set() })
const at = new Date('2026-11-24T09:00:00Z')
const no = (offerId: string | null, companyId = 'company', reason = '') => ({ offerId, companyId, reason })

describe('The choices of a school', () => {
  it('are an order of at most three offers and any number of refusals', () => {
    const chosen = choose(
      noChoices,
      { ranking: ['a', 'b'], refusals: [no('c'), no(null, 'd', 'Slow')] },
      school('1'),
      at,
    )
    assert.deepEqual(chosen.ranking, ['a', 'b'])
    assert.deepEqual(chosen.refusals[1], { offerId: null, companyId: 'd', reason: 'Slow', by: '1', at })
  })

  it('that contradict themselves are refused', () => {
    const refused = [
      [{ ranking: ['a', 'a'], refusals: [] }, 'needs.choices.ranked-twice'],
      [{ ranking: ['a'], refusals: [no('a')] }, 'needs.choices.ranked-and-refused'],
      [{ ranking: [], refusals: [no('a'), no('a')] }, 'needs.choices.refused-twice'],
      [{ ranking: ['a', 'b', 'c', 'd'], refusals: [] }, 'needs.choices.too-many-ranks'],
      [
        { ranking: [], refusals: Array.from({ length: choiceLimits.refusals + 1 }, (_, n) => no(String(n))) },
        'needs.choices.too-many-refusals',
      ],
    ] as const
    for (const [written, key] of refused) {
      assert.throws(
        () => choose(noChoices, written, school('1'), at),
        (error) => error instanceof RuleViolation && error.words.key === key,
      )
    }
  })

  it('remember who said no first, as long as the reason stays', () => {
    const was = choose(noChoices, { ranking: [], refusals: [no('a'), no('b')] }, school('1'), at)
    const now = choose(was, { ranking: [], refusals: [no('a'), no('b', 'company', 'Slow')] }, school('2'), new Date())
    assert.deepEqual(
      now.refusals.map(({ by }) => by),
      ['1', '2'],
    )
  })

  it('take an offer that is refused later out of the order', () => {
    const was = choose(noChoices, { ranking: ['a', 'b'], refusals: [] }, school('1'), at)
    const now = refuse(was, { ...no('a'), by: '2', at })
    assert.deepEqual([now.ranking, now.refusals.map(({ offerId }) => offerId)], [['b'], ['a']])
  })
})
