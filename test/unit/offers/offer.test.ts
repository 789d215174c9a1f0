import assert from 'node:assert/strict'
import { ConflictError, RuleViolation } from '../../../src/shared/errors.js'
import type { Actor } from '../../../src/shared/actor.js'
import {
  mayEditOffer,
  mayPauseOffer,
  mayPublishOffer,
  mayResumeOffer,
  maySeeOffer,
  mayWithdrawOffer,
  isOpen,
  pause,
  publish,
  revise,
  withdraw,
  checkTerms,
} from '../../../src/features/offers/offer.js'
import { anOffer } from '../../support/builders-listings.js'

const owner: Actor = {
  id: 'f0000000000000000000000a',
  name: 'Amra',
  role: 'company',
  organisation: 'c0000000000000000000000a',
  authorities: new Set(),
}
const rival: Actor = { ...owner, organisation: 'c0000000000000000000000b' }
const coordinator: Actor = { ...owner, role: 'coordinator', organisation: null, authorities: new Set(['USK']) }
const nation: Actor = { ...owner, role: 'national-coordinator', organisation: null }
const school: Actor = { ...owner, role: 'school', organisation: 'd0000000000000000000000a' }

const now = new Date('2026-11-24T09:00:00Z')
const today = '2026-11-24'
const refusal = (key: string, field?: string) => (error: unknown) => {
  assert.ok(error instanceof RuleViolation)
  assert.equal(error.words.key, key)
  assert.equal(error.field, field)
  return true
}

describe('an offer', () => {
  it('is seen by its company and by nobody else as long as it is a draft', () => {
    const draft = anOffer({ state: 'draft', publishedAt: null })
    assert.equal(maySeeOffer(owner, draft), true)
    assert.equal(maySeeOffer(rival, draft), false)
    assert.equal(maySeeOffer(coordinator, draft), false)
    assert.equal(maySeeOffer(school, draft), false)
  })

  it('is seen, once published, by coordinators of the authorities it reaches only', () => {
    assert.equal(maySeeOffer(coordinator, anOffer({ reach: ['USK', 'KS'] })), true)
    assert.equal(maySeeOffer(coordinator, anOffer({ reach: ['KS'] })), false)
    assert.equal(maySeeOffer(nation, anOffer({ reach: ['KS'] })), true)
    assert.equal(maySeeOffer(rival, anOffer()), false)
  })

  it('shows its company the buttons that would work, and others none', () => {
    const buttons = (actor: Actor, state: 'draft' | 'published' | 'paused' | 'withdrawn') => {
      const offer = anOffer({ state })
      return [mayEditOffer, mayPublishOffer, mayPauseOffer, mayResumeOffer, mayWithdrawOffer].map((may) =>
        may(actor, offer, today),
      )
    }
    assert.deepEqual(buttons(owner, 'draft'), [true, true, false, false, true])
    assert.deepEqual(buttons(owner, 'published'), [true, false, true, false, true])
    assert.deepEqual(buttons(owner, 'paused'), [true, false, false, true, true])
    assert.deepEqual(buttons(owner, 'withdrawn'), [false, false, false, false, false])
    assert.deepEqual(buttons(rival, 'published'), [false, false, false, false, false])
    assert.deepEqual(buttons(nation, 'published'), [false, false, false, false, false])
  })

  it('that has ended shows no button to publish or resume it', () => {
    assert.equal(mayPublishOffer(owner, anOffer({ state: 'draft', validTo: '2026-11-23' }), today), false)
    assert.equal(mayResumeOffer(owner, anOffer({ state: 'paused', validTo: '2026-11-23' }), today), false)
  })

  it('remembers who published it and when, and keeps the first day through a pause', () => {
    const draft = anOffer({ state: 'draft', publishedAt: null, history: [] })
    const published = publish(draft, owner, now, today)
    assert.equal(published.state, 'published')
    assert.deepEqual(published.history, [{ from: 'draft', to: 'published', by: owner.id, at: now, reason: null }])
    const later = new Date('2026-12-01T09:00:00Z')
    const again = publish(pause(published, owner, later), owner, later, '2026-12-01')
    assert.equal(again.publishedAt, now)
    assert.equal(again.history.length, 3)
  })

  it('cannot be published after its last day', () => {
    const ended = anOffer({ state: 'draft', validTo: '2026-11-23' })
    assert.throws(() => publish(ended, owner, now, today), refusal('offers.has-expired'))
    assert.equal(publish({ ...ended, validTo: today }, owner, now, today).state, 'published')
  })

  it('stays withdrawn', () => {
    const withdrawn = withdraw(anOffer(), owner, now, 'The stock burned')
    assert.equal(withdrawn.history.at(-1)?.reason, 'The stock burned')
    for (const step of [() => publish(withdrawn, owner, now, today), () => pause(withdrawn, owner, now)]) {
      assert.throws(step, ConflictError)
    }
    assert.throws(() => revise(withdrawn, withdrawn), ConflictError)
  })

  it('may change its kind until it is published', () => {
    const other = { ...anOffer(), kind: 'DEV-TABLET' as const }
    assert.equal(revise(anOffer({ state: 'draft', publishedAt: null }), other).kind, 'DEV-TABLET')
    assert.throws(() => revise(anOffer(), other), refusal('offers.kind-is-fixed', 'kind'))
  })

  it('may shrink to what was promised and no further', () => {
    const offer = anOffer({ quantity: 20, available: 8, reserved: 5, committed: 4, delivered: 3 })
    assert.equal(revise(offer, { ...offer, quantity: 12 }).available, 0)
    assert.equal(revise(offer, { ...offer, quantity: 25 }).available, 13)
    assert.throws(() => revise(offer, { ...offer, quantity: 11 }), refusal('listings.quantity-promised', 'quantity'))
  })

  it('blames the field that contradicts another', () => {
    const refused = (about: Parameters<typeof anOffer>[0], key: string, field: string) => {
      assert.throws(
        () => {
          checkTerms(anOffer(about))
        },
        refusal(key, field),
      )
    }
    refused({ validFrom: '2027-01-02', validTo: '2027-01-01' }, 'offers.ends-before-start', 'validTo')
    refused({ quantity: 4, minPerSchool: 5 }, 'offers.minimum-over-quantity', 'minPerSchool')
    refused({ minPerSchool: 5, maxPerSchool: 4 }, 'offers.maximum-under-minimum', 'maxPerSchool')
    refused({ territory: { scope: 'authorities', authorities: [] } }, 'offers.no-authority', 'authorities')
    refused({ territory: { scope: 'municipalities', municipalities: [] } }, 'offers.no-municipality', 'municipalities')
  })

  it('is open on its last day while something is left, and not when paused or used up', () => {
    assert.equal(isOpen(anOffer({ validTo: today }), today), true)
    assert.equal(isOpen(anOffer({ validTo: '2026-11-23' }), today), false)
    assert.equal(isOpen(anOffer({ state: 'paused' }), today), false)
    assert.equal(isOpen(anOffer({ available: 0, reserved: 20 }), today), false)
  })
})
