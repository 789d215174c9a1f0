import { strict as assert } from 'node:assert'
import { approve, mayApprove, reject } from '../../../src/features/matches/match-decision.js'
import { maySeeMatch } from '../../../src/features/matches/match.js'
import { isOver, matchStates, mayStep, potOf, promisedStates, steps } from '../../../src/features/matches/match-life.js'
import type { Actor, Role } from '../../../src/shared/actor.js'
import { ConflictError, ForbiddenError, RuleViolation } from '../../../src/shared/errors.js'
import { aMatch } from '../../support/a-match.js'

const someone = (role: Role, facts: { organisation?: string; authorities?: string[] } = {}): Actor => ({
  id: 'a'.repeat(24),
  name: 'Amra',
  role,
  organisation: facts.organisation ?? null,
  authorities: new Set(facts.authorities ?? []),
})
const coordinator = someone('coordinator', { authorities: ['USK'] })
const now = new Date('2026-11-24T08:00:00Z')

describe('The life of a match', () => {
  it('begins as a proposal and ends working for 90 days', () => {
    const path = ['proposed', 'approved', 'confirmed', 'agreed', 'shipped', 'received', 'working', 'sustained'] as const
    for (const [at, state] of path.slice(0, -1).entries()) {
      const next = path[at + 1]
      assert.ok(next !== undefined && steps[state][next] !== undefined, `${state} to ${String(next)}`)
    }
    assert.ok(isOver('sustained'))
  })

  it('has no way back from any end', () => {
    for (const end of ['sustained', 'superseded', 'rejected', 'declined', 'lapsed', 'cancelled'] as const) {
      for (const party of ['authority', 'company', 'school', 'round', 'clock'] as const) {
        for (const to of matchStates) assert.ok(!mayStep(party, end, to), `${party}: ${end} to ${to}`)
      }
    }
  })

  it('lets only an authority approve, and only what was proposed', () => {
    for (const party of ['company', 'school', 'round', 'clock'] as const) {
      assert.ok(!mayStep(party, 'proposed', 'approved'))
    }
    for (const from of matchStates) assert.equal(mayStep('authority', from, 'approved'), from === 'proposed', from)
  })

  it('books units exactly in the states in which they are promised', () => {
    const booked = matchStates.filter((state) => potOf[state] !== null)
    assert.deepEqual(booked, [...promisedStates])
  })
})

describe('A coordinator who approves', () => {
  it('moves the match on and leaves who and when in its history', () => {
    const approved = approve(aMatch(), coordinator, now)
    assert.equal(approved.state, 'approved')
    assert.deepEqual(approved.history, [
      { from: 'proposed', to: 'approved', by: coordinator.id, at: now, reason: null, party: 'authority' },
    ])
  })

  it('is told when somebody decided before', () => {
    assert.throws(() => approve(aMatch({ state: 'approved' }), coordinator, now), ConflictError)
    assert.throws(() => approve(aMatch({ state: 'superseded' }), coordinator, now), ConflictError)
  })

  it('decides only for schools of the own authority, whatever the state', () => {
    const elsewhere = someone('coordinator', { authorities: ['RS'] })
    assert.throws(() => approve(aMatch(), elsewhere, now), ForbiddenError)
    assert.throws(() => approve(aMatch({ state: 'approved' }), elsewhere, now), ForbiddenError)
    assert.throws(() => approve(aMatch(), someone('national-coordinator'), now), ForbiddenError)
    assert.throws(() => approve(aMatch(), someone('administrator'), now), ForbiddenError)
  })

  it('sees the button exactly where pressing it works', () => {
    for (const state of matchStates) {
      const works = ((): boolean => {
        try {
          approve(aMatch({ state }), coordinator, now)
          return true
        } catch {
          return false
        }
      })()
      assert.equal(mayApprove(coordinator, aMatch({ state })), works, state)
    }
  })
})

describe('A coordinator who rejects', () => {
  it('gives a reason that says something', () => {
    assert.throws(() => reject(aMatch(), coordinator, now, '  too short '), RuleViolation)
    assert.throws(() => reject(aMatch(), coordinator, now, 'x'.repeat(1001)), RuleViolation)
    const rejected = reject(aMatch(), coordinator, now, ' The school closes in June. ')
    assert.equal(rejected.history.at(-1)?.reason, 'The school closes in June.')
  })
})

describe('A match', () => {
  const match = aMatch()
  it('is seen by its company, its school, its authority and the nation', () => {
    assert.ok(maySeeMatch(someone('company', { organisation: match.companyId }), match))
    assert.ok(maySeeMatch(someone('school', { organisation: match.centralSchoolId }), match))
    assert.ok(maySeeMatch(coordinator, match))
    assert.ok(maySeeMatch(someone('national-coordinator'), match))
  })

  it('is hidden from every other company, school and authority', () => {
    assert.ok(!maySeeMatch(someone('company', { organisation: match.centralSchoolId }), match))
    assert.ok(!maySeeMatch(someone('school', { organisation: match.companyId }), match))
    assert.ok(!maySeeMatch(someone('school', { organisation: match.schoolId }), match))
    assert.ok(!maySeeMatch(someone('coordinator', { authorities: ['RS', 'BD'] }), match))
  })

  it('is hidden from everybody until its round is stored', () => {
    assert.ok(!maySeeMatch(coordinator, aMatch({ state: 'prepared' })))
    assert.ok(!maySeeMatch(someone('administrator'), aMatch({ state: 'prepared' })))
  })
})
