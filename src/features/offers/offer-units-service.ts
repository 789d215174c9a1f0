import type { ClientSession, Connection } from 'mongoose'
import type { KindCode } from '../catalogue/index.js'
import { moveUnits, oneOf, type Move } from '../listings/index.js'
import type { Offer } from './offer.js'
import { offerModel, type StoredOffer } from './offer-model.js'
import { toOffer } from './offer-service.js'

/** What a round and a match have to know of an offer; not its texts. */
export type OpenOffer = Omit<Offer, 'history' | 'description' | 'conditions' | 'valueNote'>

/**
 * What other features do with offers. They have checked the rights of the person before; here only the quantities are
 * guarded: reserved + committed + delivered never exceeds what is offered, whoever else writes at the same moment.
 * The moves throw ConflictError when there are not enough units where they come from.
 */
export interface OfferUnits {
  /** Published, something left, not ended before today (ISO date); in no particular order. */
  openOffers(today: string): Promise<readonly OpenOffer[]>
  /** Published with something left, ended ones included. */
  countOpen(): Promise<number>
  /** The same of these kinds that reach the authority, after the offer with this id; at most `most`. */
  openOfKinds(asked: OfferQuestion, most: number): Promise<readonly OpenOffer[]>
  /** Those that exist, by id. */
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, OpenOffer>>
  /** An authority approved; only from a published offer. */
  reserve(session: ClientSession, offerId: string, units: number): Promise<void>
  /** Approved, but it came to nothing. */
  release(session: ClientSession, offerId: string, units: number): Promise<void>
  /** Both sides agreed. */
  commit(session: ClientSession, offerId: string, units: number): Promise<void>
  /** Agreed, but cancelled. */
  retract(session: ClientSession, offerId: string, units: number): Promise<void>
  /** The school counted them. */
  deliver(session: ClientSession, offerId: string, units: number): Promise<void>
}

/** Which offers somebody asks for: `today` is an ISO date, `after` the id of the last one that is known already. */
export interface OfferQuestion {
  readonly kinds: readonly KindCode[]
  readonly authority: string
  readonly today: string
  readonly after: string | null
}

/** Whoever reads thousands lets others have their turn in between. */
const atOnce = 100
const brief = { history: 0, description: 0, conditions: 0, valueNote: 0, words: 0 } as const

const openOn = (today: string) => ({ state: 'published', available: { $gt: 0 }, validTo: { $gte: today } }) as const

export function createOfferUnits(connection: Connection): OfferUnits {
  const offers = offerModel(connection)
  const move =
    (from: Move['from'], to: Move['to'], where: { readonly state?: string } = {}) =>
    (session: ClientSession, offerId: string, units: number): Promise<void> =>
      moveUnits(offers, { ...where, _id: offerId }, { from, to, units }, session)

  return {
    async openOffers(today) {
      const found: OpenOffer[] = []
      for await (const offer of offers.find(openOn(today), brief).lean<StoredOffer[]>().cursor({ batchSize: atOnce })) {
        found.push(toOffer(offer))
      }
      return found
    },
    countOpen: () => offers.countDocuments({ state: 'published', available: { $gt: 0 } }),
    async openOfKinds({ kinds, authority, today, after }, most) {
      const found = await offers
        .find(
          {
            ...openOn(today),
            kind: oneOf(kinds),
            reach: authority,
            ...(after === null ? {} : { _id: { $gt: after } }),
          },
          brief,
        )
        .sort({ _id: 1 })
        .limit(most)
        .lean<StoredOffer[]>()
      return found.map(toOffer)
    },
    async byIds(ids) {
      const found = await offers.find({ _id: { $in: [...new Set(ids)] } }, brief).lean<StoredOffer[]>()
      return new Map(found.map(toOffer).map((offer) => [offer.id, offer]))
    },
    reserve: move('available', 'reserved', { state: 'published' }),
    release: move('reserved', 'available'),
    commit: move('reserved', 'committed'),
    retract: move('committed', 'available'),
    deliver: move('committed', 'delivered'),
  }
}
