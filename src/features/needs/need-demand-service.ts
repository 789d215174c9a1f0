import type { KindCode, NeedTerms as AskedTerms } from '../catalogue/index.js'
import { unitHas, type SchoolService, type Tier } from '../schools/index.js'
import type { NeedUnits } from './need-units-service.js'

/** An open need with what an offer has to know of its school unit; no names. */
export interface OpenDemand extends AskedTerms {
  readonly tier: Tier
}

interface Parts {
  readonly needUnits: Pick<NeedUnits, 'openOfKinds'>
  readonly schools: Pick<SchoolService, 'unitsByIds'>
}

/** The newest open needs of these kinds in these authorities, at most `most`; the quantity is what is still missing. */
export const openDemandOn =
  ({ needUnits, schools }: Parts) =>
  async (kinds: readonly KindCode[], authorities: readonly string[], most: number): Promise<readonly OpenDemand[]> => {
    const needs = await needUnits.openOfKinds(kinds, authorities, most)
    const units = await schools.unitsByIds(needs.map(({ schoolUnitId }) => schoolUnitId))
    return needs.flatMap(({ schoolUnitId, kind, spec, available, deadline, tier }) => {
      const unit = units.get(schoolUnitId)
      if (unit === undefined) return []
      const { authority, municipality, level } = unit
      return [
        {
          kind,
          spec,
          quantity: available,
          deadline,
          tier,
          school: { authority, municipality, level, has: unitHas(unit) },
        },
      ]
    })
  }
