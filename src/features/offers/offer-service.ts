import { Types, type Connection, type QueryFilter } from 'mongoose'
import type { Actor } from '../../shared/actor.js'
import { dateInBosnia, type Clock } from '../../shared/clock.js'
import { ConflictError, ForbiddenError, NotFoundError } from '../../shared/errors.js'
import type { Page } from '../../shared/page.js'
import { newestFirst, pageOf, rowsOnPage, searchWords, untouched, type Transition } from '../listings/index.js'
import { checkTerms, mayCreateOffer, ownsOffer, pause, publish, revise, withdraw } from './offer.js'
import type { Offer, OfferFilter, OfferState, OfferSummary, OfferTerms } from './offer.js'
import { offerModel, type StoredOffer } from './offer-model.js'
import { reachOf } from './offer-reach.js'
import { conditionsOf, visibleTo } from './offer-query-model.js'

/** The use cases of people. Every method throws NotFoundError for an offer that the actor may not know of. */
export interface OfferService {
  list(actor: Actor, filter: OfferFilter, cursor?: string): Promise<Page<OfferSummary>>
  read(actor: Actor, id: string): Promise<Offer>
  /** Throws ForbiddenError, RuleViolation. */
  draft(actor: Actor, written: OfferTerms): Promise<Offer>
  /** `version` is the one that was edited. Throws ForbiddenError, RuleViolation, ConflictError. */
  edit(actor: Actor, id: string, version: number, written: OfferTerms): Promise<Offer>
  /** The steps throw ForbiddenError for others than the company, ConflictError when the offer has moved on. */
  publish(actor: Actor, id: string): Promise<Offer>
  pause(actor: Actor, id: string): Promise<Offer>
  resume(actor: Actor, id: string): Promise<Offer>
  withdraw(actor: Actor, id: string, reason: string): Promise<Offer>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
}

const listed = { history: 0, spec: 0, description: 0, conditions: 0, valueNote: 0, words: 0 } as const

/** An offer that was stored before there were wishes has none. */
type Stored = Omit<StoredOffer, 'wish'> & Partial<Pick<StoredOffer, 'wish'>>

export const toOffer = ({ _id, companyId, words: _words, wish = null, ...rest }: Stored): Offer => ({
  ...rest,
  wish,
  id: _id.toHexString(),
  companyId: companyId.toHexString(),
})

export function createOfferService({ connection, clock }: Parts): OfferService {
  const offers = offerModel(connection)
  const find = async (actor: Actor, id: string): Promise<Offer> => {
    const scope = visibleTo(actor)
    const stored = scope && (await offers.findOne({ ...scope, _id: id }).lean<StoredOffer>())
    if (!stored) throw new NotFoundError('offers.not-found')
    return toOffer(stored)
  }

  const own = async (actor: Actor, id: string): Promise<Offer> => {
    const offer = await find(actor, id)
    if (!ownsOffer(actor, offer)) throw new ForbiddenError('offers.only-the-company')
    return offer
  }

  /** Stores what became of an offer; loses to whoever stored something since it was loaded. */
  const replace = async (was: Offer, change: object, condition: QueryFilter<StoredOffer> = {}): Promise<Offer> => {
    const stored = await offers
      .findOneAndUpdate({ ...condition, _id: was.id, companyId: was.companyId, version: was.version }, change, {
        returnDocument: 'after',
      })
      .lean<StoredOffer>()
    if (stored === null) throw new ConflictError('listings.changed-meanwhile')
    return toOffer(stored)
  }

  const move = async (actor: Actor, id: string, step: (offer: Offer, at: Date) => Offer): Promise<Offer> => {
    const was = await own(actor, id)
    const at = clock()
    const { state, publishedAt, history } = step(was, at)
    return replace(was, {
      $set: { state, publishedAt, updatedAt: at },
      $push: { history: history.at(-1) },
      $inc: { version: 1 },
    })
  }

  const put = (actor: Actor) => (offer: Offer, at: Date) => publish(offer, actor, at, dateInBosnia(at))

  return {
    async list(actor, filter, cursor) {
      const conditions = conditionsOf(actor, filter, cursor)
      if (conditions === null) return { items: [], next: null }
      const rows = await offers
        .find(conditions, listed)
        .sort(newestFirst)
        .limit(rowsOnPage + 1)
        .lean<StoredOffer[]>()
      return pageOf(rows.map(toOffer))
    },
    read: find,
    async draft(actor, written) {
      if (!mayCreateOffer(actor)) throw new ForbiddenError('offers.only-companies')
      checkTerms(written)
      return toOffer((await offers.create(newOffer(written, actor, clock()))).toObject())
    },
    async edit(actor, id, version, written) {
      const was = await own(actor, id)
      if (was.version !== version) throw new ConflictError('listings.changed-meanwhile')
      revise(was, written)
      const more = written.quantity - was.quantity
      const change = {
        $set: { ...contentOf(written), updatedAt: clock() },
        $inc: { version: 1, quantity: more, available: more },
      }
      // Units may have been promised since the offer was loaded: the update itself must not take them back.
      return replace(was, change, more < 0 ? { available: { $gte: -more } } : {})
    },
    publish: (actor, id) => move(actor, id, put(actor)),
    pause: (actor, id) => move(actor, id, (offer, at) => pause(offer, actor, at)),
    resume: (actor, id) => move(actor, id, put(actor)),
    withdraw: (actor, id, reason) => move(actor, id, (offer, at) => withdraw(offer, actor, at, reason)),
  }
}

/** What was written, as it is stored: these fields and no others; the quantity is left to the counters. */
const contentOf = (written: OfferTerms) => ({
  title: written.title,
  kind: written.kind,
  spec: written.spec,
  description: written.description,
  locale: written.locale,
  minPerSchool: written.minPerSchool,
  maxPerSchool: written.maxPerSchool,
  territory: written.territory,
  wish: written.wish,
  levels: written.levels,
  validFrom: written.validFrom,
  validTo: written.validTo,
  leadDays: written.leadDays,
  terms: written.terms,
  unitValue: written.unitValue,
  valueBasis: written.valueBasis,
  valueNote: written.valueNote,
  conditions: written.conditions,
  reach: reachOf(written.territory),
  words: searchWords(written.title, written.description, written.conditions),
})

function newOffer(written: OfferTerms, by: Actor, at: Date) {
  const born: Transition<OfferState> = { from: null, to: 'draft', by: by.id, at, reason: null }
  return {
    ...contentOf(written),
    ...untouched(written.quantity),
    _id: new Types.ObjectId(),
    companyId: new Types.ObjectId(by.organisation ?? ''),
    state: 'draft' as const,
    publishedAt: null,
    history: [born],
    version: 0,
    createdAt: at,
    updatedAt: at,
  }
}
