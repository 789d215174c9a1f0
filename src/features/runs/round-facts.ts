import type { PlanPiece } from '../planning/index.js'
import type { Gathered } from './round-gathering.js'
import type { NeedFound, OfferFound, RoundSources, SchoolFound } from './round-ports.js'

/** What the names in a plan stand for, by id: what was gathered for it, and whatever else is asked for later. */
export class RoundFacts implements Gathered {
  readonly offers: Map<string, OfferFound>
  readonly needs: Map<string, NeedFound>
  readonly schools: Map<string, SchoolFound>
  readonly companies: Map<string, string>

  constructor(
    private readonly sources: RoundSources,
    gathered?: Gathered,
  ) {
    this.offers = new Map(gathered?.offers)
    this.needs = new Map(gathered?.needs)
    this.schools = new Map(gathered?.schools)
    this.companies = new Map(gathered?.companies)
  }

  /** Sees to it that everything is known that these parts of a plan name. */
  async load({ proposals, unmatched }: PlanPiece): Promise<void> {
    const pairs = [...proposals, ...unmatched.flatMap(({ holders }) => holders)]
    const needIds = [...pairs.map(({ needId }) => needId), ...unmatched.map(({ needId }) => needId)]
    await Promise.all([
      fill(
        this.offers,
        pairs.map(({ offerId }) => offerId),
        this.sources.offersByIds,
      ),
      fill(this.needs, needIds, this.sources.needsByIds),
    ])
    const schoolIds = needIds.flatMap((id) => this.needs.get(id)?.schoolUnitId ?? [])
    const companyIds = pairs.flatMap(({ offerId }) => this.offers.get(offerId)?.companyId ?? [])
    await Promise.all([
      fill(this.schools, schoolIds, this.sources.schools),
      fill(this.companies, companyIds, this.sources.companies),
    ])
  }
}

async function fill<Found>(
  known: Map<string, Found>,
  ids: readonly string[],
  find: (ids: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => !known.has(id))
  if (missing.length === 0) return
  for (const [id, found] of await find(missing)) known.set(id, found)
}
