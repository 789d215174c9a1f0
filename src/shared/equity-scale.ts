import type { Tier } from './tier.js'

/** The published factors of the equity index, in their order. */
export const factorNames = [
  'connectivity',
  'electricity',
  'devices',
  'remoteness',
  'branch',
  'vulnerability',
  'disability',
] as const
export type FactorName = (typeof factorNames)[number]

/** Every factor of one school unit, 0 to 1, 1 = most marginalised. */
export type Factors = Readonly<Record<FactorName, number>>

/** How factors make an index, and an index a tier. */
export interface EquityScale {
  /** They sum to 1. */
  readonly weights: Factors
  /** The lowest index of tiers 1 to 4; everything below is tier 5. */
  readonly tierFrom: readonly [number, number, number, number]
}

/** The first published scale. */
export const firstEquityScale: EquityScale = {
  weights: {
    connectivity: 0.22,
    electricity: 0.1,
    devices: 0.18,
    remoteness: 0.15,
    branch: 0.1,
    vulnerability: 0.15,
    disability: 0.1,
  },
  tierFrom: [0.64, 0.48, 0.32, 0.2],
}

/** The weighted sum of the factors, 0 to 1 with four decimals; 1 = most marginalised. */
export function indexOnScale(factors: Factors, { weights }: Pick<EquityScale, 'weights'>): number {
  const sum = factorNames.reduce((total, name) => total + weights[name] * factors[name], 0)
  return Math.round(sum * 10_000) / 10_000
}

/** The tier of an index: 1 = most marginalised. It depends on nothing but the index and the limits. */
export function tierOnScale(index: number, { tierFrom }: Pick<EquityScale, 'tierFrom'>): Tier {
  const [one, two, three, four] = tierFrom
  if (index >= one) return 1
  if (index >= two) return 2
  if (index >= three) return 3
  return index >= four ? 4 : 5
}
