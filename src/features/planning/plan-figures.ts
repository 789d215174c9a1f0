import type { MatchingPlan } from '../matching/index.js'
import { tiers } from '../../shared/tier.js'
import type { PlannedNeed } from './plan-reader.js'
import type { RoundInput } from './round-input.js'
import type { RoundFigures, RoundProposal } from './round-result.js'
import { servedFigures } from './served-figures.js'

interface Parts {
  readonly planned: readonly PlannedNeed[]
  readonly proposals: readonly RoundProposal[]
  readonly seconds: number
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What a plan reports about itself. The worth of plan and bound are exact as long as they are below 2^53. */
export function figuresOf(input: RoundInput, plan: MatchingPlan, { planned, proposals, seconds }: Parts): RoundFigures {
  const partners = partnerCounts(input, proposals)
  return {
    objective: Number(plan.objective),
    bound: Number(plan.bound),
    equityWorth: Number(plan.equityWorth),
    certified: plan.certified,
    needs: input.needs.length,
    offers: input.offers.length,
    schools: input.schools.length,
    unitsNeeded: sum(input.needs.map(({ quantity }) => quantity)),
    unitsOffered: sum(input.offers.map(({ quantity }) => quantity)),
    unitsServed: sum(proposals.map(({ quantity }) => quantity)),
    candidates: sum(plan.tasks.map(({ candidates }) => candidates.offer.length)),
    tiers: tierFigures(planned),
    partners: { one: partners(1), two: partners(2), three: partners(3) },
    ...servedFigures(input, plan, { planned, proposals }),
    seconds: { ...plan.seconds, total: seconds },
  }
}

const tierFigures = (planned: readonly PlannedNeed[]): RoundFigures['tiers'] =>
  tiers.map((tier) => {
    const mine = planned.filter(({ school }) => school.tier === tier)
    return {
      tier,
      unitsNeeded: sum(mine.map(({ need }) => need.quantity)),
      unitsServed: sum(mine.map(({ need, missing }) => need.quantity - missing)),
      optimum: sum(mine.map(({ solved, at }) => solved.optimum[at] ?? 0)),
    }
  })

/** How many needs are served by so many companies. */
function partnerCounts(input: RoundInput, proposals: readonly RoundProposal[]): (count: number) => number {
  const companyOf = new Map(input.offers.map(({ id, companyId }) => [id, companyId]))
  const companies = new Map<string, Set<string>>()
  for (const { needId, offerId } of proposals) {
    const known = companies.get(needId) ?? new Set<string>()
    companies.set(needId, known.add(companyOf.get(offerId) ?? ''))
  }
  const sizes = [...companies.values()].map(({ size }) => size)
  return (count) => sizes.filter((size) => size === count).length
}
