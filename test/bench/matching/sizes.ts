/** Needs and offers of every size of the goals, and how often a cold run is repeated for its median. */
export const sizes = {
  '1k': { needs: 1000, offers: 100, runs: 25, sample: 240 },
  '10k': { needs: 10_000, offers: 1000, runs: 7, sample: 240 },
  '100k': { needs: 100_000, offers: 10_000, runs: 1, sample: 48 },
} as const
export type Size = keyof typeof sizes

export const isSize = (word: string | undefined): word is Size => word !== undefined && word in sizes
