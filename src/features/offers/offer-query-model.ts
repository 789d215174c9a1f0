import type { QueryFilter } from 'mongoose'
import type { Actor } from '../../shared/actor.js'
import { narrowedTo, oneOf } from '../listings/index.js'
import type { OfferFilter } from './offer.js'
import type { StoredOffer } from './offer-model.js'

type Conditions = QueryFilter<StoredOffer>

/** The offers that a person may know of, as conditions of the query itself; null = none. The same rule as maySeeOffer. */
export function visibleTo(actor: Actor): Conditions | null {
  switch (actor.role) {
    case 'company':
      return actor.organisation === null ? null : { companyId: actor.organisation }
    case 'coordinator':
      return { publishedAt: { $ne: null }, reach: oneOf([...actor.authorities]) }
    case 'national-coordinator':
    case 'administrator':
      return {}
    case 'school':
      return null
  }
}

/** A list as a query; null when nothing can be in it. */
export function conditionsOf(actor: Actor, filter: OfferFilter, cursor?: string): Conditions | null {
  const scope = visibleTo(actor)
  if (scope === null) return null
  const { authority } = filter
  if (authority !== undefined && actor.role === 'coordinator' && !actor.authorities.has(authority)) return null
  return {
    ...scope,
    ...(authority === undefined ? {} : { reach: authority }),
    ...narrowedTo(filter, cursor),
  }
}
