import { strict as assert } from 'node:assert'
import {
  RoundCancelled,
  startPlanWork,
  unpackInput,
  unpackPlan,
  type PlanWork,
  type RoundInput,
  type RoundProgress,
} from '../../../src/features/planning/index.js'
import { roundInstance } from '../../support/instances.js'
import { aRound, firstPlan } from '../../support/round-builders.js'

describe('a round in a thread of its own', () => {
  let work: PlanWork
  beforeEach(() => {
    work = startPlanWork()
  })
  afterEach(() => work.close())

  const give = async ({ schools, offers, needs, standing, exclusions = [], ...rest }: RoundInput): Promise<void> => {
    await work.give({ schools })
    await work.give({ offers: offers.slice(0, 20) })
    await work.give({ offers: offers.slice(20), needs, standing, exclusions })
    await work.begin(rest)
  }
  const whole = async <Part>(parts: AsyncIterable<Part>): Promise<Part[]> => {
    const found: Part[] = []
    for await (const part of parts) found.push(part)
    return found
  }

  it('takes its question in pieces, tells its progress and gives the plan that it would give here', async () => {
    const input = { ...roundInstance(2, { needs: 600, offers: 200 }), exclusions: [] }
    const told: RoundProgress[] = []
    await give(input)
    const packedInput = Buffer.concat(await whole(work.packedInput()))
    const { plans, inputHash } = await work.solve((progress) => told.push(progress))
    const expected = firstPlan(input)
    const pieces = await whole(work.tell('equity-first'))
    assert.ok(pieces.length > 1, String(pieces.length))
    assert.deepEqual(
      [pieces.flatMap(({ proposals }) => proposals), pieces.flatMap(({ unmatched }) => unmatched), inputHash],
      [expected.proposals, expected.unmatched, expected.inputHash],
    )
    const packed = unpackPlan(Buffer.concat(await whole(work.packedPlan('equity-first'))))
    assert.deepEqual(packed.proposals, expected.proposals)
    assert.deepEqual(packed.figures, plans[0]?.figures)
    assert.deepEqual(unpackInput(packedInput), input)
    assert.equal(told.at(-1)?.category, 'finished')
  })

  it('tells a plan that was packed before', async () => {
    await give(roundInstance(2, { needs: 100, offers: 50 }))
    await work.solve(() => undefined)
    const parts = await whole(work.packedPlan('equity-first'))
    const told = await whole(work.tell('equity-first'))
    const other = startPlanWork()
    try {
      await other.open(
        'equity-first',
        (async function* () {
          for (const part of parts) yield await Promise.resolve(part)
        })(),
      )
      assert.deepEqual(await whole(other.tell('equity-first')), told)
    } finally {
      await other.close()
    }
  })

  it('can be stopped', async () => {
    await give(roundInstance(2, { needs: 4000, offers: 400 }))
    const stopped = assert.rejects(
      work.solve(() => undefined),
      RoundCancelled,
    )
    await work.close()
    await stopped
    await assert.rejects(work.give({}), RoundCancelled)
  })

  it('fails with the error of the planning', async () => {
    await give(aRound({ schools: [] }))
    await assert.rejects(
      work.solve(() => undefined),
      /unknown school unit/,
    )
  })
})
