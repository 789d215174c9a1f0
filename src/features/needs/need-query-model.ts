import type { QueryFilter } from 'mongoose'
import type { Actor } from '../../shared/actor.js'
import { narrowedTo, oneOf } from '../listings/index.js'
import type { NeedFilter } from './need.js'
import type { StoredNeed } from './need-model.js'

type Conditions = QueryFilter<StoredNeed>

/** The needs that a person may know of, as conditions of the query itself; null = none. The same rule as maySeeNeed. */
export function visibleTo(actor: Actor): Conditions | null {
  switch (actor.role) {
    case 'school':
      return actor.organisation === null ? null : { centralSchoolId: actor.organisation }
    case 'coordinator':
      return { publishedAt: { $ne: null }, authority: oneOf([...actor.authorities]) }
    case 'national-coordinator':
    case 'administrator':
      return {}
    case 'company':
      return null
  }
}

/** A list as a query; null when nothing can be in it. */
export function conditionsOf(actor: Actor, filter: NeedFilter, cursor?: string): Conditions | null {
  const scope = visibleTo(actor)
  if (scope === null) return null
  const { authority } = filter
  if (authority !== undefined && actor.role === 'coordinator' && !actor.authorities.has(authority)) return null
  return {
    ...scope,
    ...(authority === undefined ? {} : { authority }),
    ...narrowedTo(filter, cursor),
  }
}
