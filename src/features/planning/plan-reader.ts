import type { MatchingPlan, Shortfall, SolvedTask } from '../matching/index.js'
import type { RoundInput, RoundNeed, RoundOffer, RoundSchool } from './round-input.js'

/** A need of the plan with everything that belongs to it, in the words of the round. */
export interface PlannedNeed {
  readonly need: RoundNeed
  readonly school: RoundSchool
  readonly solved: SolvedTask
  /** Place among the needs of the candidates. */
  readonly at: number
  /** The candidates of the need: first and one past the last. */
  readonly from: number
  readonly to: number
  readonly missing: number
}

/** Reads a plan of the engine back into the offers, needs and schools that it is about. */
export class PlanReader {
  private readonly offers: ReadonlyMap<string, RoundOffer>
  private readonly needs: ReadonlyMap<string, RoundNeed>
  private readonly schools: ReadonlyMap<string, RoundSchool>
  /** How many needs every offer is a candidate for. */
  private readonly wanted = new Map<string, number>()
  private readonly shortfalls: ReadonlyMap<SolvedTask, ReadonlyMap<number, Shortfall>>

  constructor(
    input: RoundInput,
    readonly plan: MatchingPlan,
  ) {
    this.offers = new Map(input.offers.map((offer) => [offer.id, offer]))
    this.needs = new Map(input.needs.map((need) => [need.id, need]))
    this.schools = new Map(input.schools.map((school) => [school.id, school]))
    this.shortfalls = new Map(
      plan.tasks.map((solved) => [solved, new Map(solved.shortfalls.map((one) => [one.need, one]))]),
    )
    for (const { candidates } of plan.tasks) {
      for (const place of candidates.offer) {
        const { id } = found(plan.input.offers[place])
        this.wanted.set(id, (this.wanted.get(id) ?? 0) + 1)
      }
    }
  }

  /** Every need of the plan, in the order in which the engine solved them. */
  *plannedNeeds(): Generator<PlannedNeed> {
    for (const solved of this.plan.tasks) {
      const { candidates, allotment } = solved
      for (const [at, place] of candidates.needs.entries()) {
        const need = found(this.needs.get(found(this.plan.input.needs[place]).id))
        const school = found(this.schools.get(need.schoolId))
        const [from, to] = [found(candidates.first[at]), found(candidates.first[at + 1])]
        yield { need, school, solved, at, from, to, missing: allotment.missingOf(at) }
      }
    }
  }

  offerOf({ candidates }: SolvedTask, candidate: number): RoundOffer {
    return found(this.offers.get(found(this.plan.input.offers[found(candidates.offer[candidate])]).id))
  }

  needOf({ candidates, assignment }: SolvedTask, candidate: number): RoundNeed {
    const place = found(candidates.needs[found(assignment.needOf[candidate])])
    return found(this.needs.get(found(this.plan.input.needs[place]).id))
  }

  shortfallOf({ solved, at }: PlannedNeed): Shortfall | undefined {
    return this.shortfalls.get(solved)?.get(at)
  }

  /** Ids of the offers of which schools of more than one authority are given something. */
  sharedOffers(planned: readonly PlannedNeed[]): ReadonlySet<string> {
    const authorities = new Map<string, Set<string>>()
    for (const { solved, at, school } of planned) {
      for (const candidate of solved.allotment.piecesOf(at)) {
        const { id } = this.offerOf(solved, candidate)
        authorities.set(id, (authorities.get(id) ?? new Set()).add(school.authority))
      }
    }
    return new Set([...authorities].filter(([, some]) => some.size > 1).map(([id]) => id))
  }

  /** Needs besides one that could have had something of this offer. */
  rivalsFor(offer: RoundOffer): number {
    return Math.max(0, (this.wanted.get(offer.id) ?? 0) - 1)
  }
}

/** What the engine names is there: it was made from this very input. */
function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('The plan is not about this input')
  return value
}
