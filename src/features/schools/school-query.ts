import type { Actor } from '../../shared/actor.js'
import { isAuthorityCode, type AuthorityCode } from '../authorities/index.js'
import type { Tier } from '../../shared/tier.js'

/** What a list of units is narrowed to; everything is optional. */
export interface SchoolFilter {
  readonly authority?: AuthorityCode | undefined
  readonly municipality?: string | undefined
  readonly tier?: Tier | undefined
  readonly unit?: 'central' | 'branch' | undefined
  readonly connectivity?: 'yes' | 'no' | 'unknown' | undefined
  /** Beginnings of words of the name, the place or the id, in any script. */
  readonly text?: string | undefined
}

/** Whose units a person sees: all, those of some authorities, those of one central school, none. */
export type SchoolScope =
  | { readonly of: 'everybody' }
  | { readonly of: 'authorities'; readonly authorities: readonly AuthorityCode[] }
  | { readonly of: 'school'; readonly centralId: string }
  | { readonly of: 'nobody' }

export function schoolScope(actor: Actor): SchoolScope {
  switch (actor.role) {
    case 'national-coordinator':
    case 'administrator':
      return { of: 'everybody' }
    case 'coordinator':
      return { of: 'authorities', authorities: [...actor.authorities].filter(isAuthorityCode) }
    case 'school':
      return actor.organisation === null ? { of: 'nobody' } : { of: 'school', centralId: actor.organisation }
    case 'company':
      return { of: 'nobody' }
  }
}
