/**
 * The equity index of policy version 1. A later policy may give other weights and limits of tiers; where a factor stops
 * counting, and what a fact counts that is not stated, is part of how the factors are computed and stays with this code
 * (`docs/equity-index.md`, page `/equity`). The weights sum to 1.
 */
export const equityPolicy = {
  version: 1,
  weights: {
    connectivity: 0.22,
    electricity: 0.1,
    devices: 0.18,
    remoteness: 0.15,
    branch: 0.1,
    vulnerability: 0.15,
    disability: 0.1,
  },
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
  tierFrom: [0.64, 0.48, 0.32, 0.2],
} as const

/** What a published policy decides about the index. */
export interface Equity {
  /** Of the policy. */
  readonly version: number
  /** They sum to 1. */
  readonly weights: Readonly<Record<FactorName, number>>
  /** The lowest index of tiers 1 to 4, falling. */
  readonly tierFrom: readonly [number, number, number, number]
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

export type FactorName = keyof typeof equityPolicy.weights
export const factorNames = Object.keys(equityPolicy.weights) as readonly FactorName[]
