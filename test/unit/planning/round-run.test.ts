import { strict as assert } from 'node:assert'
import {
  RoundCancelled,
  runRound,
  unpackInput,
  unpackPlan,
  type RoundProgress,
} from '../../../src/features/planning/index.js'
import { roundInstance } from '../../support/instances.js'
import { aRound, firstPlan } from '../../support/round-builders.js'

describe('a round in a thread of its own', () => {
  it('tells its progress and gives the plan that it would give here', async () => {
    const input = roundInstance(2, { needs: 100, offers: 50 })
    const told: RoundProgress[] = []
    const { plan, plans, inputHash, ...packed } = await runRound(input, (progress) => told.push(progress)).result
    const expected = firstPlan(input)
    assert.deepEqual(
      [plan.proposals, plan.unmatched, inputHash],
      [expected.proposals, expected.unmatched, expected.inputHash],
    )
    assert.deepEqual(unpackPlan(plans[0]!.bytes), plan)
    assert.deepEqual(unpackInput(packed.input), input)
    assert.equal(told.at(-1)?.category, 'finished')
  })

  it('can be stopped', async () => {
    const run = runRound(roundInstance(2, { needs: 4000, offers: 400 }))
    const stopped = assert.rejects(run.result, RoundCancelled)
    await run.cancel()
    await stopped
  })

  it('fails with the error of the planning', async () => {
    await assert.rejects(runRound(aRound({ schools: [] })).result, /unknown school unit/)
  })
})
