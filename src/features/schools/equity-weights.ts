import { firstEquityScale, type EquityScale } from '../../shared/equity-scale.js'

/**
 * The equity index of policy version 1. A later policy may give other weights and limits of tiers; where a factor stops
 * counting, and what a fact counts that is not stated, is part of how the factors are computed and stays with this code
 * (`docs/equity-index.md`, page `/equity`). The weights sum to 1.
 */
export const equityPolicy = {
  version: 1,
  weights: firstEquityScale.weights,
  /** Where a factor stops counting. */
  benchmarks: {
    /** Mbit/s for one school unit. */
    downloadMbps: 20,
    /** What a line that carries nothing weighs against no line at all. */
    slowLine: 0.6,
    /** One device for five pupils. */
    devicesPerStudent: 0.2,
    /** Kilometres to the seat of the municipality. */
    farKilometres: 25,
    /** Half of the pupils. */
    vulnerableShare: 0.5,
    /** One pupil in five. */
    disabilityShare: 0.2,
  },
  /** What a fact counts that the register does not state: neither for nor against. */
  neutral: 0.5,
  /** The lowest index of tiers 1 to 4; everything below is tier 5. */
  tierFrom: firstEquityScale.tierFrom,
} as const

/** What a published policy decides about the index. */
export interface Equity extends EquityScale {
  /** Of the policy. */
  readonly version: number
}

/** Where the weights are found; versions never change once they are published. */
export interface EquitySource {
  inForce(): Promise<Equity>
  /** Of an earlier version, too. */
  of(version: number): Promise<Equity>
}

/** The first version for ever: where there is no database that could hold another one. */
export const firstEquity: EquitySource = {
  inForce: () => Promise.resolve(equityPolicy),
  of: () => Promise.resolve(equityPolicy),
}
