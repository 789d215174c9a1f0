import { strict as assert } from 'node:assert'
import { packInput, packPlan, planRound, type RoundInput } from '../../../src/features/planning/index.js'
import { answer, QuestionCancelled, runQuestion, type Question } from '../../../src/features/questions/index.js'
import { roundInstance } from '../../support/instances.js'
import { aRound, aRoundNeed, aRoundOffer } from '../../support/round-builders.js'

const explained: Question = { type: 'explain-need', needId: 'need-1', plan: null }

describe('a question in a thread of its own', () => {
  it('is answered as it would be here', async () => {
    const input = aRound({ offers: [aRoundOffer({ quantity: 4 })] })
    assert.deepEqual(await runQuestion(packInput(input), explained), answer(input, explained))
  })

  it('is about the plan that was chosen, whatever the policy puts forward', () => {
    const input = roundInstance(3, { needs: 80, offers: 12, particular: 0.5 })
    const [first, chosen] = planRound({ ...input, plans: ['most-students'] }).plans
    assert.ok(chosen !== undefined)
    const under: RoundInput = { ...input, policy: { ...input.policy, plan: 'most-students' } }
    const given = ({ proposals }: typeof first, needId: string): number =>
      proposals.reduce((sum, one) => (one.needId === needId ? sum + one.quantity : sum), 0)
    const need = chosen.unmatched.find(({ needId }) => given(first, needId) > given(chosen, needId))
    assert.ok(need !== undefined, 'the plans serve the same needs')
    const question = { type: 'explain-need', needId: need.needId } as const
    const told = answer(input, { ...question, plan: packPlan(chosen) })
    assert.deepEqual(told, answer(under, { ...question, plan: null }))
  })

  it('waits for its turn when others are being answered', async () => {
    const bytes = packInput(aRound({ offers: [] }))
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => runQuestion(bytes, explained)))
    assert.deepEqual(new Set(answers.map(({ type }) => type)), new Set(['need']))
    assert.equal(answers.length, 5)
  })

  it('can be given up, while it is answered and while it waits', async () => {
    const bytes = packInput(roundInstance(2, { needs: 4000, offers: 400 }))
    const asking = new AbortController()
    const asked = [1, 2, 3].map(() =>
      assert.rejects(runQuestion(bytes, { type: 'demand-signals', plan: null }, asking.signal), QuestionCancelled),
    )
    asking.abort()
    await Promise.all(asked)
    // Those who come later are answered all the same.
    await runQuestion(packInput(aRound()), explained)
  })

  it('fails with the error of the answering', async () => {
    const bytes = packInput(aRound({ needs: [aRoundNeed({ id: 'another' })] }))
    await assert.rejects(runQuestion(bytes, explained), /not in this round/)
  })
})
