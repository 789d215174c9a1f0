import type { Actor } from '../../shared/actor.js'
import { ConflictError, RuleViolation } from '../../shared/errors.js'
import type { Level } from '../../shared/level.js'
import type { Locale } from '../../shared/locale.js'
import { message } from '../../shared/message.js'
import type { Territory } from '../../shared/territory.js'
import type { KindCode, Specification } from '../catalogue/index.js'
import { checkWish, type Wish } from './offer-wish.js'
import { checkQuantity, step, type Holdings, type ListingFilter, type Transition } from '../listings/index.js'

export const offerStates = ['draft', 'published', 'paused', 'withdrawn'] as const
export type OfferState = (typeof offerStates)[number]

/** A gift, a discount and a co-financed offer differ in law. */
export const terms = ['gift', 'discount', 'cofinanced'] as const
export type Terms = (typeof terms)[number]

/** Where the value in KM comes from. */
export const valueBases = ['market-price', 'price-list', 'purchase-price', 'company-estimate'] as const
export type ValueBasis = (typeof valueBases)[number]

/** The longest texts, in characters, and the longest lead time in days. */
export const limits = { title: 120, description: 4000, valueNote: 300, conditions: 2000, leadDays: 730 } as const

/** What a company writes; everything else of an offer follows from what happens to it. */
export interface OfferTerms {
  readonly title: string
  readonly kind: KindCode
  readonly spec: Specification
  readonly description: string
  /** The language that title, description and conditions are written in. */
  readonly locale: Locale
  readonly quantity: number
  /** Fewer than this for one school unit is not worth a journey. */
  readonly minPerSchool: number | null
  readonly maxPerSchool: number | null
  readonly territory: Territory
  /** Null: nothing is kept for anybody. */
  readonly wish: Wish | null
  /** Empty = every level. */
  readonly levels: readonly Level[]
  /** ISO dates in Bosnia and Herzegovina, both inclusive. */
  readonly validFrom: string
  readonly validTo: string
  readonly leadDays: number
  readonly terms: Terms
  /** KM for one unit. */
  readonly unitValue: number
  readonly valueBasis: ValueBasis
  readonly valueNote: string
  readonly conditions: string
}

export interface Offer extends OfferTerms, Holdings {
  readonly id: string
  readonly companyId: string
  /** Codes of the deciding authorities whose schools it can reach. */
  readonly reach: readonly string[]
  readonly state: OfferState
  /** Null until it was published for the first time: until then only the company knows of it. */
  readonly publishedAt: Date | null
  readonly history: readonly Transition<OfferState>[]
  /** Grows with every edit and every step; a form carries it, so that of two editors the second one is told. */
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** An offer as lists show it. */
export type OfferSummary = Omit<Offer, 'history' | 'spec' | 'description' | 'conditions' | 'valueNote'>

export type OfferFilter = ListingFilter<OfferState>

type Known = Pick<Offer, 'companyId' | 'state'>
type Ending = Pick<Offer, 'validTo'>
type Visible = Pick<Offer, 'companyId' | 'publishedAt' | 'reach'>

export const mayCreateOffer = (actor: Actor): boolean => actor.role === 'company' && actor.organisation !== null

export const ownsOffer = (actor: Actor, offer: Pick<Offer, 'companyId'>): boolean =>
  actor.role === 'company' && actor.organisation === offer.companyId

/** A company sees its own, a coordinator what was published for schools of theirs, the nation everything. */
export function maySeeOffer(actor: Actor, offer: Visible): boolean {
  switch (actor.role) {
    case 'company':
      return ownsOffer(actor, offer)
    case 'coordinator':
      return offer.publishedAt !== null && offer.reach.some((authority) => actor.authorities.has(authority))
    case 'national-coordinator':
    case 'administrator':
      return true
    case 'school':
      return false
  }
}

const stepsFrom: Readonly<Record<OfferState, readonly OfferState[]>> = {
  draft: ['published', 'withdrawn'],
  published: ['paused', 'withdrawn'],
  paused: ['published', 'withdrawn'],
  withdrawn: [],
}

const canStep = (offer: Known, from: OfferState, to: OfferState): boolean =>
  offer.state === from && stepsFrom[from].includes(to)

export const mayEditOffer = (actor: Actor, offer: Known): boolean =>
  ownsOffer(actor, offer) && offer.state !== 'withdrawn'
/** Today is an ISO date: what has ended can't be published, only given a later end. */
export const mayPublishOffer = (actor: Actor, offer: Known & Ending, today: string): boolean =>
  ownsOffer(actor, offer) && canStep(offer, 'draft', 'published') && !hasExpired(offer, today)
export const mayPauseOffer = (actor: Actor, offer: Known): boolean =>
  ownsOffer(actor, offer) && canStep(offer, 'published', 'paused')
export const mayResumeOffer = (actor: Actor, offer: Known & Ending, today: string): boolean =>
  ownsOffer(actor, offer) && canStep(offer, 'paused', 'published') && !hasExpired(offer, today)
export const mayWithdrawOffer = (actor: Actor, offer: Known): boolean =>
  ownsOffer(actor, offer) && stepsFrom[offer.state].includes('withdrawn')
export const mayChangeKind = (offer: Pick<Offer, 'publishedAt'>): boolean => offer.publishedAt === null

/** Whether a round of this day (ISO date) looks at it; one that begins later may still be in time for a deadline. */
export const isOpen = (offer: Pick<Offer, 'state' | 'available' | 'validTo'>, today: string): boolean =>
  offer.state === 'published' && offer.available > 0 && !hasExpired(offer, today)

export const hasExpired = (offer: Ending, today: string): boolean => offer.validTo < today

/** What was written, checked against itself. Throws RuleViolation that names the field. */
export function checkTerms(written: OfferTerms): void {
  const { quantity, minPerSchool, maxPerSchool, validFrom, validTo, territory } = written
  if (validTo < validFrom) throw new RuleViolation('offers.ends-before-start', undefined, 'validTo')
  if (minPerSchool !== null && minPerSchool > quantity) {
    throw new RuleViolation('offers.minimum-over-quantity', { quantity }, 'minPerSchool')
  }
  if (minPerSchool !== null && maxPerSchool !== null && maxPerSchool < minPerSchool) {
    throw new RuleViolation('offers.maximum-under-minimum', { minimum: minPerSchool }, 'maxPerSchool')
  }
  if (territory.scope === 'authorities' && territory.authorities.length === 0) {
    throw new RuleViolation('offers.no-authority', undefined, 'authorities')
  }
  if (territory.scope === 'municipalities' && territory.municipalities.length === 0) {
    throw new RuleViolation('offers.no-municipality', undefined, 'municipalities')
  }
  checkWish(written)
}

/** The refusal of a step or an edit for which the offer is not, or no longer, in the right state. */
export const notNow = (offer: Known): ConflictError =>
  new ConflictError('offers.not-now', { state: message(`offers.state.${offer.state}`) })

/** The offer as it would be after an edit. Throws RuleViolation. */
export function revise(offer: Offer, written: OfferTerms): Offer {
  if (offer.state === 'withdrawn') throw notNow(offer)
  if (!mayChangeKind(offer) && written.kind !== offer.kind) {
    throw new RuleViolation('offers.kind-is-fixed', undefined, 'kind')
  }
  checkTerms(written)
  checkQuantity(offer, written.quantity)
  return { ...offer, ...written, available: offer.available + written.quantity - offer.quantity }
}

/** Every step of an offer goes through here. Throws ConflictError when a colleague has moved it on meanwhile. */
function go(offer: Offer, to: OfferState, by: Actor, at: Date, reason?: string): Offer {
  if (!stepsFrom[offer.state].includes(to)) throw notNow(offer)
  return step<OfferState, Offer>(offer, to, by, at, reason)
}

/**
 * Out of the drawer, for the first time or after a pause. Throws RuleViolation for an offer that ended before today (ISO
 * date): nobody could be given anything of it.
 */
export function publish(offer: Offer, by: Actor, at: Date, today: string): Offer {
  const next = go(offer, 'published', by, at)
  if (hasExpired(offer, today)) throw new RuleViolation('offers.has-expired', { end: { date: offer.validTo } })
  return { ...next, publishedAt: offer.publishedAt ?? at }
}

export const pause = (offer: Offer, by: Actor, at: Date): Offer => go(offer, 'paused', by, at)

/** Final. What was already promised stays promised; nothing new is taken from it. */
export const withdraw = (offer: Offer, by: Actor, at: Date, reason: string): Offer =>
  go(offer, 'withdrawn', by, at, reason)
