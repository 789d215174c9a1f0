/** Fifth of the equity index: 1 = most marginalised, served first. */
export const tiers = [1, 2, 3, 4, 5] as const
export type Tier = (typeof tiers)[number]
