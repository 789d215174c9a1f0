import {
  firstPolicy,
  planRound,
  type RoundInput,
  type RoundNeed,
  type RoundOffer,
  type RoundPlan,
  type RoundSchool,
} from '../../src/features/planning/index.js'

/** A central primary school in Bihać that has everything and comes neither first nor last. */
export const aRoundSchool = (facts: Partial<RoundSchool> = {}): RoundSchool => ({
  id: 'school-1',
  name: 'Prva osnovna škola',
  authority: 'USK',
  municipality: 'bihac',
  level: 'primary',
  isBranch: false,
  equityIndex: 0.5,
  tier: 3,
  numStudents: 100,
  factors: null,
  has: { electricity: true, connectivity: true, devices: true },
  ...facts,
})

/** Ten laptops for anybody. */
export const aRoundOffer = (facts: Partial<RoundOffer> = {}): RoundOffer => ({
  id: 'offer-1',
  companyId: 'company-1',
  company: 'Vrelo d.o.o.',
  kind: 'DEV-LAPTOP',
  quantity: 10,
  minPerSchool: null,
  maxPerSchool: null,
  territory: { scope: 'national' },
  levels: [],
  spec: { ramGb: 8 },
  validFrom: null,
  validTo: null,
  leadDays: null,
  wish: null,
  ...facts,
})

/** Ten laptops for the first school. */
export const aRoundNeed = (facts: Partial<RoundNeed> = {}): RoundNeed => ({
  id: 'need-1',
  schoolId: 'school-1',
  kind: 'DEV-LAPTOP',
  quantity: 10,
  spec: {},
  urgency: 2,
  deadline: null,
  students: 30,
  ranking: [],
  refused: [],
  ...facts,
})

export const aRound = (facts: Partial<RoundInput> = {}): RoundInput => ({
  schools: [aRoundSchool()],
  offers: [aRoundOffer()],
  needs: [aRoundNeed()],
  standing: [],
  policy: firstPolicy,
  today: '2026-12-01',
  ...facts,
})

/** The plan that a round puts forward, with the hash of the question. */
export function firstPlan(facts: Partial<RoundInput> = {}): RoundPlan & { readonly inputHash: string } {
  const { plans, inputHash } = planRound(aRound(facts))
  return { ...plans[0], inputHash }
}
