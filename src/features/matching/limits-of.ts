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
  }
}
