import type { LimitedProblem } from '../limits/index.js'
import { elementOf } from '../../shared/element-of.js'
import type { Assignment } from './assignment.js'
import type { MatchingInput } from './matching-input.js'

const endless = 2 ** 30

/** An assignment with what its offers, needs and limits say, as the repair wants it. */
export function limitsOf(input: MatchingInput, assignment: Assignment): LimitedProblem {
  const { candidates, offers, problem, offerNode, needOf, lot, outside, ranks, value } = assignment
  const { mostPartners, companyShare } = input.limits
  const given = offers.map((place) => elementOf(input.offers, place))
  const asked = candidates.needs.map((place) => elementOf(input.needs, place))
  return {
    flow: problem,
    first: candidates.first,
    offerOf: offerNode,
    needOf,
    lotOf: lot,
    value,
    outside,
    offers: {
      quantity: Int32Array.from(given, ({ quantity }) => quantity),
      unkept: Int32Array.from(given, ({ quantity, kept }) => Math.max(0, quantity - (kept?.units ?? 0))),
      least: Int32Array.from(given, ({ minPerUnit }) => minPerUnit),
      most: Int32Array.from(given, ({ maxPerUnit }) => Math.min(endless, maxPerUnit)),
      partner: Int32Array.from(given, ({ partner }) => partner),
    },
    needs: {
      quantity: Int32Array.from(asked, ({ quantity }) => quantity),
      rank: ranks,
      authority: Int32Array.from(asked, ({ unit }) => elementOf(input.units, unit).authority),
    },
    mostPartners,
    companyShare,
    standing: standingIn(input, assignment),
  }
}

/** Units of the candidates that were proposed before. */
function standingIn(input: MatchingInput, { candidates }: Assignment): Int32Array | null {
  if (input.standing.length === 0) return null
  const ofNeed = new Map<string, Map<string, number>>()
  for (const { needId, offerId, quantity } of input.standing) {
    ofNeed.set(needId, (ofNeed.get(needId) ?? new Map<string, number>()).set(offerId, quantity))
  }
  const units = new Int32Array(candidates.offer.length)
  candidates.needs.forEach((place, at) => {
    const standing = ofNeed.get(elementOf(input.needs, place).id)
    if (standing === undefined) return
    for (let arc = elementOf(candidates.first, at); arc < elementOf(candidates.first, at + 1); arc++) {
      units[arc] = standing.get(elementOf(input.offers, elementOf(candidates.offer, arc)).id) ?? 0
    }
  })
  return units.some((one) => one > 0) ? units : null
}
