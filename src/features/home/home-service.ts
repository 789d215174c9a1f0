import type { Clock } from '../../shared/clock.js'
import { figureNames, type PublicFigures } from './public-figures.js'

export type Counters = { readonly [Name in keyof PublicFigures]: () => Promise<number> }

export interface HomeService {
  figures(): Promise<PublicFigures>
}

/** So long a count may be old: the start page is the most visited one, and nobody decides by it. */
const freshFor = 30_000

export function createHomeService(counters: Counters, clock: Clock): HomeService {
  let last: { readonly at: number; readonly figures: Promise<PublicFigures> } | undefined
  const count = async (): Promise<PublicFigures> => {
    const counted = await Promise.all(figureNames.map(async (name) => [name, await counters[name]()] as const))
    return Object.fromEntries(counted) as unknown as PublicFigures
  }
  return {
    figures() {
      const now = clock().getTime()
      if (last === undefined || Math.abs(now - last.at) > freshFor) {
        const figures = count()
        last = { at: now, figures }
        figures.catch(() => {
          last = undefined
        })
      }
      return last.figures
    },
  }
}
