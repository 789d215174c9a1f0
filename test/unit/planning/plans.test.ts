import { strict as assert } from 'node:assert'
import { kindOf, isKindCode } from '../../../src/features/catalogue/index.js'
import {
  firstPolicy,
  planKeys,
  planRound,
  unpackInput,
  unpackPlan,
  packInput,
  packPlan,
  type RoundInput,
  type RoundPlan,
  type RoundProgress,
} from '../../../src/features/planning/index.js'
import { roundInstance } from '../../support/instances.js'
import { aRound, aRoundNeed, aRoundOffer, aRoundSchool, firstPlan } from '../../support/round-builders.js'

/** What stands is another plan of the same round, so that keeping it and doing well are two things. */
function withStanding(input: RoundInput): RoundInput {
  const [plan] = planRound({ ...input, policy: { ...input.policy, plan: 'most-students' } }).plans
  const standing = plan.proposals.map(({ offerId, needId, quantity }) => ({ offerId, needId, quantity }))
  return { ...input, standing, plans: planKeys }
}

describe('the plans of a round', () => {
  const input = withStanding(roundInstance(2, { needs: 800, offers: 90, fewKinds: true }))
  const { plans } = planRound(input)
  const byKey = new Map(plans.map((plan) => [plan.key, plan.figures]))
  const best = (figure: (figures: RoundPlan['figures']) => number): (string | undefined)[] => {
    const most = Math.max(...[...byKey.values()].map(figure))
    return [...byKey].filter(([, figures]) => figure(figures) === most).map(([key]) => key)
  }

  it('begin with the plan of the policy and are those that were asked for, each once and proven', () => {
    assert.deepEqual(
      plans.map(({ key }) => key),
      planKeys,
    )
    for (const { figures } of plans) assert.ok(figures.certified && figures.objective <= figures.bound)
    const policy = { ...firstPolicy, plan: 'fastest' as const }
    const few = planRound(aRound({ policy, plans: ['least-change', 'fastest', 'least-change'] })).plans
    assert.deepEqual(
      few.map(({ key }) => key),
      ['fastest', 'least-change'],
    )
  })

  it('are each the best at what they are for', () => {
    const tierOne = ({ tiers }: RoundPlan['figures']): number => tiers[0]!.unitsServed
    const least = ({ authorities }: RoundPlan['figures']): number =>
      Math.min(...authorities.map(({ unitsNeeded, unitsServed }) => unitsServed / unitsNeeded))
    const alone = ({ partners: { one, two, three } }: RoundPlan['figures']): number => one / (one + two + three)
    assert.deepEqual(
      best(({ equityWorth }) => equityWorth),
      ['equity-first'],
    )
    assert.ok(best(tierOne).includes('equity-first'))
    assert.ok(best(({ students }) => students).includes('most-students'))
    assert.deepEqual(best(least), ['even-authorities'])
    assert.deepEqual(
      best(({ meanDays }) => -(meanDays ?? 0)),
      ['fastest'],
    )
    assert.deepEqual(best(alone), ['fewest-partners'])
    assert.ok(best(({ kept }) => kept).includes('least-change'))
    assert.equal(byKey.get('least-change')?.kept, byKey.get('least-change')?.standing)
  })

  it('bring the fewest companies to a school unit where that is what they are for', () => {
    const companyOf = new Map(input.offers.map(({ id, companyId }) => [id, companyId]))
    const perUnit = new Map(
      plans.map(({ key, proposals, figures }) => {
        const visits = new Set(proposals.map(({ schoolId, offerId }) => `${schoolId} ${companyOf.get(offerId)}`))
        return [key, visits.size / figures.schoolUnits]
      }),
    )
    assert.equal(perUnit.get('fewest-partners'), Math.min(...perUnit.values()))
  })

  it('give the same whether they are asked for alone or together', () => {
    for (const { key, proposals, unmatched } of plans) {
      const [alone] = planRound({ ...input, plans: [], policy: { ...input.policy, plan: key } }).plans
      assert.deepEqual([alone.proposals, alone.unmatched], [proposals, unmatched], key)
    }
  })

  it('account for every unit in every grouping', () => {
    const sum = (values: readonly { readonly unitsServed: number }[]): number =>
      values.reduce((total, { unitsServed }) => total + unitsServed, 0)
    for (const { figures, proposals, unmatched } of plans) {
      const { unitsServed, tiers, authorities, branch, central, areas } = figures
      assert.equal(sum(tiers), unitsServed)
      assert.equal(sum(authorities), unitsServed)
      assert.equal(sum([branch, central]), unitsServed)
      assert.equal(sum(areas), unitsServed)
      assert.equal(
        proposals.reduce((total, { quantity }) => total + quantity, 0),
        unitsServed,
      )
      assert.equal(
        unmatched.reduce((total, { missing }) => total + missing, 0),
        figures.unitsNeeded - unitsServed,
      )
      for (const { optimum, unitsNeeded } of tiers) assert.ok(optimum <= unitsNeeded)
    }
  })

  it('do not say of a plan that puts something else first who comes first in tier', () => {
    for (const { key, unmatched } of plans) {
      const reasons = new Set(unmatched.map(({ reason }) => reason.key))
      assert.equal(reasons.has('rounds.why-not.outbid'), key === 'equity-first', key)
      assert.equal(reasons.has('rounds.why-not.elsewhere'), key !== 'equity-first', key)
    }
  })

  it('tell their progress over all of them', () => {
    const told: RoundProgress[] = []
    planRound(aRound({ plans: ['fastest'] }), (progress) => told.push(progress))
    assert.deepEqual(told, [
      { done: 1, total: 14, category: 'devices' },
      { done: 8, total: 14, category: 'devices' },
      { done: 14, total: 14, category: 'finished' },
    ])
  })

  it('and their question come out of the pack as they went in, always the same bytes', () => {
    assert.deepEqual(unpackInput(packInput(input)), input)
    for (const plan of plans) assert.deepEqual(unpackPlan(packPlan(plan)), plan)
    const turned = { ...Object.fromEntries(Object.entries(input).reverse()) } as unknown as RoundInput
    assert.deepEqual(packInput(turned), packInput(input))
  })
})

describe('a bundle of several companies', () => {
  const bare = aRoundSchool({ has: { electricity: true, connectivity: false, devices: false } })
  const needs = [
    aRoundNeed({ id: 'line', kind: 'CONN-SAT', quantity: 1 }),
    aRoundNeed({ id: 'laptops', quantity: 5 }),
    aRoundNeed({ id: 'platform', kind: 'SW-LMS', quantity: 1 }),
  ]
  const offers = [
    aRoundOffer({ id: 'dish', companyId: 'one', kind: 'CONN-SAT', quantity: 1 }),
    aRoundOffer({ id: 'pcs', companyId: 'two', quantity: 5 }),
    aRoundOffer({ id: 'lms', companyId: 'three', kind: 'SW-LMS', quantity: 1 }),
  ]

  it('names with each part what has to come first, and only what the unit does not have', () => {
    const first = (has: typeof bare.has) =>
      Object.fromEntries(
        firstPlan({ schools: [{ ...bare, has }], offers, needs }).proposals.map((proposal) => [
          proposal.needId,
          proposal.needsFirst.map(({ offerId, needId }) => `${offerId} ${needId}`),
        ]),
      )
    assert.deepEqual(first(bare.has), { line: [], laptops: [], platform: ['dish line', 'pcs laptops'] })
    assert.deepEqual(first({ ...bare.has, connectivity: true }), { line: [], laptops: [], platform: ['pcs laptops'] })
  })

  it('never stands without what it requires, in any plan', () => {
    let bundled = 0
    for (let seed = 1; seed <= 6; seed++) {
      const input = { ...roundInstance(seed, { needs: 400, offers: 70 }), plans: planKeys }
      const schoolOf = new Map(input.schools.map((school) => [school.id, school]))
      for (const { proposals } of planRound(input).plans) {
        const standing = new Map(proposals.map((one) => [`${one.offerId} ${one.needId}`, one]))
        for (const { kind, schoolId, needsFirst } of proposals) {
          if (!isKindCode(kind)) continue
          const lacking = kindOf(kind).requires.filter((thing) => !schoolOf.get(schoolId)!.has[thing])
          const provided = needsFirst.flatMap(({ offerId, needId }) => {
            const first = standing.get(`${offerId} ${needId}`)
            assert.equal(first?.schoolId, schoolId)
            return isKindCode(first.kind) ? kindOf(first.kind).provides : []
          })
          for (const thing of lacking) assert.ok(provided.includes(thing), `${kind} without ${thing}`)
          assert.equal(needsFirst.length > 0, lacking.length > 0)
          bundled += needsFirst.length
        }
      }
    }
    assert.ok(bundled > 50, `only ${bundled}`)
  })

  it('is approved together where an offer goes to schools of several authorities', () => {
    const schools = [aRoundSchool(), aRoundSchool({ id: 'school-2', authority: 'TK' })]
    const twice = [aRoundNeed({ quantity: 4 }), aRoundNeed({ id: 'need-2', schoolId: 'school-2', quantity: 4 })]
    const shared = (facts: Partial<RoundInput>): boolean[] => firstPlan(facts).proposals.map(({ isShared }) => isShared)
    assert.deepEqual(shared({ schools, needs: twice }), [true, true])
    assert.deepEqual(shared({ schools, needs: twice, offers: [aRoundOffer({ quantity: 4 })] }), [false])
  })
})

describe('the days of offers and needs', () => {
  const served = (offer: Parameters<typeof aRoundOffer>[0], deadline: string | null): boolean =>
    firstPlan({ offers: [aRoundOffer(offer)], needs: [aRoundNeed({ deadline })] }).proposals.length > 0

  it('meet on the last day and not a day later', () => {
    // Today is 1 December.
    assert.ok(served({ leadDays: 10 }, '2026-12-11'))
    assert.ok(!served({ leadDays: 10 }, '2026-12-10'))
    assert.ok(served({ validFrom: '2026-12-20', leadDays: 1 }, '2026-12-21'))
    assert.ok(!served({ validFrom: '2026-12-20', leadDays: 2 }, '2026-12-21'))
    assert.ok(!served({ validFrom: '2026-12-22' }, '2026-12-21'))
    assert.ok(served({ validTo: '2026-12-01' }, null))
    assert.ok(!served({ validTo: '2026-11-30' }, null))
  })

  it('are compared with today where a need has no deadline: an offer that begins later is for a later round', () => {
    assert.ok(!served({ validFrom: '2026-12-02' }, null))
    assert.ok(served({ validFrom: '2026-12-01', leadDays: 300 }, null))
  })

  it('say which rule it was', () => {
    const rules = (offer: Parameters<typeof aRoundOffer>[0]) =>
      firstPlan({ offers: [aRoundOffer(offer)], needs: [aRoundNeed({ deadline: '2026-12-21' })] }).unmatched[0]?.rules
    assert.deepEqual(rules({ validFrom: '2026-12-22' }), [{ rule: 'validity', removed: 1 }])
    assert.deepEqual(rules({ leadDays: 21 }), [{ rule: 'lead-time', removed: 1 }])
  })
})

describe('several needs of one unit in one category', () => {
  it('share the maximum for the unit, the more urgent first', () => {
    const needs = [aRoundNeed({ quantity: 6 }), aRoundNeed({ id: 'need-2', quantity: 6, urgency: 3 })]
    const { proposals } = firstPlan({ needs, offers: [aRoundOffer({ quantity: 20, maxPerSchool: 8 })] })
    assert.deepEqual(
      proposals.map(({ needId, quantity }) => [needId, quantity]),
      [
        ['need-1', 2],
        ['need-2', 6],
      ],
    )
  })
})
