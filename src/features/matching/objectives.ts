import {
  arrivalOf,
  equityBetweenEquals,
  twoLevels,
  type Objective,
  type ObjectiveKey,
  type ObjectiveParts,
} from './objective.js'
import type { EngineNeed } from './matching-input.js'

const noSteps = { steps: 0 } as const
const plain = { worthOfStep: () => 0, favourOf: null } as const

/** The most marginalised first: ranks, then points (see `Costs`). */
function equityFirst({ costs }: ObjectiveParts): Objective {
  return {
    key: 'equity-first',
    costs,
    ...noSteps,
    valuation: () => ({ ...plain, worthOf: ({ rank, points }) => costs.valueOf(rank, points) }),
    priorityOf: (need, unit) => costs.rankOf(need, unit),
  }
}

/** Hundredths of a pupil that one unit stands for. */
const pupilsPerUnit = ({ students, quantity }: EngineNeed): number => Math.round((100 * students) / quantity)

/** As many pupils as possible: a unit stands for its share of the pupils that its need is for. */
function mostStudents(parts: ObjectiveParts): Objective {
  const { input, costs } = parts
  const levels = input.needs.reduce((most, need) => Math.max(most, pupilsPerUnit(need)), 0)
  const minor = equityBetweenEquals(parts)
  return {
    key: 'most-students',
    costs,
    ...noSteps,
    valuation(nodes) {
      const worth = twoLevels({ levels, most: minor.most, needs: input.needs.length, nodes })
      return { ...plain, worthOf: (candidate) => worth(pupilsPerUnit(candidate.need), minor.of(candidate)) }
    },
    priorityOf: pupilsPerUnit,
  }
}

/** A served share is told apart in so many parts: half a hundredth of what an authority asks for. */
const partsOfDemand = 200

/**
 * The least served authority first. Each further part of an authority's demand is worth less than the part before, the
 * same for all authorities; what a flow can serve is a polymatroid, on which falling worths give the most even shares
 * there are: no authority could have more without one that has no more than it having less.
 */
function evenAuthorities(parts: ObjectiveParts): Objective {
  const { input, costs } = parts
  const minor = equityBetweenEquals(parts)
  return {
    key: 'even-authorities',
    costs,
    steps: partsOfDemand,
    valuation(nodes) {
      const worth = twoLevels({ levels: partsOfDemand, most: minor.most, needs: input.needs.length, nodes })
      return { ...plain, worthOf: minor.of, worthOfStep: (step) => worth(partsOfDemand - step, 0) }
    },
    priorityOf: (need, unit) => costs.rankOf(need, unit),
  }
}

/** Later than this is late, however much later. */
const longestWait = 1000

/**
 * What arrives first, first. The day belongs to the offer, so by the same reasoning as with ranks no unit is left unserved
 * for the sake of speed: of all fullest plans this one has the most units by any day.
 */
function fastest(parts: ObjectiveParts): Objective {
  const { input, costs } = parts
  const minor = equityBetweenEquals(parts)
  return {
    key: 'fastest',
    costs,
    ...noSteps,
    valuation(nodes) {
      const worth = twoLevels({ levels: longestWait + 1, most: minor.most, needs: input.needs.length, nodes })
      return {
        ...plain,
        worthOf: (candidate) =>
          worth(longestWait + 1 - Math.min(longestWait, arrivalOf(candidate.offer, input.today)), minor.of(candidate)),
      }
    },
    priorityOf: (need, unit) => costs.rankOf(need, unit),
  }
}

/**
 * Equity first; in a rank the offers that can serve a need alone, so that no second company has to come, and then those of
 * a company that comes to the unit anyway.
 */
function fewestPartners({ input, costs }: ObjectiveParts): Objective {
  const step = costs.mostPoints + 1
  const most = 3 * step + costs.mostPoints
  return {
    key: 'fewest-partners',
    costs,
    ...noSteps,
    valuation(nodes) {
      const worth = twoLevels({ levels: costs.ranks, most, needs: input.needs.length, nodes })
      return {
        ...plain,
        worthOf({ need, offer, rank, points, isKnown }) {
          const isEnough = Math.min(offer.quantity, offer.maxPerUnit) >= need.quantity
          return worth(rank, (isEnough ? 2 * step : 0) + (isKnown ? step : 0) + points)
        },
      }
    },
    priorityOf: (need, unit) => costs.rankOf(need, unit),
  }
}

/**
 * What stands already, first, as far as it goes: the units that were proposed, not what could be added to them; then
 * equity first. One unit that stays outweighs whatever an exchange could gain.
 */
function leastChange({ costs }: ObjectiveParts): Objective {
  const worth = (costs.ranks + 2) * costs.gap
  return {
    key: 'least-change',
    costs,
    ...noSteps,
    valuation: () => ({
      ...plain,
      worthOf: ({ rank, points }) => costs.valueOf(rank, points),
      favourOf({ need, offer }) {
        const units = costs.standingOf(offer.id, need.id)
        return units === 0 ? null : { units, worth }
      },
    }),
    priorityOf: (need, unit) => costs.rankOf(need, unit),
  }
}

const makers: Readonly<Record<ObjectiveKey, (parts: ObjectiveParts) => Objective>> = {
  'equity-first': equityFirst,
  'most-students': mostStudents,
  'even-authorities': evenAuthorities,
  fastest,
  'fewest-partners': fewestPartners,
  'least-change': leastChange,
}

export const objectiveOf = (key: ObjectiveKey, parts: ObjectiveParts): Objective => makers[key](parts)
