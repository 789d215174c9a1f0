import { strict as assert } from 'node:assert'
import { latestOf, type RoundSignals } from '../../../src/features/demand/demand.js'
import type { DemandSignal } from '../../../src/features/questions/index.js'

const aSignal = (facts: Partial<DemandSignal>): DemandSignal => ({
  kind: 'DEV-LAPTOP',
  authority: 'USK',
  units: 10,
  used: 10,
  unlocked: 10,
  spec: {},
  missing: 20,
  needs: 1,
  schoolUnits: 1,
  students: 10,
  ...facts,
})

const aRound = (roundNumber: number, scope: readonly string[], signals: readonly DemandSignal[]): RoundSignals => ({
  roundId: String(roundNumber),
  roundNumber,
  scope,
  at: new Date(Date.UTC(2026, 10, roundNumber)),
  signals,
})

describe('What rounds say would help', () => {
  it('is for each authority what the latest round about it says, the most useful first', () => {
    const country = aRound(
      1,
      ['USK', 'TK'],
      [
        aSignal({ authority: 'USK', students: 100 }),
        aSignal({ authority: 'TK', students: 50 }),
        aSignal({ authority: null, students: 120 }),
      ],
    )
    const later = aRound(2, ['USK'], [aSignal({ authority: 'USK', students: 7 }), aSignal({ authority: null })])
    const { signals, since } = latestOf([later, country], ['TK', 'USK'])
    assert.deepEqual(
      signals.map(({ authority, students, roundNumber }) => [authority, students, roundNumber]),
      [
        [null, 120, 1],
        ['TK', 50, 1],
        ['USK', 7, 2],
      ],
    )
    assert.deepEqual(since, country.at)
  })

  it('is nothing before the first round', () => {
    assert.deepEqual(latestOf([], ['USK']), { signals: [], since: null })
  })
})
