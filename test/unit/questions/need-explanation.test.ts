import { strict as assert } from 'node:assert'
import { planRound, solveRound, type RoundInput } from '../../../src/features/planning/index.js'
import { withChange, type Change } from '../../../src/features/questions/change.js'
import { explainNeed, planOutcome, type NeedExplanation } from '../../../src/features/questions/index.js'
import { roundInstance } from '../../support/instances.js'
import { aRound, aRoundNeed, aRoundOffer, aRoundSchool } from '../../support/round-builders.js'

const explain = (input: RoundInput, needId = 'need-1'): NeedExplanation =>
  explainNeed(input, needId, planOutcome(input, null))

const unitsOf = (input: RoundInput, needId: string): number =>
  solveRound(input).reduce((sum, piece) => (piece.needId === needId ? sum + piece.quantity : sum), 0)

/** The whole question as the plan stands, with the changes in it: solved by nothing but the solver. */
function confirmed(input: RoundInput, needId: string, changes: readonly Change[]): number {
  const standing = planRound(input).plans[0].proposals
  const stands: RoundInput = { ...input, standing }
  return unitsOf(
    changes.reduce((changed, change) => withChange(changed, needId, change), stands),
    needId,
  )
}

const changesOf = ({ changes }: NeedExplanation): readonly Change[] => changes.flatMap((tried) => tried.changes)

describe('Why a need is not met', () => {
  it('is confirmed for every change, on many instances, by solving the whole question again', () => {
    let [asked, told] = [0, 0]
    for (let seed = 1; seed <= 12; seed++) {
      const input = roundInstance(seed, { needs: 60, offers: 12, particular: 0.6 })
      const plan = planOutcome(input, null)
      for (const needId of [...plan.unmatched.keys()].slice(0, 6)) {
        asked++
        const explanation = explainNeed(input, needId, plan)
        for (const { changes, gets } of explanation.changes) {
          assert.equal(confirmed(input, needId, changes), gets)
          assert.ok(gets > explanation.given, `${needId} of ${seed} gains nothing`)
          told++
        }
      }
    }
    assert.ok(asked > 60 && told > 60, `${told} changes of ${asked} needs`)
  })

  it('names the fewest units more that help, and not one fewer would', () => {
    let told = 0
    for (let seed = 1; seed <= 16; seed++) {
      const input = roundInstance(seed, { needs: 60, offers: 12, particular: 0.6 })
      const plan = planOutcome(input, null)
      for (const needId of [...plan.unmatched.keys()].slice(0, 5)) {
        for (const { changes } of explainNeed(input, needId, plan).changes) {
          const supply = changes.find((change) => change.type === 'supply')
          if (supply === undefined || supply.units === 1) continue
          const fewer = changes.map((change) => (change === supply ? { ...supply, units: supply.units - 1 } : change))
          assert.equal(confirmed(input, needId, fewer), confirmed(input, needId, changes.slice(0, -1)))
          told++
        }
      }
    }
    assert.ok(told > 3, `only ${told}`)
  })

  it('counts what needs that come first would take of units more', () => {
    const schools = [aRoundSchool({ tier: 5 }), aRoundSchool({ id: 'school-2', name: 'PŠ Vrtoče', tier: 1 })]
    const needs = [aRoundNeed(), aRoundNeed({ id: 'need-2', schoolId: 'school-2', quantity: 26 })]
    const [tried] = explain(aRound({ schools, needs })).changes
    assert.deepEqual(tried?.changes, [{ type: 'supply', units: 17, kind: 'DEV-LAPTOP', authority: 'USK' }])
    assert.deepEqual(tried.others.rows, [{ authority: 'USK', tier: 1, gained: 16, lost: 0 }])
  })

  it('may be that refurbished ones are not accepted', () => {
    const offers = [aRoundOffer({ kind: 'DEV-USED', spec: { usedType: 'laptop', ramGb: 8 } })]
    const { changes, reasonCode } = explain(aRound({ offers }))
    assert.equal(reasonCode, 'no-candidate')
    assert.deepEqual(changes[0]?.changes, [{ type: 'refurbished' }])
    assert.equal(changes[0].gets, 10)
  })

  it('may be the deadline: the earliest day that helps is told', () => {
    const offers = [aRoundOffer({ leadDays: 60 }), aRoundOffer({ id: 'offer-2', leadDays: 45 })]
    const needs = [aRoundNeed({ deadline: '2026-12-20' })]
    assert.deepEqual(changesOf(explain(aRound({ offers, needs })))[0], { type: 'deadline', date: '2027-01-15' })
  })

  it('may be one property: the nearest value that is offered is told', () => {
    const offers = [aRoundOffer({ spec: { ramGb: 4 } }), aRoundOffer({ id: 'offer-2', spec: { ramGb: 8 } })]
    const needs = [aRoundNeed({ spec: { ramGb: 16 } })]
    const [first] = changesOf(explain(aRound({ offers, needs })))
    assert.deepEqual(first, { type: 'specification', dimension: 'ramGb', value: 8 })
  })

  it('may be what the school has not confirmed; where that is not enough other changes come on top of it', () => {
    const schools = [aRoundSchool({ has: { electricity: false, connectivity: false, devices: false } })]
    const lone = explain(aRound({ schools }))
    assert.equal(lone.reasonCode, 'prerequisite')
    assert.deepEqual(changesOf(lone), [{ type: 'prerequisites', things: ['electricity'] }])
    const offers = [aRoundOffer({ kind: 'DEV-USED', spec: { usedType: 'laptop', ramGb: 8 } })]
    const [both] = explain(aRound({ schools, offers })).changes
    assert.deepEqual(
      both?.changes.map(({ type }) => type),
      ['prerequisites', 'refurbished'],
    )
  })

  it('may be a smallest delivery: to ask for more, or a smaller one', () => {
    const offers = [aRoundOffer({ minPerSchool: 8 })]
    const needs = [aRoundNeed({ quantity: 5 })]
    const changes = changesOf(explain(aRound({ offers, needs })))
    assert.deepEqual(changes.slice(0, 2), [
      { type: 'quantity', quantity: 8 },
      { type: 'lot', offerId: 'offer-1', company: 'Vrelo d.o.o.', units: 5 },
    ])
  })

  it('may be the maximum for one school', () => {
    const changes = changesOf(explain(aRound({ offers: [aRoundOffer({ maxPerSchool: 4 })] })))
    assert.deepEqual(changes[0], { type: 'maximum', offerId: 'offer-1', company: 'Vrelo d.o.o.', units: 10 })
  })

  it('never is that the need is not urgent enough, nor what others hold back: nobody else gets less by more on offer', () => {
    const schools = [aRoundSchool(), aRoundSchool({ id: 'school-2', name: 'PŠ Vrtoče', tier: 1 })]
    const needs = [aRoundNeed({ urgency: 1 }), aRoundNeed({ id: 'need-2', schoolId: 'school-2', urgency: 3 })]
    const { changes } = explain(aRound({ schools, needs }))
    assert.deepEqual(
      changes.map((tried) => tried.changes),
      [[{ type: 'supply', units: 1, kind: 'DEV-LAPTOP', authority: 'USK' }]],
    )
    assert.equal(changes[0]?.others.lost, 0)
  })

  it('tells what a change would take from others, by authority and tier', () => {
    const schools = [
      aRoundSchool({ tier: 1, has: { electricity: false, connectivity: true, devices: true } }),
      aRoundSchool({ id: 'school-2', name: 'OŠ Laktaši', authority: 'RS', tier: 4 }),
    ]
    const needs = [aRoundNeed({ quantity: 6 }), aRoundNeed({ id: 'need-2', schoolId: 'school-2', quantity: 8 })]
    const [tried] = explain(aRound({ schools, needs })).changes
    assert.equal(tried?.gets, 6)
    assert.deepEqual(tried.others.rows, [{ authority: 'RS', tier: 4, gained: 0, lost: 4 }])
    assert.deepEqual(tried.others.schools, [{ schoolId: 'school-2', name: 'OŠ Laktaši', units: -4 }])
  })

  it('has nothing to change where the need is met', () => {
    assert.deepEqual(explain(aRound()).changes, [])
  })
})
