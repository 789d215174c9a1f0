import assert from 'node:assert/strict'
import { openDatabase, type Database } from '../../../src/db/connect.js'
import { createIndexes } from '../../../src/db/indexes.js'
import { needModel, type NeedState } from '../../../src/features/needs/index.js'
import { conditionsOf as needConditions } from '../../../src/features/needs/need-query-model.js'
import { offerModel, type OfferState } from '../../../src/features/offers/index.js'
import { conditionsOf as offerConditions } from '../../../src/features/offers/offer-query-model.js'
import type { ListingFilter } from '../../../src/features/listings/index.js'
import type { Actor, Role } from '../../../src/shared/actor.js'
import { encodeCursor } from '../../../src/shared/page.js'
import { aNeed, anOffer } from '../../support/builders-listings.js'
import { store } from '../../support/stored-listings.js'

const newestFirst = { updatedAt: -1, _id: -1 } as const
const actor = (role: Role, about: Partial<Actor> = {}): Actor => ({
  id: 'f0000000000000000000000a',
  name: 'Person',
  role,
  organisation: null,
  authorities: new Set(),
  ...about,
})
const people: readonly Actor[] = [
  actor('company', { organisation: 'c0000000000000000000000a' }),
  actor('school', { organisation: 'd0000000000000000000000a' }),
  actor('coordinator', { authorities: new Set(['KS']) }),
  actor('coordinator', { authorities: new Set(['KS', 'TK']) }),
  actor('national-coordinator'),
]
const filters: readonly ListingFilter<OfferState & NeedState>[] = [
  {},
  { state: 'published' },
  { kind: 'DEV-LAPTOP' },
  { category: 'devices', state: 'published' },
  { authority: 'KS' },
  { text: 'djurdj' },
  { text: 'za djurdj', authority: 'KS', state: 'published', kind: 'DEV-LAPTOP' },
]
const cursors = [undefined, encodeCursor([Date.parse('2026-11-02T08:00:00Z'), 'a0000000000000000000000b'])]

/** The names of the stages of a winning plan, and of what they are fed by. */
function stagesOf(plan: unknown): string[] {
  if (typeof plan !== 'object' || plan === null) return []
  const { stage, inputStage, inputStages } = plan as Readonly<Record<string, unknown>>
  const inputs = [inputStage, ...(Array.isArray(inputStages) ? (inputStages as unknown[]) : [])]
  return [String(stage), ...inputs.flatMap(stagesOf)]
}

describe('Every list of offers and needs', () => {
  let database: Database
  before(async () => {
    database = await openDatabase({ directory: null })
    offerModel(database.connection)
    needModel(database.connection)
    await createIndexes(database.connection)
    for (let n = 0; n < 30; n += 1) {
      await store(database.connection, anOffer({ title: `Laptopi za Đurđevik ${n}` }))
      await store(database.connection, aNeed())
    }
  })
  after(() => database.close())

  const explain = async (kind: 'offer' | 'need', conditions: object): Promise<string[]> => {
    const found: unknown =
      kind === 'offer'
        ? await offerModel(database.connection).find(conditions).sort(newestFirst).limit(21).explain('queryPlanner')
        : await needModel(database.connection).find(conditions).sort(newestFirst).limit(21).explain('queryPlanner')
    return stagesOf((found as { queryPlanner: { winningPlan: unknown } }).queryPlanner.winningPlan)
  }

  it('uses an index, whoever asks for whatever', async () => {
    let asked = 0
    for (const person of people) {
      for (const filter of filters) {
        for (const cursor of cursors) {
          const cases = [
            ['offer', offerConditions(person, filter, cursor)],
            ['need', needConditions(person, filter, cursor)],
          ] as const
          for (const [kind, conditions] of cases) {
            if (conditions === null) continue
            const stages = await explain(kind, conditions)
            const about = `${kind} ${person.role} ${JSON.stringify(filter)} ${String(cursor)}: ${stages.join()}`
            assert.ok(stages.includes('IXSCAN') && !stages.includes('COLLSCAN'), about)
            asked += 1
          }
        }
      }
    }
    assert.equal(asked, 112)
  })

  it('comes in its order from the index, without sorting, for each person without filters', async () => {
    const one = people.filter(({ role, authorities }) => role !== 'coordinator' || authorities.size === 1)
    for (const person of one) {
      const conditions = offerConditions(person, { state: 'published' })
      if (conditions === null) continue
      const stages = await explain('offer', conditions)
      assert.ok(!stages.includes('SORT'), `${person.role}: ${stages.join()}`)
    }
  })
})
