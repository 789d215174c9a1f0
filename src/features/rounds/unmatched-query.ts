import type { Actor } from '../../shared/actor.js'
import { isId } from '../../shared/ids.js'
import { decodeCursor, encodeCursor, type Page } from '../../shared/page.js'
import type { ReasonCode } from '../planning/index.js'
import type { UnmatchedNeed } from './round.js'

export interface UnmatchedFilter {
  readonly tier?: number | undefined
  readonly category?: string | undefined
  readonly reasonCode?: ReasonCode | undefined
  readonly authority?: string | undefined
}

type Conditions = Readonly<Record<string, unknown>>

export const rowsOnPage = 25

/** Needs that concern a person, as conditions of the query itself; null = none. The same rule as maySeeUnmatched. */
function visibleTo(actor: Actor): Conditions | null {
  switch (actor.role) {
    case 'school':
      return actor.organisation === null ? null : { centralSchoolId: actor.organisation }
    case 'coordinator':
      return { authority: actor.authorities.size === 1 ? [...actor.authorities][0] : { $in: [...actor.authorities] } }
    case 'national-coordinator':
    case 'administrator':
      return {}
    case 'company':
      return null
  }
}

export function unmatchedConditions(actor: Actor, filter: UnmatchedFilter, cursor?: string): Conditions | null {
  const scope = visibleTo(actor)
  const { authority } = filter
  if (scope === null) return null
  if (authority !== undefined && actor.role === 'coordinator' && !actor.authorities.has(authority)) return null
  const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
  return { ...scope, ...wanted, ...after(cursor) }
}

function after(cursor: string | undefined): Conditions {
  const [tier, id] = decodeCursor(cursor, 2) ?? []
  if (typeof tier !== 'number' || typeof id !== 'string' || !isId(id)) return {}
  // The bound is a range for the index; the alternative only parts the rows of the same tier.
  return { $and: [{ tier: { $gte: tier } }, { $or: [{ tier: { $gt: tier } }, { _id: { $gt: id } }] }] }
}

export function unmatchedPage(rows: readonly UnmatchedNeed[]): Page<UnmatchedNeed> {
  const items = rows.slice(0, rowsOnPage)
  const last = items.at(-1)
  const goesOn = rows.length > rowsOnPage && last !== undefined
  return { items, next: goesOn ? encodeCursor([last.tier, last.id]) : null }
}
