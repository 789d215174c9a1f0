import { elementOf } from '../../shared/element-of.js'
import type { ExactSum } from '../flow/index.js'
import type { MatchingInput } from './matching-input.js'

/** What a plan has given so far: to every authority's schools, by its number, and which company serves which unit. */
export class Standings {
  private readonly asked = new Map<number, number>()
  private readonly given = new Map<number, number>()
  private readonly companies = new Map<number, Set<number>>()

  of(authority: number): { readonly asked: number; readonly given: number } {
    return { asked: this.asked.get(authority) ?? 0, given: this.given.get(authority) ?? 0 }
  }

  add(authority: number, { asked, given }: { readonly asked: number; readonly given: number }): void {
    const was = this.of(authority)
    this.asked.set(authority, was.asked + asked)
    this.given.set(authority, was.given + given)
  }

  serve(unit: number, partner: number): void {
    this.companies.set(unit, (this.companies.get(unit) ?? new Set()).add(partner))
  }

  isServing(unit: number, partner: number): boolean {
    return this.companies.get(unit)?.has(partner) ?? false
  }
}

/** Units that are worth the same; the next rung is worth less. */
export interface Rung {
  readonly units: number
  readonly worth: number
}

/** The rungs that the shares of authorities climb. */
export interface Ladders {
  /** For every need of the candidates, the place of its authority's ladder. */
  readonly ofNeed: Int32Array
  readonly rungs: readonly (readonly Rung[])[]
}

interface Climb {
  readonly steps: number
  readonly worthOfStep: (step: number) => number
  readonly standings: Standings
}

/** The ladders of the authorities of some needs: each begins where the categories before have left its authority. */
export function laddersOf(input: MatchingInput, needs: readonly number[], climb: Climb): Ladders {
  const places = new Map<number, number>()
  const demands: number[] = []
  const ofNeed = Int32Array.from(needs, (place) => {
    const { unit, quantity } = elementOf(input.needs, place)
    const { authority } = elementOf(input.units, unit)
    const at = places.get(authority) ?? demands.length
    places.set(authority, at)
    demands[at] = (demands[at] ?? 0) + quantity
    return at
  })
  return { ofNeed, rungs: [...places].map(([authority, at]) => rungsOf(authority, demands[at] ?? 0, climb)) }
}

function rungsOf(authority: number, demand: number, { steps, worthOfStep, standings }: Climb): readonly Rung[] {
  const { asked, given } = standings.of(authority)
  const all = asked + demand
  const rungs: Rung[] = []
  let reached = 0
  for (let step = 0; step < steps && reached < demand; step++) {
    // So many units in all when this part of everything asked so far is served.
    const upTo = Math.min(demand, Math.ceil(((step + 1) * all) / steps) - given)
    if (upTo <= reached) continue
    rungs.push({ units: upTo - reached, worth: worthOfStep(step) })
    reached = upTo
  }
  return rungs
}

/** Adds what the units of every need are worth by the shares that they make. */
export function addLadderWorth({ ofNeed, rungs }: Ladders, served: Int32Array, sum: ExactSum): void {
  const units = new Float64Array(rungs.length)
  served.forEach((count, need) => {
    const at = elementOf(ofNeed, need)
    units[at] = elementOf(units, at) + count
  })
  rungs.forEach((ladder, at) => {
    let left = elementOf(units, at)
    for (const { units: room, worth } of ladder) {
      const taken = Math.min(left, room)
      sum.addProduct(taken, worth)
      left -= taken
    }
  })
}
