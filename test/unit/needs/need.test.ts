import assert from 'node:assert/strict'
import { ConflictError, RuleViolation } from '../../../src/shared/errors.js'
import type { Actor } from '../../../src/shared/actor.js'
import {
  mayEditNeed,
  mayPauseNeed,
  mayPublishNeed,
  mayResumeNeed,
  maySeeNeed,
  mayWithdrawNeed,
  pause,
  publish,
  revise,
  withdraw,
  type NeedState,
} from '../../../src/features/needs/need.js'
import { aNeed } from '../../support/builders-listings.js'

const head: Actor = {
  id: 'f0000000000000000000000b',
  name: 'Vesna',
  role: 'school',
  organisation: 'd0000000000000000000000a',
  authorities: new Set(),
}
const neighbour: Actor = { ...head, organisation: 'd0000000000000000000000b' }
const coordinator: Actor = { ...head, role: 'coordinator', organisation: null, authorities: new Set(['KS', 'USK']) }
const company: Actor = { ...head, role: 'company', organisation: 'c0000000000000000000000a' }
const now = new Date('2026-11-24T09:00:00Z')

describe('a need', () => {
  it('is seen by its school and, once published, by coordinators of its authority; never by companies', () => {
    const draft = aNeed({ state: 'draft', publishedAt: null })
    assert.deepEqual(
      [head, neighbour, coordinator, company].map((actor) => maySeeNeed(actor, draft)),
      [true, false, false, false],
    )
    assert.equal(maySeeNeed(coordinator, aNeed()), true)
    assert.equal(maySeeNeed(coordinator, aNeed({ authority: 'TK' })), false)
    assert.equal(maySeeNeed(company, aNeed()), false)
  })

  it('of a branch belongs to the central school that acts for it', () => {
    const branch = aNeed({ schoolUnitId: 'd0000000000000000000000c' })
    assert.equal(mayEditNeed(head, branch), true)
    assert.equal(mayEditNeed({ ...head, organisation: branch.schoolUnitId }, branch), false)
  })

  it('shows its school the buttons that would work', () => {
    const buttons = (state: NeedState) =>
      [mayEditNeed, mayPublishNeed, mayPauseNeed, mayResumeNeed, mayWithdrawNeed].map((may) =>
        may(head, aNeed({ state })),
      )
    assert.deepEqual(buttons('draft'), [true, true, false, false, true])
    assert.deepEqual(buttons('published'), [true, false, true, false, true])
    assert.deepEqual(buttons('paused'), [true, false, false, true, true])
    assert.deepEqual(buttons('withdrawn'), [false, false, false, false, false])
    assert.deepEqual(buttons('met'), [false, false, false, false, false])
  })

  it('keeps who did what and why', () => {
    const draft = aNeed({ state: 'draft', publishedAt: null, history: [] })
    const gone = withdraw(pause(publish(draft, head, now), head, now), head, now, 'The municipality bought them')
    assert.deepEqual(
      gone.history.map(({ from, to, reason }) => [from, to, reason]),
      [
        ['draft', 'published', null],
        ['published', 'paused', null],
        ['paused', 'withdrawn', 'The municipality bought them'],
      ],
    )
    assert.throws(() => publish(gone, head, now), ConflictError)
  })

  it('keeps its kind and its unit once others may have decided on it', () => {
    const need = aNeed()
    const blamed = (field: string) => (error: unknown) => error instanceof RuleViolation && error.field === field
    assert.throws(() => revise(need, { ...need, kind: 'DEV-TABLET' }), blamed('kind'))
    assert.throws(() => revise(need, { ...need, schoolUnitId: 'd0000000000000000000000c' }), blamed('schoolUnitId'))
    const draft = aNeed({ state: 'draft', publishedAt: null })
    assert.equal(revise(draft, { ...draft, kind: 'DEV-TABLET' }).kind, 'DEV-TABLET')
  })

  it('may ask for less, down to what it was promised', () => {
    const need = aNeed({ quantity: 10, available: 6, reserved: 4 })
    assert.equal(revise(need, { ...need, quantity: 4 }).available, 0)
    assert.throws(() => revise(need, { ...need, quantity: 3 }), RuleViolation)
  })
})
