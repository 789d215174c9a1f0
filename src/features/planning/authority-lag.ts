import type { RoundInput } from './round-input.js'

/**
 * By how much an authority was served less than the best served one in the rounds that are remembered, 0 to 1; 0 where
 * nothing is remembered of it.
 */
export function lagsOf({
  served = {},
  schools,
}: Pick<RoundInput, 'served' | 'schools'>): (authority: string) => number {
  const concerned = new Set(schools.map(({ authority }) => authority))
  const shares = Object.entries(served).filter(([authority]) => concerned.has(authority))
  const best = Math.max(0, ...shares.map(([, share]) => share))
  const lags = new Map(shares.map(([authority, share]) => [authority, best === 0 ? 0 : 1 - share / best]))
  return (authority) => lags.get(authority) ?? 0
}
