import type { Territory } from '../../shared/territory.js'
import { authorityCodes, isAuthorityCode, municipalityOf } from '../authorities/index.js'

/** Codes of the deciding authorities whose schools an offer of this territory can reach, each once. */
export function reachOf(territory: Territory): readonly string[] {
  switch (territory.scope) {
    case 'national':
      return authorityCodes
    case 'authorities':
      return [...new Set(territory.authorities)].filter(isAuthorityCode)
    case 'municipalities':
      return [...new Set(territory.municipalities.flatMap((slug) => municipalityOf(slug)?.authority ?? []))]
  }
}
