import assert from 'node:assert/strict'
import type { ClientSession } from 'mongoose'
import { openDatabase, type Database } from '../../../src/db/connect.js'
import { createIndexes } from '../../../src/db/indexes.js'
import { transactionsOn } from '../../../src/db/transaction.js'
import { createNeedUnits, needModel } from '../../../src/features/needs/index.js'
import { createOfferUnits, offerModel } from '../../../src/features/offers/index.js'
import { ConflictError } from '../../../src/shared/errors.js'
import { aNeed, anOffer } from '../../support/builders-listings.js'
import { store } from '../../support/stored-listings.js'

describe('The units of offers and needs', () => {
  let database: Database
  before(async () => {
    database = await openDatabase({ directory: null })
    offerModel(database.connection)
    needModel(database.connection)
    await createIndexes(database.connection)
  })
  after(() => database.close())

  const inTransaction = <Result>(work: (session: ClientSession) => Promise<Result>) =>
    transactionsOn(database.connection)(work)
  const holdingsOf = async (id: string) => {
    const offer = (await createOfferUnits(database.connection).byIds([id])).get(id)
    assert.ok(offer !== undefined)
    const { available, reserved, committed, delivered } = offer
    return { available, reserved, committed, delivered }
  }

  it('go to one of two who reach for the same ones at once, and the other is told how many are left', async () => {
    const id = await store(database.connection, anOffer({ quantity: 10 }))
    const offers = createOfferUnits(database.connection)
    const tries = await Promise.allSettled([
      inTransaction((session) => offers.reserve(session, id, 6)),
      inTransaction((session) => offers.reserve(session, id, 6)),
    ])
    assert.deepEqual(tries.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    const loser = tries.find((one) => one.status === 'rejected')
    assert.ok(loser?.reason instanceof ConflictError)
    assert.deepEqual(loser.reason.words, { key: 'listings.not-enough-left', values: { units: 6, left: 4 } })
    assert.deepEqual(await holdingsOf(id), { available: 4, reserved: 6, committed: 0, delivered: 0 })
  })

  it('are never promised twice by twenty who reach for them at once', async () => {
    const id = await store(database.connection, anOffer({ quantity: 10 }))
    const offers = createOfferUnits(database.connection)
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => inTransaction((session) => offers.reserve(session, id, 3))),
    )
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 3)
    assert.deepEqual(await holdingsOf(id), { available: 1, reserved: 9, committed: 0, delivered: 0 })
  })

  it('come back when the rest of the transaction fails', async () => {
    const id = await store(database.connection, anOffer({ quantity: 10 }))
    const offers = createOfferUnits(database.connection)
    await assert.rejects(
      inTransaction(async (session) => {
        await offers.reserve(session, id, 6)
        throw new ConflictError('needs.not-now')
      }),
      ConflictError,
    )
    assert.equal((await holdingsOf(id)).available, 10)
  })

  it('of an offer follow a match from approval to delivery, and back', async () => {
    const id = await store(database.connection, anOffer({ quantity: 10 }))
    const offers = createOfferUnits(database.connection)
    await inTransaction(async (session) => {
      await offers.reserve(session, id, 6)
      await offers.release(session, id, 1)
      await offers.commit(session, id, 5)
      await offers.retract(session, id, 2)
      await offers.deliver(session, id, 3)
    })
    assert.deepEqual(await holdingsOf(id), { available: 7, reserved: 0, committed: 0, delivered: 3 })
    await assert.rejects(
      inTransaction((session) => offers.release(session, id, 1)),
      ConflictError,
    )
  })

  it('of a paused or withdrawn offer are not there to be approved', async () => {
    const offers = createOfferUnits(database.connection)
    for (const state of ['draft', 'paused', 'withdrawn'] as const) {
      const id = await store(database.connection, anOffer({ state }))
      await assert.rejects(
        inTransaction((session) => offers.reserve(session, id, 1)),
        (error) => error instanceof ConflictError && error.words.values?.['left'] === 0,
      )
    }
  })

  it('given to a need never exceed what it asks', async () => {
    const id = await store(database.connection, aNeed({ quantity: 5 }))
    const needs = createNeedUnits(database.connection)
    const tries = await Promise.allSettled([
      inTransaction((session) => needs.reserveFor(session, id, 3)),
      inTransaction((session) => needs.reserveFor(session, id, 3)),
    ])
    assert.equal(tries.filter(({ status }) => status === 'fulfilled').length, 1)
  })

  it('make a need met when everything has been delivered', async () => {
    const id = await store(database.connection, aNeed({ quantity: 5 }))
    const needs = createNeedUnits(database.connection)
    const at = new Date('2026-12-01T10:00:00Z')
    const give = (units: number) =>
      inTransaction(async (session) => {
        await needs.reserveFor(session, id, units)
        await needs.commit(session, id, units)
        await needs.deliver(session, id, units, 'f0000000000000000000000b', at)
      })
    const stateOf = async () => (await needs.byIds([id])).get(id)?.state
    await give(3)
    assert.equal(await stateOf(), 'published')
    await give(2)
    assert.equal(await stateOf(), 'met')
    const stored = await needModel(database.connection).findById(id).lean()
    assert.deepEqual(stored?.history.at(-1), {
      from: 'published',
      to: 'met',
      by: 'f0000000000000000000000b',
      at,
      reason: null,
    })
  })

  it('open to a round are those of published offers that have not ended', async () => {
    const offers = createOfferUnits(database.connection)
    const open = await store(database.connection, anOffer({ validTo: '2026-11-24' }))
    const ended = await store(database.connection, anOffer({ validTo: '2026-11-23' }))
    const used = await store(database.connection, anOffer({ available: 0, reserved: 20 }))
    const ids = (await offers.openOffers('2026-11-24')).map(({ id }) => id)
    assert.deepEqual(
      [open, ended, used].map((id) => ids.includes(id)),
      [true, false, false],
    )
  })
})
