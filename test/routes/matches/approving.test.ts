import { strict as assert } from 'node:assert'
import { Types } from 'mongoose'
import { createProposalStore } from '../../../src/features/matches/index.js'
import { ConflictError, NotFoundError, RuleViolation } from '../../../src/shared/errors.js'
import type { Actor } from '../../../src/shared/actor.js'
import { startApp, type TestApp } from '../../support/app.js'
import { storeNeed, storeOffer, storeProposal } from '../../support/stored-matches.js'

const coordinator = (authority = 'USK'): Actor => ({
  id: new Types.ObjectId().toHexString(),
  name: 'Amra',
  role: 'coordinator',
  organisation: null,
  authorities: new Set([authority]),
})

describe('Approving matches', () => {
  let test: TestApp
  before(async () => {
    test = await startApp()
  })
  after(() => test.close())

  const offerNow = async (id: Types.ObjectId) => (await test.services.offerUnits.byIds([String(id)])).get(String(id))
  const needNow = async (id: Types.ObjectId) => (await test.services.needUnits.byIds([String(id)])).get(String(id))

  it('reserves the units on both sides', async () => {
    const { connection } = test.database
    const offerId = await storeOffer(connection, { quantity: 8 })
    const needId = await storeNeed(connection, { quantity: 6 })
    const id = await storeProposal(connection, {
      offerId,
      needId,
      quantity: 5,
    })
    const approved = await test.services.decisions.approve(coordinator(), id)
    assert.equal(approved.state, 'approved')
    const [offer, need] = [await offerNow(offerId), await needNow(needId)]
    assert.deepEqual([offer?.available, offer?.reserved, need?.available, need?.reserved], [3, 5, 1, 5])
  })

  it('never promises more than an offer has, however many coordinators press at once', async () => {
    const { connection } = test.database
    const offerId = await storeOffer(connection, { quantity: 20 })
    const ids = await Promise.all(Array.from({ length: 16 }, () => storeProposal(connection, { offerId, quantity: 3 })))
    const results = await Promise.allSettled(ids.map((id) => test.services.decisions.approve(coordinator(), id)))
    const approved = results.filter(({ status }) => status === 'fulfilled').length
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
    assert.equal(approved, 6)
    for (const refusal of refusals) {
      assert.ok(refusal instanceof ConflictError)
      assert.deepEqual(refusal.words, { key: 'matches.offer-has-less', values: { left: 2, units: 3 } })
    }
    const offer = await offerNow(offerId)
    assert.deepEqual([offer?.available, offer?.reserved], [2, 18])
    const states = await Promise.all(ids.map(async (id) => (await test.services.matches.read(coordinator(), id)).state))
    assert.equal(states.filter((state) => state === 'approved').length, 6)
  })

  it('never gives a need more than it asks for', async () => {
    const { connection } = test.database
    const needId = await storeNeed(connection, { quantity: 5 })
    const ids = await Promise.all([4, 4].map((quantity) => storeProposal(connection, { needId, quantity })))
    const results = await Promise.allSettled(ids.map((id) => test.services.decisions.approve(coordinator(), id)))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal((await needNow(needId))?.reserved, 4)
  })

  it('happens once: of many who approve the same match one does', async () => {
    const { connection } = test.database
    const offerId = await storeOffer(connection, { quantity: 100 })
    const id = await storeProposal(connection, { offerId })
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => test.services.decisions.approve(coordinator(), id)),
    )
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.equal((await offerNow(offerId))?.reserved, 5)
    const match = await test.services.matches.read(coordinator(), id)
    assert.equal(match.history.length, 1)
  })

  it('writes every decision into a log without a gap', async () => {
    const { connection } = test.database
    const before = (await test.services.audit.verify()).sequence
    const ids = await Promise.all(Array.from({ length: 12 }, () => storeProposal(connection)))
    await Promise.all(ids.map((id) => test.services.decisions.approve(coordinator(), id)))
    const verdict = await test.services.audit.verify()
    assert.equal(verdict.brokenAt, null)
    assert.equal(verdict.sequence, before + 12)
  })

  it('is not offered to a coordinator of another authority, nor is the match', async () => {
    const id = await storeProposal(test.database.connection)
    await assert.rejects(test.services.decisions.approve(coordinator('RS'), id), NotFoundError)
  })

  it('reports each of many: approved, or why not', async () => {
    const { connection } = test.database
    const offerId = await storeOffer(connection, { quantity: 6 })
    const ids = await Promise.all([5, 5].map((quantity) => storeProposal(connection, { offerId, quantity })))
    const outcomes = await test.services.decisions.approveMany(coordinator(), [...ids, 'f'.repeat(24)])
    assert.deepEqual(
      outcomes.map(({ refusal }) => refusal?.key ?? null),
      [null, 'matches.offer-has-less', 'matches.not-found'],
    )
  })
})

describe('Rejecting a match', () => {
  let test: TestApp
  before(async () => {
    test = await startApp()
  })
  after(() => test.close())

  it('keeps the pair out of the next round as long as nothing changes', async () => {
    const { connection } = test.database
    const { decisions, offerUnits, needUnits } = test.services
    const offerId = await storeOffer(connection)
    const needId = await storeNeed(connection)
    const id = await storeProposal(connection, { offerId, needId })
    await assert.rejects(decisions.reject(coordinator(), id, 'No.'), RuleViolation)
    await decisions.reject(coordinator(), id, 'The school closes in June.')

    const store = createProposalStore(connection, () => new Date())
    const [offers, needs] = [await offerUnits.byIds([String(offerId)]), await needUnits.byIds([String(needId)])]
    const asFound = new Map([...needs].map(([key, need]) => [key, { ...need, quantity: need.quantity }]))
    assert.deepEqual(await store.rejected(['USK'], offers, asFound), [
      { offerId: String(offerId), needId: String(needId) },
    ])
    const more = new Map([...needs].map(([key, need]) => [key, { ...need, quantity: need.quantity + 1 }]))
    assert.deepEqual(await store.rejected(['USK'], offers, more), [])
  })
})
