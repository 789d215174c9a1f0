import { planKeys, planRound, type RoundInput, type RoundPlan } from '../../src/features/planning/index.js'
import { roundInstance } from '../support/instances.js'

// The six plans of one seeded round side by side: each has to be the best at what it is for.

/** What stood before is another plan of the same round, so that keeping it and doing well are two things. */
function withStanding(input: RoundInput): RoundInput {
  const [plan] = planRound({ ...input, policy: { ...input.policy, plan: 'most-students' } }).plans
  const standing = plan.proposals.map(({ offerId, needId, quantity }) => ({ offerId, needId, quantity }))
  return { ...input, standing, plans: planKeys }
}

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`

/** Companies that a school unit deals with, on average over those that get something. */
function companiesPerUnit({ offers }: RoundInput, { proposals }: RoundPlan): number {
  const companyOf = new Map(offers.map(({ id, companyId }) => [id, companyId]))
  const pairs = new Set(proposals.map(({ schoolId, offerId }) => `${schoolId} ${companyOf.get(offerId) ?? ''}`))
  return pairs.size / new Set(proposals.map(({ schoolId }) => schoolId)).size
}

function rowOf(input: RoundInput, plan: RoundPlan) {
  const { key, figures } = plan
  const shares = figures.authorities.map(({ unitsNeeded, unitsServed }) => unitsServed / unitsNeeded)
  const tierOne = figures.tiers[0]
  const { one, two, three } = figures.partners
  return {
    plan: key,
    units: figures.unitsServed,
    tierOne: percent(tierOne?.unitsServed ?? 0, tierOne?.unitsNeeded ?? 0),
    students: figures.students,
    least: percent(Math.min(...shares), 1),
    days: figures.meanDays,
    onePartner: percent(one, one + two + three),
    three,
    companies: companiesPerUnit(input, plan).toFixed(2),
    kept: `${figures.kept} of ${figures.standing}`,
    ofBound: percent(figures.objective, figures.bound),
    certified: figures.certified,
    seconds: Number(figures.seconds.total.toFixed(2)),
  }
}

const [needs = 1000, offers = 100] = (process.argv[2] ?? '1000x100').split('x').map(Number)
const fewKinds = process.argv.includes('--few-kinds')
const input = withStanding(roundInstance(Number(process.argv[3] ?? 1), { needs, offers, fewKinds }))
console.table(planRound(input).plans.map((plan) => rowOf(input, plan)))
