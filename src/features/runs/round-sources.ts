import { setImmediate as othersTurn } from 'node:timers/promises'
import type { NeedUnits } from '../needs/index.js'
import type { OfferUnits } from '../offers/index.js'
import type { OrganisationService } from '../organisations/index.js'
import { factorsOf, unitHas, type SchoolService } from '../schools/index.js'
import type { RoundSources, SchoolFound } from './round-ports.js'

/** After so many others have their turn. */
const atOnce = 200

interface Keepers {
  readonly offerUnits: OfferUnits
  readonly needUnits: NeedUnits
  readonly schools: Pick<SchoolService, 'unitsByIds'>
  readonly organisations: Pick<OrganisationService, 'companiesByIds'>
}

/** What a round reads, out of the features that keep it. */
export const roundSourcesOf = ({ offerUnits, needUnits, schools, organisations }: Keepers): RoundSources => ({
  offers: (today) => offerUnits.openOffers(today),
  needs: (scope) => needUnits.openNeeds(scope),
  offersByIds: (ids) => offerUnits.byIds(ids),
  needsByIds: (ids) => needUnits.byIds(ids),
  async schools(ids) {
    const found = new Map<string, SchoolFound>()
    for (const [id, unit] of await schools.unitsByIds(ids)) {
      found.set(id, { ...unit, centralSchoolId: unit.centralId, factors: factorsOf(unit), has: unitHas(unit) })
      if (found.size % atOnce === 0) await othersTurn()
    }
    return found
  },
  async companies(ids) {
    const companies = await organisations.companiesByIds(ids)
    return new Map([...companies].map(([id, { name }]) => [id, name]))
  },
})
