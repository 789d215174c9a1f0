import { strict as assert } from 'node:assert'
import type { EngineNeed, EngineOffer, MatchingInput, MatchingPlan } from '../../src/features/matching/index.js'

export interface Piece {
  readonly offer: EngineOffer
  readonly need: EngineNeed
  readonly units: number
}

/** What a plan gives to whom, in words that do not depend on how the engine keeps it. */
export function piecesOf({ tasks, input }: MatchingPlan): Piece[] {
  return tasks.flatMap(({ candidates, assignment, allotment }) =>
    [...allotment.units].flatMap((units, arc) =>
      units === 0
        ? []
        : [
            {
              offer: input.offers[candidates.offer[arc]!]!,
              need: input.needs[candidates.needs[assignment.needOf[arc]!]!]!,
              units,
            },
          ],
    ),
  )
}

const sumBy = (pieces: readonly Piece[], key: (piece: Piece) => string): Map<string, number> => {
  const sums = new Map<string, number>()
  for (const piece of pieces) sums.set(key(piece), (sums.get(key(piece)) ?? 0) + piece.units)
  return sums
}

/** Every hard rule, written a second time and in the plainest way, pair by pair. */
export function keepsHardRules(input: MatchingInput, offer: EngineOffer, need: EngineNeed, has: number): boolean {
  const unit = input.units[need.unit]!
  const kind = input.kinds[need.kind]!
  const served = offer.serves.find((one) => one.kind === need.kind)
  if (served === undefined) return false
  const { territory } = offer
  const place = territory.scope === 'authorities' ? unit.authority : unit.municipality
  const near = territory.scope === 'national' || (place >= 0 && territory.places.includes(place))
  const inTime =
    offer.validTo >= input.today &&
    offer.validFrom <= (need.deadline === Infinity ? input.today : need.deadline) &&
    Math.max(input.today, offer.validFrom) + offer.leadDays <= need.deadline
  const lot =
    offer.minPerUnit <= need.quantity && offer.minPerUnit <= offer.quantity && offer.minPerUnit <= offer.maxPerUnit
  const equipped = (has & kind.requires) === kind.requires
  return (
    near &&
    inTime &&
    lot &&
    equipped &&
    !need.refusedOffers.includes(offer.id) &&
    !need.refusedPartners.includes(offer.partner) &&
    (offer.kept === null ||
      offer.kept.authorities.includes(unit.authority) ||
      offer.quantity - offer.kept.units >= offer.minPerUnit) &&
    (offer.levels & unit.levels) !== 0 &&
    kind.rules.every(({ comparison }, at) => {
      const [offered, asked] = [served.spec[at]!, need.spec[at]!]
      if (Number.isNaN(asked)) return true
      if (comparison === 'at-least') return offered >= asked
      if (comparison === 'at-most') return offered <= asked
      if (comparison === 'equal') return offered === asked
      return comparison === 'overlaps' ? (offered & asked) > 0 : (offered & asked) === asked
    })
  )
}

/** What every unit has once the categories before `category` are solved as the plan says. */
export function equipped(plan: MatchingPlan, category: number): number[] {
  const has = plan.input.units.map((unit) => unit.has)
  for (const { need } of piecesOf(plan)) {
    const kind = plan.input.kinds[need.kind]!
    if (kind.category < category) has[need.unit]! |= kind.provides
  }
  return has
}

/** Fails when a company gives the units of one authority more than its share, and more than one lot. */
function assertShares(plan: MatchingPlan): void {
  const { companyShare } = plan.input.limits
  if (companyShare === null) return
  for (const { candidates, assignment, allotment } of plan.tasks) {
    const authorityOf = (at: number): number =>
      plan.input.units[plan.input.needs[candidates.needs[at]!]!.unit]!.authority
    const asked = new Map<number, number>()
    candidates.needs.forEach((place, at) => {
      asked.set(authorityOf(at), (asked.get(authorityOf(at)) ?? 0) + plan.input.needs[place]!.quantity)
    })
    const given = new Map<string, { units: number; most: number; lot: number }>()
    allotment.units.forEach((units, arc) => {
      const { partner, minPerUnit } = plan.input.offers[candidates.offer[arc]!]!
      const authority = authorityOf(assignment.needOf[arc]!)
      const key = `${partner} ${authority}`
      const was = given.get(key) ?? { units: 0, most: Math.floor(companyShare * asked.get(authority)!), lot: Infinity }
      given.set(key, { ...was, units: was.units + units, lot: Math.min(was.lot, minPerUnit) })
    })
    for (const [key, { units, most, lot }] of given)
      assert.ok(units <= Math.max(most, lot), `company and authority ${key}: ${units} of ${most}`)
  }
}

/** Fails when a plan breaks any promise: quantities, maxima, lots, companies per need, hard rules. */
export function assertSound(plan: MatchingPlan): void {
  const pieces = piecesOf(plan)
  const { offers, needs, limits } = plan.input
  const given = sumBy(pieces, ({ offer }) => offer.id)
  for (const { id, quantity } of offers) assert.ok((given.get(id) ?? 0) <= quantity, `${id} gives more than it has`)
  const taken = sumBy(pieces, ({ need }) => need.id)
  for (const { id, quantity } of needs) assert.ok((taken.get(id) ?? 0) <= quantity, `${id} gets more than it asks for`)
  const lots = sumBy(pieces, ({ offer, need }) => `${offer.id} ${need.unit}`)
  for (const { offer, need, units } of pieces) {
    const lot = lots.get(`${offer.id} ${need.unit}`) ?? 0
    assert.ok(units > 0 && lot >= offer.minPerUnit && lot <= offer.maxPerUnit, `${offer.id} gives a unit ${lot}`)
    const has = equipped(plan, plan.input.kinds[need.kind]!.category)[need.unit]!
    assert.ok(keepsHardRules(plan.input, offer, need, has), `${offer.id} may not serve ${need.id}`)
  }
  for (const { id } of needs) {
    const partners = new Set(pieces.filter(({ need }) => need.id === id).map(({ offer }) => offer.partner))
    assert.ok(partners.size <= limits.mostPartners, `${id} has ${partners.size} partners`)
  }
  for (const { id, quantity, kept } of offers) {
    const outside = pieces.filter(({ offer, need }) => {
      return offer.id === id && kept?.authorities.includes(plan.input.units[need.unit]!.authority) === false
    })
    const units = outside.reduce((sum, piece) => sum + piece.units, 0)
    assert.ok(units <= quantity - (kept?.units ?? 0) || units === 0, `${id} gives away what it keeps`)
  }
  assertShares(plan)
  assert.ok(plan.objective <= plan.bound, 'a plan is worth more than the optimum')
  assert.ok(plan.certified, 'an optimum is not proven')
}
