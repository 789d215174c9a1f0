import { strict as assert } from 'node:assert'
import {
  agreeToShare,
  approve,
  awaitedFor,
  decline,
  mayApprove,
  mayDecline,
  reject,
  rejectShared,
  share,
} from '../../../src/features/matches/match-decision.js'
import { matchStates } from '../../../src/features/matches/match-life.js'
import type { Match } from '../../../src/features/matches/match.js'
import type { Actor, Role } from '../../../src/shared/actor.js'
import { ConflictError, ForbiddenError, RuleViolation } from '../../../src/shared/errors.js'
import { aMatch } from '../../support/a-match.js'

const at = new Date('2026-11-24T08:00:00Z')
const someone = (role: Role, organisation: string | null = null, ...authorities: string[]): Actor => ({
  id: role,
  name: 'Amra',
  role,
  organisation,
  authorities: new Set(authorities),
})
const coordinator = someone('coordinator', null, 'USK')
const nation = someone('national-coordinator')
const shared = (facts: Partial<Match> = {}): Match => aMatch({ isShared: true, ...facts })

describe('A match of a shared offer', () => {
  it('stays proposed with the first consent and is approved with the second, in either order', () => {
    for (const [first, second] of [
      [approve, share],
      [share, approve],
    ] as const) {
      const by = (decide: typeof approve) => (decide === approve ? coordinator : nation)
      const once = first(shared(), by(first), at)
      assert.deepEqual([once.state, once.consents.length, once.history.length], ['proposed', 1, 1])
      assert.equal(once.updatedAt.getTime(), shared().updatedAt.getTime())
      assert.throws(() => first(once, by(first), at), ConflictError)
      const twice = second(once, by(second), at)
      assert.deepEqual([twice.state, twice.consents.length, twice.updatedAt], ['approved', 2, at])
      assert.deepEqual(awaitedFor(twice), [])
    }
  })

  it('is up to its authority until that has agreed, and again once everybody has', () => {
    const agreed = approve(shared(), coordinator, at)
    assert.deepEqual([mayApprove(coordinator, shared()), mayApprove(coordinator, agreed)], [true, false])
    const complete = agreeToShare(agreed, nation, at)
    assert.deepEqual([complete.state, mayApprove(coordinator, complete)], ['proposed', true])
    assert.equal(approve(complete, coordinator, at).state, 'approved')
    assert.equal(agreeToShare(complete, nation, at), complete)
  })

  it('is for the nation to share and to reject, and for nobody else; one that is not shared is not the nation’s', () => {
    for (const act of [
      share,
      agreeToShare,
      (match: Match, by: Actor) => rejectShared(match, by, at, 'Too much for one.'),
    ]) {
      assert.throws(() => act(shared(), coordinator, at), ForbiddenError)
      assert.throws(() => act(aMatch(), nation, at), RuleViolation)
    }
    assert.equal(rejectShared(shared(), nation, at, 'Too much for one.').state, 'rejected')
    assert.throws(() => reject(shared(), nation, at, 'Too much for one.'), ForbiddenError)
  })
})

describe('A side that declines', () => {
  const company = someone('company', '4'.repeat(24))
  const school = someone('school', '7'.repeat(24))

  it('may do so before and after an authority approved, and not once it is settled', () => {
    const states = matchStates.filter((state) => mayDecline(company, aMatch({ state })))
    assert.deepEqual(states, ['proposed', 'approved'])
    assert.equal(mayDecline(coordinator, aMatch()), false)
  })

  it('leaves its cause and its words', () => {
    const declined = decline(aMatch(), school, at, { cause: 'not-ready', words: ' Next year. ' })
    const [step] = declined.history
    assert.deepEqual([step?.party, step?.cause, step?.reason], ['school', 'not-ready', 'Next year.'])
    assert.equal(decline(aMatch(), school, at, { cause: 'not-needed', words: '' }).history[0]?.reason, null)
  })

  it('has causes of its own, and says more where the cause says nothing', () => {
    assert.throws(() => decline(aMatch(), company, at, { cause: 'not-needed', words: '' }), RuleViolation)
    assert.throws(() => decline(aMatch(), school, at, { cause: 'other', words: 'No.' }), RuleViolation)
    assert.throws(() => decline(aMatch(), school, at, { cause: 'other', words: 'x'.repeat(1001) }), RuleViolation)
    assert.throws(
      () => decline(aMatch({ state: 'rejected' }), school, at, { cause: 'other', words: '' }),
      ConflictError,
    )
  })
})
