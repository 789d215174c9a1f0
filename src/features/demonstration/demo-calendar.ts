/** Offers and needs came in four waves; a round followed each, the last of them today. */
export const waves = [1, 2, 3, 4] as const
export type Wave = (typeof waves)[number]

/** Days before today on which a wave began. */
export const wavesBefore: Readonly<Record<Wave, number>> = { 1: 296, 2: 174, 3: 83, 4: 19 }

/** Days before today on which the round of a wave was run; the last one is run by whoever starts the demonstration. */
export const roundsBefore: Readonly<Record<Exclude<Wave, 4>, number>> = { 1: 271, 2: 149, 3: 61 }

/** ISO date so many days after another. */
export const days = (date: string, more: number): string =>
  new Date(Date.parse(`${date}T12:00:00Z`) + more * 86_400_000).toISOString().slice(0, 10)

/** A moment of a working day in the morning, a little later for each thing that happened on it. */
export const moment = (date: string, minutes: number): Date =>
  new Date(Date.parse(`${date}T07:00:00Z`) + minutes * 60_000)
