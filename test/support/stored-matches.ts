import { Types, type Connection } from 'mongoose'
import { matchModel, type StoredMatch } from '../../src/features/matches/match-model.js'
import type { Need } from '../../src/features/needs/index.js'
import type { Offer } from '../../src/features/offers/index.js'
import { aNeed, anOffer } from './builders-listings.js'
import { store } from './stored-listings.js'

const at = new Date('2026-11-20T08:00:00Z')

/** Stores a published offer of laptops; gives its id. */
export const storeOffer = async (connection: Connection, facts: Partial<Offer> = {}): Promise<Types.ObjectId> =>
  new Types.ObjectId(await store(connection, anOffer(facts)))

/** Stores a published need for laptops; gives its id. */
export const storeNeed = async (connection: Connection, facts: Partial<Need> = {}): Promise<Types.ObjectId> =>
  new Types.ObjectId(await store(connection, aNeed(facts)))

/** Stores a proposal of laptops for a unit in the Una-Sana canton; gives its id. */
export async function storeMatch(connection: Connection, facts: Partial<StoredMatch> = {}): Promise<string> {
  const match = {
    _id: new Types.ObjectId(),
    roundId: new Types.ObjectId(),
    state: 'proposed',
    offerId: new Types.ObjectId(),
    offerTitle: 'Laptops for schools',
    offerKind: 'DEV-LAPTOP',
    companyId: new Types.ObjectId(),
    company: 'Iskra',
    needId: new Types.ObjectId(),
    kind: 'DEV-LAPTOP',
    category: 'devices',
    schoolId: new Types.ObjectId(),
    school: 'PŠ Vrtoče',
    centralSchoolId: new Types.ObjectId(),
    authority: 'USK',
    municipality: 'bihac',
    tier: 1,
    quantity: 5,
    reason: { key: 'matches.title' },
    alternatives: [],
    needsFirst: [],
    isShared: false,
    consents: [],
    history: [],
    rejectedTerms: null,
    goneBy: null,
    createdAt: at,
    updatedAt: at,
    ...facts,
  } as const
  await matchModel(connection).create([match])
  return String(match._id)
}

/** A proposal with its stored offer and need, so that it can be approved. */
export async function storeProposal(connection: Connection, facts: Partial<StoredMatch> = {}): Promise<string> {
  const { quantity = 5 } = facts
  const offerId = facts.offerId ?? (await storeOffer(connection))
  const needId = facts.needId ?? (await storeNeed(connection, { quantity }))
  return storeMatch(connection, { ...facts, offerId, needId })
}
