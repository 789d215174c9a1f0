import type { Costs } from './costs.js'
import type { EngineNeed, EngineOffer, EngineUnit, MatchingInput } from './matching-input.js'

/** What a plan can strive for; all of them keep every hard rule, every lot and every limit. */
export const objectiveKeys = [
  'equity-first',
  'most-students',
  'even-authorities',
  'fastest',
  'fewest-partners',
  'least-change',
] as const
export type ObjectiveKey = (typeof objectiveKeys)[number]

/** Everything about one candidate that may count. */
export interface CandidateFacts {
  readonly need: EngineNeed
  readonly unit: EngineUnit
  readonly offer: EngineOffer
  /** Of the need: tier, urgency, deadline; 1 = last. */
  readonly rank: number
  readonly points: number
  /** The company serves the unit in a category before. */
  readonly isKnown: boolean
}

export interface Favour {
  readonly units: number
  readonly worth: number
}

/** What the candidates are worth in one flow problem. */
export interface Valuation {
  /** Worth of one unit: whole, and small enough that a sum over all nodes of the problem is exact. */
  readonly worthOf: (candidate: CandidateFacts) => number
  /** Worth of one more unit for an authority of whose demand `step` parts out of `steps` are served already. */
  readonly worthOfStep: (step: number) => number
  /** What more each of the first units on a candidate is worth; null = all are worth the same. */
  readonly favourOf: ((candidate: CandidateFacts) => Favour | null) | null
}

/** The same candidates, valued for another purpose. */
export interface Objective {
  readonly key: ObjectiveKey
  readonly costs: Costs
  /** Parts in which the served share of an authority is raised, the least served authority first; 0 = it does not count. */
  readonly steps: number
  /** For a problem of so many nodes. */
  valuation(nodes: number): Valuation
  /** Which need goes first when a repair deals out what is left: the higher the sooner. */
  priorityOf(need: EngineNeed, unit: EngineUnit): number
}

/** What all objectives are made of. */
export interface ObjectiveParts {
  readonly input: MatchingInput
  readonly costs: Costs
}

/** The units in worth: `level` first, and `minor` (at most `most`) between equals. */
export type TwoLevels = (level: number, minor: number) => number

interface Scale {
  /** The highest level and the most that a minor worth may be. */
  readonly levels: number
  readonly most: number
  readonly needs: number
  readonly nodes: number
}

/**
 * Puts two worths into one number. Levels are as far apart as a strict order wants them, or as far as exact sums allow:
 * with very many needs a sum of minor worths along a long exchange may then outweigh one step of level, never a single
 * one.
 */
export function twoLevels({ levels, most, needs, nodes }: Scale): TwoLevels {
  const strict = most * (2 * needs + 2) + 1
  const exact = Math.floor((Number.MAX_SAFE_INTEGER / (nodes + 1) - 2 - most) / Math.max(1, levels))
  const gap = Math.max(1, Math.min(strict, exact))
  return (level, minor) => level * gap + minor
}

/** Between equals: who comes first under equity, then the points of the offer. */
export const equityBetweenEquals = ({ costs }: ObjectiveParts) => ({
  most: costs.ranks * (costs.mostPoints + 1) + costs.mostPoints,
  of: ({ rank, points }: CandidateFacts): number => rank * (costs.mostPoints + 1) + points,
})

/** Days from today until a unit of the offer arrives. */
export const arrivalOf = ({ validFrom, leadDays }: EngineOffer, today: number): number =>
  Math.max(today, validFrom) - today + leadDays
