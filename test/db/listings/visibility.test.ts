import assert from 'node:assert/strict'
import { openDatabase, type Database } from '../../../src/db/connect.js'
import { createIndexes } from '../../../src/db/indexes.js'
import { transactionsOn } from '../../../src/db/transaction.js'
import {
  createNeedService,
  followRegisterOn,
  maySeeNeed,
  needModel,
  type NeedUnit,
} from '../../../src/features/needs/index.js'
import {
  createOfferService,
  createOfferUnits,
  maySeeOffer,
  offerModel,
  type OfferTerms,
} from '../../../src/features/offers/index.js'
import type { Actor, Role } from '../../../src/shared/actor.js'
import { NotFoundError } from '../../../src/shared/errors.js'
import { aNeed, anOffer } from '../../support/builders-listings.js'
import { store } from '../../support/stored-listings.js'

const actor = (role: Role, organisation: string | null, ...authorities: string[]): Actor => ({
  id: 'f0000000000000000000000a',
  name: 'Person',
  role,
  organisation,
  authorities: new Set(authorities),
})
const company = 'c0000000000000000000000a'
const school = 'd0000000000000000000000a'
const people: readonly Actor[] = [
  actor('company', company),
  actor('company', 'c0000000000000000000000b'),
  actor('school', school),
  actor('school', 'd0000000000000000000000b'),
  actor('coordinator', null, 'KS'),
  actor('coordinator', null, 'TK', 'BD'),
  actor('coordinator', null),
  actor('national-coordinator', null),
  actor('administrator', null),
]
const clock = () => new Date('2026-11-24T09:00:00Z')

describe('What the database gives a person of offers and needs', () => {
  let database: Database
  before(async () => {
    database = await openDatabase({ directory: null })
    offerModel(database.connection)
    needModel(database.connection)
    await createIndexes(database.connection)
  })
  after(() => database.close())

  const isRead = async (reading: Promise<unknown>): Promise<boolean> => {
    try {
      await reading
      return true
    } catch (error) {
      assert.ok(error instanceof NotFoundError)
      return false
    }
  }

  it('is what the rules say that they may see, alone and in lists', async () => {
    const offers = createOfferService({ connection: database.connection, clock })
    const needs = createNeedService({ connection: database.connection, clock, unit: () => Promise.resolve(null) })
    for (const offer of [
      anOffer({ companyId: company, reach: ['KS'] }),
      anOffer({ companyId: company, state: 'draft', publishedAt: null }),
      anOffer({ companyId: company, state: 'withdrawn', publishedAt: null }),
      anOffer({ companyId: company, state: 'paused', reach: ['TK'] }),
    ]) {
      const id = await store(database.connection, offer)
      for (const person of people) {
        const may = maySeeOffer(person, offer)
        assert.equal(await isRead(offers.read(person, id)), may, `${person.role} ${offer.state}`)
        const listed = (await offers.list(person, {})).items.some((item) => item.id === id)
        assert.equal(listed, may, `${person.role} ${offer.state}`)
      }
    }
    for (const need of [aNeed(), aNeed({ state: 'draft', publishedAt: null }), aNeed({ authority: 'TK' })]) {
      const id = await store(database.connection, need)
      for (const person of people) {
        const may = maySeeNeed(person, need)
        assert.equal(await isRead(needs.read(person, id)), may, `${person.role} ${need.state}`)
        assert.equal(
          (await needs.list(person, {})).items.some((item) => item.id === id),
          may,
          person.role,
        )
      }
    }
  })

  it('stays right when an offer shrinks while an authority approves', async () => {
    const service = createOfferService({ connection: database.connection, clock })
    const units = createOfferUnits(database.connection)
    const inTransaction = transactionsOn(database.connection)
    const owner = actor('company', company)
    const shrunk = new Set<boolean>()
    for (let round = 0; round < 8; round += 1) {
      const offer = anOffer({ companyId: company, quantity: 20 })
      const id = await store(database.connection, offer)
      const written: OfferTerms = { ...offer, quantity: 12 }
      // Whoever begins wins, now the company, now the authority.
      if (round % 2 === 0) await inTransaction((session) => units.reserve(session, id, 10))
      await Promise.allSettled([
        service.edit(owner, id, offer.version, written),
        inTransaction((session) => units.reserve(session, id, 5)),
        inTransaction((session) => units.reserve(session, id, 7)),
      ])
      const { quantity, available, reserved } = await service.read(owner, id)
      assert.equal(available + reserved, quantity)
      assert.ok(available >= 0 && reserved <= quantity, `${available} ${reserved} ${quantity}`)
      shrunk.add(quantity === 12)
    }
    assert.ok(shrunk.has(true))
  })

  it('follows the register: a unit that moved to another tier takes its needs along, without an edit', async () => {
    const id = await store(database.connection, aNeed({ tier: 5, version: 3 }))
    const unit: NeedUnit = {
      id: school,
      name: 'OŠ Đurđevik',
      centralId: school,
      isBranch: false,
      authority: 'TK',
      municipality: 'zivinice',
      tier: 1,
      numStudents: 100,
    }
    const follow = followRegisterOn(database.connection)
    assert.ok((await follow([unit])) > 0)
    assert.equal(await follow([unit]), 0)
    const stored = await needModel(database.connection).findById(id).lean()
    assert.deepEqual([stored?.authority, stored?.municipality, stored?.tier], ['TK', 'zivinice', 1])
    assert.equal(stored?.version, 3)
    assert.ok(stored.words.includes('durdevik'))
  })
})
