import { strict as assert } from 'node:assert'
import { besides, checkFirst, firstsOf, inOrder, missingFirst } from '../../../src/features/matches/match-bundle.js'
import type { Match } from '../../../src/features/matches/match.js'
import { RuleViolation } from '../../../src/shared/errors.js'
import { aMatch } from '../../support/a-match.js'

const match = (id: string, kind: string, facts: Partial<Match> = {}): Match =>
  aMatch({ id, kind, offerId: `offer-${id}`, needId: `need-${id}`, ...facts })
const pair = (id: string) => ({ offerId: `offer-${id}`, needId: `need-${id}` })

const line = (facts: Partial<Match> = {}) => match('line', 'CONN-SAT', facts)
const laptops = (facts: Partial<Match> = {}) => match('laptops', 'DEV-LAPTOP', facts)
const platform = match('platform', 'SW-LMS', { needsFirst: [pair('line'), pair('laptops')] })

const refusal = (unit: readonly Match[]): string | null => {
  try {
    checkFirst(platform, unit)
    return null
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error
    return error.words.key
  }
}

describe('A bundle of one unit', () => {
  it('names what comes first and what comes with it', () => {
    const boards = match('boards', 'DEV-BOARD')
    const gone = match('gone', 'DEV-PRINT', { state: 'rejected' })
    const unit = [boards, line(), laptops(), gone, platform]
    assert.deepEqual(
      firstsOf(platform, unit).map(({ id }) => id),
      ['line', 'laptops'],
    )
    assert.deepEqual(
      besides(platform, unit).map(({ id }) => id),
      ['boards'],
    )
  })

  it('waits for each thing that the plan brings first, whoever brings it in the end', () => {
    assert.deepEqual(missingFirst(platform, [line(), laptops(), platform])?.things, ['connectivity', 'devices'])
    assert.equal(refusal([line({ state: 'approved' }), laptops(), platform]), 'matches.first.approve')
    const fibre = match('fibre', 'CONN-FIBRE', { state: 'approved' })
    assert.equal(refusal([fibre, line({ state: 'rejected' }), laptops({ state: 'confirmed' }), platform]), null)
  })

  it('says when what comes first is no longer in the plan, or waits for the nation only', () => {
    const lost = [line({ state: 'approved' }), laptops({ state: 'declined' }), platform]
    assert.equal(refusal(lost), 'matches.first.lost')
    const consents = [{ party: 'authority', by: 'amra', at: new Date() }] as const
    const waiting = [line({ state: 'approved' }), laptops({ isShared: true, consents }), platform]
    assert.equal(refusal(waiting), 'matches.first.awaits')
  })

  it('is put in order, what comes first before what needs it, even when it goes in a circle', () => {
    assert.deepEqual(
      inOrder([platform, laptops(), line()]).map(({ id }) => id),
      ['line', 'laptops', 'platform'],
    )
    const circle = [
      match('a', 'DEV-LAPTOP', { needsFirst: [pair('b')] }),
      match('b', 'SW-OS', { needsFirst: [pair('a')] }),
    ]
    assert.equal(inOrder(circle).length, 2)
  })
})
